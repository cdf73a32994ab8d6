/** @jsxImportSource preact */
import type { LogEntry } from '../../log.ts';
import type { ConsoleState } from './gateway-api.ts';

/** The conditions that an entry of the log must meet to be shown. */
export type Filter = { readonly text: string; readonly result: '' | 'ok' | 'failed'; readonly provider: string };

/** The filter that shows all entries. */
export const NO_FILTER: Filter = { text: '', result: '', provider: '' };

/** Whether an entry matches: every word must occur in its operation, path, status, code, cause, headers or body. */
export function matches(entry: LogEntry, { text, result, provider }: Filter): boolean {
  if (provider !== '' && entry.provider !== provider) return false;
  if (result !== '' && entry.ok !== (result === 'ok')) return false;
  if (text === '') return true;
  const all = JSON.stringify(entry).toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(JSON.stringify(word).slice(1, -1)));
}

/** Properties of the filter. */
export type LogFilterProps = {
  readonly state: ConsoleState;
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
};

/** Filters the log. */
export function LogFilter({ state, filter, setFilter }: LogFilterProps) {
  return (
    <search class="filter">
      <input
        type="search"
        aria-label="Filter requests"
        placeholder="Filter requests"
        value={filter.text}
        onInput={({ currentTarget }) => setFilter({ ...filter, text: currentTarget.value })}
      />
      <select
        aria-label="Result"
        value={filter.result}
        onChange={({ currentTarget }) => setFilter({ ...filter, result: currentTarget.value as Filter['result'] })}
      >
        <option value="">All results</option>
        <option value="ok">Succeeded</option>
        <option value="failed">Failed</option>
      </select>
      {state.providers.length > 1 && (
        <select
          aria-label="Provider"
          value={filter.provider}
          onChange={({ currentTarget }) => setFilter({ ...filter, provider: currentTarget.value })}
        >
          <option value="">All providers</option>
          {state.providers.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </search>
  );
}
