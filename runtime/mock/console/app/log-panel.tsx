/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { LogEntry } from '../../log.ts';
import { CodeBlock, Inline } from './code-block.tsx';
import { EntryActions } from './entry-actions.tsx';
import { requestText, responseText, resultOf, timeOf } from './entry-text.ts';
import type { ConsoleState } from './gateway-api.ts';
import { LogFilter, matches, NO_FILTER } from './log-filter.tsx';
import type { LiveLog } from './use-log.ts';
import { compareHref } from './use-route.ts';

/** Properties of the log. */
export type LogPanelProps = {
  readonly state: ConsoleState;
  readonly log: LiveLog;
  readonly clear: () => void;
  /** The entry with which the next one is compared. */
  readonly marked: number | undefined;
  readonly mark: (id: number | undefined) => void;
};

/** Shows every request as it arrives, and the reason if it was rejected. */
export function LogPanel({ state, log, clear, marked, mark }: LogPanelProps) {
  const { entries, connected, notice } = log;
  const [filter, setFilter] = useState(NO_FILTER);
  const shown = entries.filter((entry) => matches(entry, filter));
  return (
    <aside class="log" aria-label="Requests">
      <header>
        <h2>Requests</h2>
        <span class={`dot ${connected ? 'on' : ''}`} role="img" aria-label={connected ? 'live' : 'not connected'} />
        <span class="soft small">{shown.length === entries.length ? '' : `${shown.length} of ${entries.length}`}</span>
        <span class="grow" />
        <button type="button" class="quiet" onClick={clear}>
          Clear
        </button>
      </header>
      <LogFilter state={state} filter={filter} setFilter={setFilter} />
      {marked !== undefined && (
        <p class="note small">
          Select Compare on another request to compare it with #{marked}.{' '}
          <button type="button" class="quiet" onClick={() => mark(undefined)}>
            Cancel
          </button>
        </p>
      )}
      {notice && (
        <p class={notice.kind === 'failed' ? 'error mono small' : 'note small'} role="status">
          {notice.text}
        </p>
      )}
      {shown.length === 0 && (
        <p class="empty">
          {entries.length === 0
            ? 'No requests yet. Every request that a client sends to the mock appears here.'
            : 'No request matches the filter.'}
        </p>
      )}
      <ol>
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} marked={marked} mark={mark} />
        ))}
      </ol>
    </aside>
  );
}

type EntryProps = Pick<LogPanelProps, 'marked' | 'mark'> & { readonly entry: LogEntry };

function Entry({ entry, marked, mark }: EntryProps) {
  const { id, provider, operation, method, path, ok, ms, example, fault, problems, outgoing } = entry;
  // The content of a closed entry is not rendered, because the bodies of three hundred entries would be slow.
  const [open, setOpen] = useState(false);
  const compare = (): void => {
    const isFirst = marked === undefined;
    if (!isFirst && marked !== id) location.hash = compareHref(Math.min(marked, id), Math.max(marked, id));
    mark(isFirst ? id : undefined);
  };
  return (
    <li class={problems.length > 0 ? 'invalid' : undefined}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class="what">
            {outgoing ? '→ ' : ''}
            {operation ?? `${method} ${path}`}
          </span>
          <span class={`status ${ok ? 'good' : 'bad'}`}>{resultOf(entry)}</span>
          <span class="meta">
            #{id} · {timeOf(entry)} · {provider} · {ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms
            {example === undefined ? '' : ` · ${example}`}
            {fault === undefined ? '' : ` · ${fault}`}
          </span>
        </summary>
        {open && (
          <>
            <div class="row entry-acts">
              <EntryActions entry={entry} />
              <button type="button" class="quiet" aria-label={`Compare request ${id}`} onClick={compare}>
                Compare
              </button>
            </div>
            <CodeBlock title="Request" label={`Request ${id} of the log`} text={requestText(entry)} />
            <CodeBlock title="Response" label={`Response ${id} of the log`} text={responseText(entry)} />
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
