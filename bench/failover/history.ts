import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * The action of a call. `key` names the target of its change: a player, a token, a reward or a value. A `set` is
 * conditional.
 */
export type Kind = 'transfer' | 'balance' | 'consume' | 'reward' | 'set' | 'increase' | 'value';

/** One call and its result: a line of a history. */
export type Call = {
  readonly type: 'call';
  /** From 0, in the order in which calls began. */
  readonly call: number;
  /** The writer that made the call. A writer makes one call after the other. */
  readonly writer: number;
  /** The server process that received it. */
  readonly process: number;
  readonly kind: Kind;
  readonly key: string;
  /** Coins of a transfer. */
  readonly coin?: number;
  /** Milliseconds since the start of the history, before the request was sent and after the response arrived. */
  readonly from: number;
  readonly to: number;
  /** `ok`: it took effect. `refused`: it did not. `unknown`: no response, or one that does not show it. */
  readonly result: 'ok' | 'refused' | 'unknown';
  /** For a transfer: the record's id, and the balance before and after. */
  readonly record?: { readonly id: number; readonly before: number; readonly after: number };
  /** The result of a read. */
  readonly value?: number;
};

/** A failure, a promotion, or the first response after it: for readers, and for the recovery time. */
export type Mark = { readonly type: 'mark'; readonly at: number; readonly what: string };

/** The content of the database after all calls. */
export type Final = {
  readonly type: 'final';
  readonly players: {
    readonly [player: string]: {
      readonly balance: number;
      readonly records: readonly {
        readonly id: number;
        readonly coin: number;
        readonly before: number;
        readonly after: number;
      }[];
    };
  };
  /** By token, whether it was consumed. */
  readonly tokens: { readonly [token: string]: boolean };
  /** By key of a writer's data. */
  readonly values: { readonly [key: string]: number };
};

export type Line = Call | Mark | Final;

/** Writes a history as JSON lines while it happens. */
export function openHistory(path: string) {
  const began = performance.now();
  const file = createWriteStream(path);
  let calls = 0;
  const write = (line: Line) => void file.write(`${JSON.stringify(line)}\n`);
  return {
    /** Milliseconds since the history began. */
    now: () => performance.now() - began,
    next: () => {
      calls += 1;
      return calls - 1;
    },
    write,
    mark: (what: string) => write({ type: 'mark', at: performance.now() - began, what }),
    close: () => new Promise<void>((resolve) => file.end(resolve)),
  };
}

export type History = ReturnType<typeof openHistory>;

/** The lines of a history. */
export const readHistory = async (path: string): Promise<readonly Line[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
