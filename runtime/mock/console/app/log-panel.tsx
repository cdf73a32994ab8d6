/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { LogEntry } from '../../log.ts';
import { CodeBlock, Inline, pretty } from './code-block.tsx';
import type { LiveLog } from './use-log.ts';

/** Every request as it comes, and why it was refused. */
export function LogPanel({ log, clear }: { readonly log: LiveLog; readonly clear: () => void }) {
  const { entries, connected, notice } = log;
  return (
    <aside class="log" aria-label="Requests">
      <header>
        <h2>Requests</h2>
        <span class={`dot ${connected ? 'on' : ''}`} role="img" aria-label={connected ? 'live' : 'not connected'} />
        <span class="grow" />
        <button type="button" class="quiet" onClick={clear}>
          Clear
        </button>
      </header>
      {notice && (
        <p class={notice.kind === 'failed' ? 'error mono small' : 'note small'} role="status">
          {notice.text}
        </p>
      )}
      {entries.length === 0 && <p class="empty">Nothing yet. What any client sends to the mock shows here at once.</p>}
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </aside>
  );
}

const headersOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function Entry({ entry }: { readonly entry: LogEntry }) {
  const { at, provider, operation, method, path, status, code, ok, ms, example, fault, problems, outgoing } = entry;
  // What is closed is not drawn: bodies of three hundred entries would be slow.
  const [open, setOpen] = useState(false);
  const time = new Date(at).toLocaleTimeString([], { hour12: false });
  return (
    <li class={problems.length > 0 ? 'refused' : undefined}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class="what">
            {outgoing ? '→ ' : ''}
            {operation ?? `${method} ${path}`}
          </span>
          <span class={`status ${ok ? 'good' : 'bad'}`}>
            {status === 0 ? 'no answer' : status}
            {code !== undefined && code !== String(status) ? ` · code ${code}` : ''}
          </span>
          <span class="meta">
            {time} · {provider} · {ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms
            {example === undefined ? '' : ` · ${example}`}
            {fault === undefined ? '' : ` · ${fault}`}
          </span>
        </summary>
        {open && (
          <>
            <CodeBlock
              title="Request"
              label={`Request ${entry.id} of the log`}
              text={[`${method} ${path}`, headersOf(entry.request.headers), '', pretty(entry.request.body)]
                .join('\n')
                .trim()}
            />
            <CodeBlock
              title="Answer"
              label={`Answer ${entry.id} of the log`}
              text={[headersOf(entry.response.headers), '', pretty(entry.response.body)].join('\n').trim()}
            />
          </>
        )}
      </details>
      {problems.length > 0 && (
        <ul class="problems">
          {problems.map((problem) => (
            <li key={problem}>
              <Inline text={problem} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
