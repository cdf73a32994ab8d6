import type { SuspensionRow } from './store/receive.ts';

/** The services of Hive's receiver in `context.services`. */
export type Services = {
  /** Stores all rows or none. Rejects if they could not be stored. */
  readonly receive: (gameIndex: number, rows: readonly SuspensionRow[]) => Promise<void>;
};
