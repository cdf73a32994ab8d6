/** @jsxImportSource preact */
import { CodeBlock } from './code-block.tsx';
import type { ConsoleState, OperationDetail } from './gateway-api.ts';
import { InferredBadge } from './inferred-badge.tsx';
import { describePin } from './pins.tsx';

/** Properties of the list of responses that an operation declares. */
export type ResponseListProps = {
  readonly state: ConsoleState;
  readonly provider: string;
  /** operationId */
  readonly operation: string;
  readonly detail: OperationDetail;
  /** Writes a preference into the form above. */
  readonly ask: (prefer: string) => void;
  readonly change: (wish: object) => void;
};

/** Lists every declared response. Each can be read, requested once, or pinned until it is unpinned. */
export function ResponseList({ state, provider, operation, detail, ask, change }: ResponseListProps) {
  const key = `${provider}/${operation}`;
  const pinned = state.pins[key];
  const choose = (prefer: string): void => {
    ask(prefer);
    document.getElementById('send')?.focus();
  };
  return (
    <section class="card">
      <div class="row">
        <h2>Declared responses</h2>
        <span class="grow" />
        {pinned && (
          <button type="button" onClick={() => change({ pin: key })}>
            Unpin {describePin(pinned)}
          </button>
        )}
      </div>
      <p class="soft small">
        A client gets one of these by the request header <code>Prefer</code>. A pinned response is sent to every request
        that does not prefer a different one.
      </p>
      <ul class="responses">
        {detail.responses.map(({ status, summary, name, code, body, prefer, inferred }) => {
          const isPinned =
            pinned !== undefined && pinned.example === name && prefer.includes(`status=${pinned.status}`);
          const label = `${status}${code === undefined || String(code) === status ? '' : ` · code ${code}`}`;
          const good = status.startsWith('2') && (code === undefined || !detail.codes.includes(String(code)));
          return (
            <li key={prefer} class="line">
              <details>
                <summary>
                  <span class={`status ${good ? 'good' : 'bad'}`}>{label}</span>
                  <span>{name ?? 'no example'}</span>
                  {summary !== undefined && <span class="soft">{summary}</span>}
                  {inferred && <InferredBadge />}
                  {isPinned && <span class="badge accent">pinned</span>}
                </summary>
                <CodeBlock title={`Prefer: ${prefer}`} text={body === '' ? '(no body)' : body} />
              </details>
              <span class="acts">
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Prefer ${label} ${name ?? ''}`}
                  onClick={() => choose(prefer)}
                >
                  Prefer
                </button>
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Pin ${label} ${name ?? ''}`}
                  onClick={() => change({ pin: key, prefer })}
                >
                  Pin
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
