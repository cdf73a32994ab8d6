/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { CodeBlock, pretty } from './code-block.tsx';
import { type Fired, gateway } from './gateway-api.ts';

/** Properties of the form that sends webhooks. */
export type FireFormProps = { readonly provider: string; readonly asksFor: 'count' | 'user' };

/** Has the gateway call your server as the provider does. Only the address in the form is called. */
export function FireForm({ provider, asksFor }: FireFormProps) {
  const [to, setTo] = useState(() => localStorage.getItem(`fire:${provider}`) ?? '');
  const [extra, setExtra] = useState(asksFor === 'count' ? '250' : '666');
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<Fired>();
  const [failure, setFailure] = useState('');
  const fire = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    localStorage.setItem(`fire:${provider}`, to);
    try {
      setReport(await gateway.fire({ provider, to, [asksFor]: extra }));
    } catch (error) {
      setReport(undefined);
      setFailure((error as Error).message);
    }
    setBusy(false);
  };
  return (
    <form class="card" onSubmit={(event) => void fire(event)}>
      <h2>Call my server</h2>
      <p class="soft">
        {asksFor === 'count'
          ? 'Sends signed pushes to your endpoint, in batches as large as the contract allows.'
          : 'Asks your endpoint for the rules and for one user, and judges the claim as the provider does.'}{' '}
        Only the address that you name is called.
      </p>
      <div class="send">
        <div class="field wide">
          <label for="fire-to">Your endpoint</label>
          <input
            id="fire-to"
            type="url"
            required
            placeholder={asksFor === 'count' ? 'http://127.0.0.1:3000/suspensions' : 'http://127.0.0.1:3000/check'}
            value={to}
            onInput={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="fire-extra">{asksFor === 'count' ? 'Rows' : 'User'}</label>
          <input id="fire-extra" value={extra} onInput={({ currentTarget }) => setExtra(currentTarget.value)} />
        </div>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Calling …' : 'Fire'}
        </button>
      </div>
      <div role="status">
        {failure !== '' && <p class="error">{failure}</p>}
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
      {report?.calls.slice(0, 5).map(({ what, status, ms, body, ok }) => (
        <CodeBlock
          key={what}
          title={what}
          text={pretty(body)}
          aside={
            <span class={`status ${ok ? 'good' : 'bad'}`}>
              {status ?? 'no answer'} · {ms.toFixed(0)} ms
            </span>
          }
        />
      ))}
    </form>
  );
}
