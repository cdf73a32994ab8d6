/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { LogEntry } from '../../log.ts';
import { EntryActions } from './entry-actions.tsx';
import { resultOf, timeOf } from './entry-text.ts';
import { compareHref } from './use-route.ts';

/** Properties of the history of one operation. */
export type HistoryCardProps = {
  readonly provider: string;
  readonly operation: string;
  /** The entries, the newest first. */
  readonly entries: readonly LogEntry[];
  readonly title?: string;
  readonly outgoing?: boolean;
};

const MOST = 8;

/**
 * Shows the last requests of an operation by any client. A request can be sent again, opened in the form, or compared
 * with another.
 */
export function HistoryCard({ provider, operation, entries, title = 'History', outgoing = false }: HistoryCardProps) {
  const [marked, setMarked] = useState<readonly number[]>([]);
  const own = entries.filter(
    (entry) =>
      entry.provider === provider &&
      (operation === '' || entry.operation === operation) &&
      (!outgoing || entry.outgoing),
  );
  if (own.length === 0) return null;
  const toggle = (id: number): void =>
    setMarked(marked.includes(id) ? marked.filter((each) => each !== id) : [...marked, id].slice(-2));
  const [a, b] = [...marked].sort((x, y) => x - y);
  return (
    <section class="card" aria-label={title}>
      <div class="row">
        <h2>{title}</h2>
        <span class="soft small">
          the last {Math.min(own.length, MOST)}
          {outgoing ? '' : ', from any client'}
        </span>
        <span class="grow" />
        {a !== undefined && b !== undefined ? (
          <a class="button" href={compareHref(a, b)}>
            Compare {a} and {b}
          </a>
        ) : (
          own.length > 1 && <span class="soft small">Select two to compare them</span>
        )}
      </div>
      <ul class="responses">
        {own.slice(0, MOST).map((entry) => (
          <li key={entry.id} class="item">
            <label class="past">
              <input type="checkbox" checked={marked.includes(entry.id)} onChange={() => toggle(entry.id)} />
              <span class="soft small">
                #{entry.id} · {timeOf(entry)}
              </span>
              <span class={`status ${entry.ok ? 'good' : 'bad'}`}>{resultOf(entry)}</span>
              <span class="soft small what">
                {entry.outgoing
                  ? `${entry.operation ?? ''} → ${entry.path}`
                  : (entry.problems[0] ?? entry.example ?? '')}
              </span>
            </label>
            <EntryActions entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  );
}
