/** @jsxImportSource preact */
import { diffLines } from 'diff';
import type { LogEntry } from '../../log.ts';
import { requestText, responseText, resultOf, timeOf } from './entry-text.ts';

/** Two logged requests side by side, with the differences of request and response. */
export function ComparePage({
  entries,
  ids,
}: {
  readonly entries: readonly LogEntry[];
  readonly ids: readonly [number, number];
}) {
  const [a, b] = ids.map((id) => entries.find((entry) => entry.id === id));
  if (!a || !b)
    return (
      <>
        <h1>Compare</h1>
        <p class="soft">The log no longer contains both requests.</p>
        <p>
          <a href="#/">Show all providers</a>
        </p>
      </>
    );
  return (
    <>
      <div>
        <h1>Compare</h1>
        <div class="facts">
          {[a, b].map((entry) => (
            <span key={entry.id}>
              #{entry.id} <span class="soft">{entry.operation ?? entry.path}</span>{' '}
              <span class={`status ${entry.ok ? 'good' : 'bad'}`}>{resultOf(entry)}</span>{' '}
              <span class="soft small">
                {timeOf(entry)} · {entry.ms.toFixed(1)} ms
              </span>
            </span>
          ))}
        </div>
      </div>
      <Difference title="Why" a={a.problems.join('\n')} b={b.problems.join('\n')} ids={ids} />
      <Difference title="Request" a={requestText(a)} b={requestText(b)} ids={ids} />
      <Difference title="Response" a={responseText(a)} b={responseText(b)} ids={ids} />
    </>
  );
}

type DifferenceProps = {
  readonly title: string;
  readonly a: string;
  readonly b: string;
  readonly ids: readonly [number, number];
};

/** Maximum number of characters to compare. A longer text would block the page. */
const LONGEST = 60_000;

function Difference({ title, a, b, ids }: DifferenceProps) {
  if (a === '' && b === '') return null;
  const parts = a.length + b.length > LONGEST ? [] : diffLines(`${a}\n`, `${b}\n`);
  const same = a === b;
  return (
    <figure class="block">
      <figcaption>
        <span>{title}</span>
        <span class="grow" />
        <span class="soft small">{same ? 'equal' : `− only in #${ids[0]}, + only in #${ids[1]}`}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={`${title}, compared`}>
        <pre class="diff">
          {parts.flatMap(({ value, added, removed }, at) =>
            value
              .replace(/\n$/, '')
              .split('\n')
              .map((line, index) => (
                <span key={`${at}-${index}`} class={added ? 'added' : removed ? 'removed' : ''}>
                  {added ? '+ ' : removed ? '− ' : '  '}
                  {line}
                  {'\n'}
                </span>
              )),
          )}
          {parts.length === 0 && 'The texts are too long to compare.'}
        </pre>
      </section>
    </figure>
  );
}
