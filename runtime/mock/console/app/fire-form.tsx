/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { CodeBlock, Inline, pretty } from './code-block.tsx';
import { type Fired, type FireKind, gateway, type OperationState } from './gateway-api.ts';

/** Properties of the form that sends webhooks. */
export type FireFormProps = {
  readonly provider: string;
  readonly kind: FireKind;
  readonly events: readonly OperationState[];
  /** The operationId of the event that is selected first. Empty for the default of the provider. */
  readonly event: string;
};

const WORDS = {
  rows: { label: 'Rows', all: 'rows in batches', usual: '250', path: 'suspensions' },
  user: { label: 'User', all: 'rules and one user', usual: '666', path: 'check' },
  events: { label: 'Count', all: 'every event', usual: '1', path: 'webhooks' },
} as const;

/** A form that makes the mock call your server as the provider does. The mock calls only the address in the form. */
export function FireForm({ provider, kind, events, event: first }: FireFormProps) {
  const [to, setTo] = useState(() => localStorage.getItem(`fire:${provider}`) ?? '');
  // A provider with batches of one event sends its rows, with or without its name.
  const [event, setEvent] = useState(kind === 'rows' && events.length === 1 ? '' : first);
  const words = WORDS[event === '' ? kind : 'events'];
  const [extra, setExtra] = useState<string>(words.usual);
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<Fired>();
  const [failure, setFailure] = useState('');
  const fire = async (submitted: Event): Promise<void> => {
    submitted.preventDefault();
    setBusy(true);
    setFailure('');
    localStorage.setItem(`fire:${provider}`, to);
    try {
      setReport(await gateway.fire({ provider, to, event, [words.label === 'User' ? 'user' : 'count']: extra }));
    } catch (error) {
      setReport(undefined);
      setFailure((error as Error).message);
    }
    setBusy(false);
  };
  const choose = (next: string): void => {
    setEvent(next);
    setExtra(WORDS[next === '' ? kind : 'events'].usual);
  };
  return (
    <form class="card" aria-label="Send webhooks" onSubmit={(submitted) => void fire(submitted)}>
      <h2>Send to my server</h2>
      <div class="send">
        {events.length > 0 && (
          <div class="field">
            <label for="fire-event">Event</label>
            <select id="fire-event" value={event} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              <option value="">{WORDS[kind].all}</option>
              {events.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          </div>
        )}
        <div class="field wide">
          <label for="fire-to">Your endpoint</label>
          <input
            id="fire-to"
            type="url"
            required
            placeholder={`http://127.0.0.1:3000/${words.path}`}
            value={to}
            onInput={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="fire-extra">{words.label}</label>
          <input id="fire-extra" value={extra} onInput={({ currentTarget }) => setExtra(currentTarget.value)} />
        </div>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Sending …' : 'Fire'}
        </button>
      </div>
      <div role="status">
        {failure !== '' && (
          <p class="error">
            <Inline text={failure} />
          </p>
        )}
        {report && (
          <>
            <p class={`status ${report.ok ? 'good' : 'bad'}`}>{report.summary}</p>
            {report.details.map((line) => (
              <p key={line} class="small">
                {line}
              </p>
            ))}
          </>
        )}
      </div>
      {report?.calls.slice(0, 5).map(({ what, status, ms, body, ok }, at) => (
        <CodeBlock
          key={`${at} ${what}`}
          title={what}
          text={pretty(body)}
          aside={
            <span class={`status ${ok ? 'good' : 'bad'}`}>
              {status ?? 'no response'} · {ms.toFixed(0)} ms
            </span>
          }
        />
      ))}
    </form>
  );
}
