import type { Received } from './exchange.ts';

/** One request in the console. Secrets are masked. */
export type LogEntry = {
  readonly id: number;
  /** Time of the request, in milliseconds since 1970. */
  readonly at: number;
  readonly provider: string;
  readonly operation: string | undefined;
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  readonly status: number;
  /** The code in the body, if the response has one. */
  readonly code: string | undefined;
  readonly ok: boolean;
  /** Duration in milliseconds. */
  readonly ms: number;
  readonly example: string | undefined;
  /** The effect of the scenario, if it had one. */
  readonly fault: string | undefined;
  readonly problems: readonly string[];
  /** Whether the gateway sent the request itself (`fire`) instead of receiving it. */
  readonly outgoing: boolean;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
};

/** Creates an entry without its number. It is called on demand, because masking takes longer than responding. */
export type Draft = () => Omit<LogEntry, 'id'>;

/** A message for the reader of the log that is not a request. */
export type Notice = { readonly kind: 'reloaded' | 'failed' | 'scenario' | 'cleared' | 'reset'; readonly text: string };

/** A request that was logged, or a notice. */
export type LogEvent =
  | { readonly kind: 'entry'; readonly entry: LogEntry }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** The log: the most recent requests to the mock. */
export type Log = {
  /**
   * Adds an entry.
   * @param source the request as received, kept in memory so that it can be sent again
   */
  add(draft: Draft, source?: Received): void;
  /** Returns the received request of an entry. Undefined if the entry no longer exists, or was not received. */
  sourceOf(id: number): Received | undefined;
  notify(notice: Notice): void;
  /** Returns the most recent entries, the newest last. */
  recent(): readonly LogEntry[];
  clear(): void;
  /** Passes each event until the returned function is called. */
  subscribe(listener: (event: LogEvent) => void): () => void;
};

/** Maximum number of entries. The oldest are removed first. */
const MOST = 300;

/** Creates an empty log. It keeps a fixed number of requests and removes the oldest first. */
export function createLog(): Log {
  let kept: { readonly id: number; readonly get: () => LogEntry; readonly source: Received | undefined }[] = [];
  let count = 0;
  const listeners = new Set<(event: LogEvent) => void>();
  const tell = (event: LogEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return {
    add(draft, source) {
      count += 1;
      const id = count;
      let made: LogEntry | undefined;
      const get = (): LogEntry => (made ??= { id, ...draft() });
      kept.push({ id, get, source });
      // Several entries are removed at once, because shifting a list at each request is slow.
      if (kept.length >= MOST * 2) kept = kept.slice(-MOST);
      if (listeners.size > 0) tell({ kind: 'entry', entry: get() });
    },
    notify: (notice) => tell({ kind: 'notice', notice }),
    sourceOf: (wanted) => kept.find(({ id }) => id === wanted)?.source,
    recent: () => kept.slice(-MOST).map(({ get }) => get()),
    clear: () => {
      kept = [];
      tell({ kind: 'notice', notice: { kind: 'cleared', text: '' } });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
