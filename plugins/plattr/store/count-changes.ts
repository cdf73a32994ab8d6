import type { Database } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { CAPACITY, LEVELS, lowOf } from './buckets.ts';
import { splitBuckets } from './split-buckets.ts';
import { leaderboards, scoreBuckets, scoreChanges } from './tables.ts';

/** Maximum number of changes counted in one transaction. */
const BATCH = 4096;

/** How many scores of each sort key were added or removed. */
type Net = ReadonlyMap<bigint, number>;

/**
 * Within a transaction: moves changes of a leaderboard into its buckets. Only one process does this at a time, and
 * others skip it. Until it commits, readers count the changes themselves. Afterwards they are in the buckets.
 *
 * @returns how many changes were counted
 */
export async function countChanges(tx: Database, board: number): Promise<number> {
  const locked = await tx.execute(sql`
    SELECT 1 AS one FROM ${leaderboards} WHERE id = ${board} FOR NO KEY UPDATE SKIP LOCKED`);
  if (locked.rows.length === 0) return 0;
  const { rows } = await tx.execute<{ key: string; amount: number }>(sql`
    DELETE FROM ${scoreChanges} WHERE id IN (
      SELECT id FROM ${scoreChanges} WHERE leaderboard_id = ${board} ORDER BY id LIMIT ${sql.raw(String(BATCH))})
    RETURNING sort_key::text AS key, amount::int AS amount`);
  let open = sum(rows.map(({ key, amount }) => [BigInt(key), amount]));
  for (let level = 0; level <= LEVELS && open.size > 0; level += 1) {
    const buckets = await addToBuckets(tx, board, level, sum([...open].map(([key, n]) => [lowOf(key, level), n])));
    const full = buckets.filter(({ split, count }) => !split && Number(count) > CAPACITY);
    await splitBuckets(
      tx,
      board,
      level,
      full.map(({ low }) => BigInt(low)),
    );
    // Buckets that were just split are already counted below.
    const below = new Set(buckets.filter(({ split }) => split).map(({ low }) => BigInt(low)));
    open = new Map([...open].filter(([key]) => below.has(lowOf(key, level))));
  }
  return rows.length;
}

type Bucket = { readonly low: string; readonly count: string; readonly split: boolean };

async function addToBuckets(tx: Database, board: number, level: number, net: Net): Promise<readonly Bucket[]> {
  const lows = sql`${sql.param([...net.keys()].map(String))}::text[]`;
  const amounts = sql`${sql.param([...net.values()].map(String))}::text[]`;
  const { rows } = await tx.execute<Bucket>(sql`
    INSERT INTO ${scoreBuckets} AS bucket (leaderboard_id, level, low, count)
    SELECT ${board}::bigint, ${level}::smallint, new.low::bigint, new.amount::bigint
    FROM unnest(${lows}, ${amounts}) AS new (low, amount)
    ON CONFLICT (leaderboard_id, level, low) DO UPDATE SET count = bucket.count + excluded.count
    RETURNING low::text AS low, count::text AS count, split`);
  return rows;
}

function sum(entries: readonly (readonly [bigint, number])[]): Net {
  const net = new Map<bigint, number>();
  for (const [key, amount] of entries) net.set(key, (net.get(key) ?? 0) + amount);
  return net;
}
