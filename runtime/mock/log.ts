import type { Received } from './exchange.ts';

/** One request as the console shows it. Secrets are masked. */
export type LogEntry = {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly provider: string;
  readonly operation: string | undefined;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** The code in the body, if the response has one. */
  readonly code: string | undefined;
  readonly ok: boolean;
  /** Milliseconds. */
  readonly ms: number;
  readonly example: string | undefined;
  /** The effect of the scenario, if it had one. */
  readonly fault: string | undefined;
  readonly problems: readonly string[];
  /** Sent by the gateway itself (`fire`) instead of received. */
  readonly outgoing: boolean;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
};

/** An entry without its number, created on demand: masking costs more than responding. */
export type Draft = () => Omit<LogEntry, 'id'>;

/** Other information for the reader of the log. */
export type Notice = { readonly kind: 'reloaded' | 'failed' | 'scenario' | 'cleared' | 'reset'; readonly text: string };

/** A request that was logged, or a notice. */
export type LogEvent =
  | { readonly kind: 'entry'; readonly entry: LogEntry }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** The most recent requests to the mock, and the listeners. */
export type Log = {
  /** @param source the request as received, kept in memory so that it can be sent again */
  add(draft: Draft, source?: Received): void;
  /** Undefined: the entry no longer exists, or was not received. */
  sourceOf(id: number): Received | undefined;
  notify(notice: Notice): void;
  /** The last ones, the newest last. */
  recent(): readonly LogEntry[];
  clear(): void;
  /** Passes each event until the returned function is called. */
  subscribe(listener: (event: LogEvent) => void): () => void;
};

/** Maximum number of entries. The oldest are removed first. */
const MOST = 300;

/** An empty log. It keeps a fixed number of requests and drops the oldest. */
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
      // Cut in larger steps: shifting a list at each request is slow.
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
