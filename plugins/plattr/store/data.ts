import { type Database, transact } from '@countersign/runtime/store';
import { eq, sql } from 'drizzle-orm';
import { decodeText, encodeText, indexKey } from '../../stored-text.ts';
import { applyChanges, type Change } from '../rules/changes.ts';
import { type Condition, isMet, type Values } from '../rules/conditions.ts';
import { userData } from './tables.ts';
import { lockUser } from './users.ts';

/**
 * `unmet`: a condition is not met, or `inc` or `dec` found a value that is not a number. `gone`: the user has
 * withdrawn.
 */
export type Outcome = 'done' | 'unmet' | 'gone';

export type Data = ReturnType<typeof createData>;

export function createData(db: Database) {
  return {
    /** The stored values of these keys. */
    read: (userId: number, keys: readonly string[]): Promise<Values> => readValues(db, userId, keys),

    /** Makes all changes if all conditions hold, otherwise none. Changes of one user are serialized. */
    change: (userId: number, conditions: readonly Condition[], changes: readonly Change[]): Promise<Outcome> =>
      transact(db, async (tx) => {
        if (!(await lockUser(tx, userId))) return 'gone';
        const values = await readValues(
          tx,
          userId,
          [...conditions, ...changes].map(({ key }) => key),
        );
        if (!conditions.every((condition) => isMet(condition, values))) return 'unmet';
        return (await writeChanges(tx, userId, changes, values)) ? 'done' : 'unmet';
      }),
  };
}

/** An array is sent as one parameter, for any number of keys. */
const textArray = (values: readonly string[]) => sql`${sql.param(values)}::text[]`;

export async function readValues(db: Database, userId: number, keys: readonly string[]): Promise<Values> {
  if (keys.length === 0) return new Map();
  const byIndexKey = new Map(keys.map((key) => [indexKey(key), key]));
  const rows = await db
    .select({ key: userData.key, value: userData.value })
    .from(userData)
    .where(sql`${eq(userData.userId, userId)} AND ${userData.key} = ANY(${textArray([...byIndexKey.keys()])})`);
  return new Map(rows.map(({ key, value }) => [byIndexKey.get(key) ?? decodeText(key), value]));
}

/**
 * Within a transaction that locks the user.
 *
 * @param values the current values of the keys
 * @returns false, without writing anything, if `inc` or `dec` found a value that is not a number
 */
export async function writeChanges(
  tx: Database,
  userId: number,
  changes: readonly Change[],
  values: Values,
): Promise<boolean> {
  const changed = applyChanges(changes, values);
  if (changed === undefined) return false;
  const keys = textArray([...changed.keys()].map(indexKey));
  const texts = textArray([...changed.values()].map(encodeText));
  await tx.execute(sql`
    INSERT INTO ${userData} (user_id, key, value)
    SELECT ${userId}::bigint, new.key, new.value FROM unnest(${keys}, ${texts}) AS new (key, value)
    ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value`);
  return true;
}
