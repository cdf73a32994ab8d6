import type { SuspensionRow } from './store/receive.ts';

/** What Hive's receiver finds in `context.services`. */
export type Services = {
  /** All rows or none; rejects when they could not be stored. */
  readonly receive: (gameIndex: number, rows: readonly SuspensionRow[]) => Promise<void>;
};
