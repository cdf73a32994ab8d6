/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { CodeBlock, pretty } from './code-block.tsx';
import { type DeliveryEntry, gateway } from './gateway-api.ts';

/** Maximum number of messages to show. */
const MOST = 10;

/** Properties of the delivery log. */
export type DeliveryLogProps = {
  readonly provider: string;
  /** The log is fetched again when this value changes. */
  readonly changed: unknown;
};

/** Lists the messages that were sent, with their attempts. Each can be sent again with its id. */
export function DeliveryLog({ provider, changed }: DeliveryLogProps) {
  const [entries, setEntries] = useState<readonly DeliveryEntry[]>([]);
  const [said, setSaid] = useState('');
  const read = (): void =>
    void gateway.deliveries().then(
      (all) => setEntries(all.filter((entry) => entry.provider === provider).reverse()),
      () => undefined,
    );
  useEffect(read, [provider, changed]);
  const resend = (id: string): void => {
    setSaid('Sending …');
    gateway.redeliver(id).then(
      ({ ok }) => {
        setSaid(ok ? 'Accepted.' : 'Rejected.');
        read();
      },
      (error: Error) => setSaid(error.message),
    );
  };
  if (entries.length === 0) return null;
  return (
    <section class="card" aria-label="Messages">
      <div class="row">
        <h2>Messages</h2>
        <span class="soft small">the last {Math.min(entries.length, MOST)}</span>
        <span class="grow" />
        <span class="soft small" role="status">
          {said}
        </span>
      </div>
      <ul class="responses">
        {entries.slice(0, MOST).map((entry) => (
          <Message key={entry.id} entry={entry} resend={resend} />
        ))}
      </ul>
    </section>
  );
}

function Message({ entry, resend }: { readonly entry: DeliveryEntry; readonly resend: (id: string) => void }) {
  const { id, ok, attempts, operation, messageId, to, request, response } = entry;
  const tried = attempts.map(({ at, ms, status, problem }) => {
    const time = new Date(at).toLocaleTimeString([], { hour12: false });
    return `${time}  ${status ?? 'no response'}  ${ms.toFixed(0)} ms  ${problem ?? ''}`;
  });
  return (
    <li class="item">
      <details>
        <summary>
          <span class={`status ${ok ? 'good' : 'bad'}`}>{attempts.at(-1)?.status ?? 'no response'}</span>
          <span>{operation}</span>
          <span class="soft small">
            {messageId} · {attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}
          </span>
        </summary>
        <CodeBlock title="Attempts" label={`Attempts of ${id}`} text={tried.join('\n')} />
        {request && (
          <CodeBlock
            title={`Request to ${to}`}
            label={`Request of ${id}`}
            text={textOf(request.headers, request.body)}
          />
        )}
        {response && (
          <CodeBlock
            title={`Response ${response.status}`}
            label={`Response of ${id}`}
            text={textOf(response.headers, response.body)}
          />
        )}
      </details>
      <span class="acts">
        <button type="button" class="quiet" aria-label={`Resend message ${messageId}`} onClick={() => resend(id)}>
          Resend
        </button>
      </span>
    </li>
  );
}

const textOf = (headers: Readonly<Record<string, string>>, body: string): string => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', pretty(body)].join('\n').trim();
};
