import { type RecordBounds, resolveLimit, resolveWindow } from './rules/record-window.ts';
import type { Services } from './services.ts';
import type { RecordQuery } from './store/records.ts';

export type RecordFilter = RecordBounds & {
  readonly username?: string | undefined;
  readonly limit?: number | undefined;
};

type Context = { readonly services: Services; readonly now: number };

/**
 * The rows that match a filter, by the rules that the three record queries share.
 *
 * @returns undefined for an invalid range
 */
export async function findRecords<Row>(
  { services, now }: Context,
  filter: RecordFilter | undefined,
  query: (query: RecordQuery) => PromiseLike<Row[]>,
): Promise<readonly Row[] | undefined> {
  const window = resolveWindow(filter ?? {}, Math.floor(now / 1000));
  if (window === undefined) return undefined;
  const limit = resolveLimit(filter?.limit);
  if (filter?.username === undefined) return query({ window, limit });
  const player = await services.players.find(filter.username);
  return player === undefined ? [] : query({ playerId: player.id, window, limit });
}
