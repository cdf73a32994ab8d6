/** @jsxImportSource preact */
import { CodeBlock } from './code-block.tsx';
import type { ConsoleState, OperationState } from './gateway-api.ts';
import { InferredBadge } from './inferred-badge.tsx';

/** Properties of the list of responses that an operation declares. */
export type AnswerListProps = {
  readonly state: ConsoleState;
  readonly provider: string;
  readonly operation: OperationState;
  /** Puts a preference into the form above. */
  readonly ask: (prefer: string) => void;
  readonly change: (wish: object) => void;
};

/** Every declared answer: to read, to ask for once, or to pin until it is taken off. */
export function AnswerList({ state, provider, operation, ask, change }: AnswerListProps) {
  const key = `${provider}/${operation.id}`;
  const pinned = state.pins[key];
  const choose = (prefer: string): void => {
    ask(prefer);
    document.getElementById('send')?.focus();
  };
  return (
    <section class="card">
      <div class="row">
        <h2>Declared answers</h2>
        <span class="grow" />
        {pinned && (
          <button type="button" onClick={() => change({ pin: key })}>
            Unpin {pinned.example ?? pinned.code ?? pinned.status}
          </button>
        )}
      </div>
      <p class="soft small">
        Any client gets one by sending the header <code>Prefer</code>. A pinned answer is given to every call that does
        not ask for another.
      </p>
      <ul class="answers">
        {operation.answers.map(({ status, name, code, body, prefer, inferred }) => {
          const isPinned =
            pinned !== undefined && pinned.example === name && prefer.includes(`status=${pinned.status}`);
          const label = `${status}${code === undefined || String(code) === status ? '' : ` · code ${code}`}`;
          const good = status.startsWith('2') && (code === undefined || !operation.codes.includes(String(code)));
          return (
            <li key={prefer} class="line">
              <details>
                <summary>
                  <span class={`status ${good ? 'good' : 'bad'}`}>{label}</span>
                  <span>{name ?? 'no example'}</span>
                  {inferred && <InferredBadge />}
                  {isPinned && <span class="badge accent">pinned</span>}
                </summary>
                <CodeBlock title={`Prefer: ${prefer}`} text={body === '' ? '(no body)' : body} />
              </details>
              <span class="acts">
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Ask for ${label} ${name ?? ''}`}
                  onClick={() => choose(prefer)}
                >
                  Ask
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
