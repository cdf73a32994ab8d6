import {
  createKeeper,
  createRateLimits,
  createReplayStore,
  createSweeper,
  errorCode,
  openStore,
  type Store,
  transact,
} from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres, type TestPostgres } from '../sandbox/harness/index.ts';

let postgres: TestPostgres;
/** By name, two handles of one database, like two processes. PGlite has one process, so that both are the same. */
let handles: Readonly<Record<string, readonly [Store, Store]>>;

beforeAll(async () => {
  postgres = await openPostgres();
  const url = await postgres.createDatabase();
  const embedded = await openStore();
  handles = {
    PGlite: [embedded, embedded],
    PostgreSQL: [await openStore({ url }), await openStore({ url })],
  };
});
afterAll(async () => {
  for (const store of Object.values(handles).flat()) await store.close();
  await postgres.stop();
});

describe.each(['PGlite', 'PostgreSQL'])('the store on %s', (name) => {
  let one: Store;
  let two: Store;

  beforeEach(() => {
    const pair = handles[name];
    if (pair === undefined) throw new Error(`no ${name}`);
    [one, two] = pair;
  });

  test('a key is accepted once by all processes together, until it expires', async () => {
    const stores = [createReplayStore(one.db), createReplayStore(two.db)];
    const uses = await Promise.all(Array.from({ length: 100 }, (_, index) => stores[index % 2]?.use('nonce', 60)));
    expect(uses.filter((first) => first)).toHaveLength(1);
    expect(await stores[1]?.use('another', 60)).toBe(true);
    await one.db.execute(sql`UPDATE countersign.replays SET expires_at = now() - interval '1 second'`);
    const later = await Promise.all(Array.from({ length: 100 }, (_, index) => stores[index % 2]?.use('nonce', 60)));
    expect(later.filter((first) => first)).toHaveLength(1);
  });

  test('a number only grows, for all processes together', async () => {
    const stores = [createReplayStore(one.db), createReplayStore(two.db)];
    const copies = await Promise.all(Array.from({ length: 40 }, (_, at) => stores[at % 2]?.advance('caller', '7')));
    expect(copies.filter((isLarger) => isLarger)).toHaveLength(1);
    const numbers = ['6', '10', '9', '18446744073709551615', '18446744073709551614'];
    const larger = [];
    for (const [at, number] of numbers.entries()) larger.push(await stores[at % 2]?.advance('caller', number));
    expect(larger).toEqual([false, true, false, true, false]);
    expect(await stores[1]?.advance('another', '1')).toBe(true);
  });

  test('calls are counted by all processes together, per key and per window', async () => {
    const limits = [createRateLimits(one.db), createRateLimits(two.db)];
    const take = (key: string, index: number) => limits[index % 2]?.take(key, { points: 10, seconds: 600 });
    const taken = await Promise.all(Array.from({ length: 50 }, (_, index) => take('a', index)));
    expect(taken.filter((outcome) => outcome?.allowed)).toHaveLength(10);
    for (const outcome of taken)
      if (!outcome?.allowed) {
        expect(outcome?.retryAfter).toBeGreaterThan(0);
        expect(outcome?.retryAfter).toBeLessThanOrEqual(600);
      }
    expect(await take('b', 0)).toEqual({ allowed: true });
    // A limit of the same key with another window counts separately.
    expect(await limits[0]?.take('a', { points: 1, seconds: 60 })).toEqual({ allowed: true });
    expect(await limits[1]?.take('a', { points: 1, seconds: 60 })).toMatchObject({ allowed: false });
    await one.db.execute(sql`UPDATE countersign.rate_limits SET expire = now() - interval '1 second'`);
    expect(await take('a', 1)).toEqual({ allowed: true });
  });

  test('a stored value is created once', async () => {
    let made = 0;
    const make = () => `value ${++made}`;
    const keepers = [createKeeper(one.db, 'owner'), createKeeper(two.db, 'owner')];
    const values = await Promise.all(Array.from({ length: 20 }, (_, index) => keepers[index % 2]?.keep('key', make)));
    expect(new Set(values).size).toBe(1);
    expect(await createKeeper(one.db, 'other').keep('key', () => 'its own')).toBe('its own');
    expect(await createKeeper(two.db, 'owner').keep('key', () => 'never')).toBe(values[0]);
  });

  test('expired rows are all deleted, and no others', async () => {
    await one.db.execute(sql`DELETE FROM countersign.replays`);
    await one.db.execute(sql`
      INSERT INTO countersign.replays SELECT 'old ' || n, now() - interval '1 second' FROM generate_series(1, 2500) n`);
    await one.db.execute(sql`INSERT INTO countersign.replays VALUES ('new', now() + interval '1 hour')`);
    await one.db.execute(sql`
      INSERT INTO countersign.rate_limits VALUES ('old', 1, now() - interval '2 hours'), ('late', 1, now())`);
    const sweepers = [createSweeper(one.db), createSweeper(two.db)];
    await Promise.all(sweepers.map(({ sweep }) => sweep()));
    const { rows } = await one.db.execute(sql`
      SELECT key FROM countersign.replays UNION ALL
      SELECT key FROM countersign.rate_limits WHERE key IN ('old', 'late') ORDER BY key`);
    expect(rows).toEqual([{ key: 'late' }, { key: 'new' }]);
    await Promise.all(sweepers.map(({ stop }) => stop()));
  });

  test('a failed sweep is reported and does not stop the others', async () => {
    const errors: unknown[] = [];
    let swept = 0;
    const failing = () => Promise.reject(new Error('no table'));
    const working = () => Promise.resolve(swept++);
    const sweeper = createSweeper(one.db, { sweeps: [failing, working], onError: (error) => errors.push(error) });
    await sweeper.sweep();
    await sweeper.stop();
    expect({ errors: errors.length, swept }).toEqual({ errors: 1, swept: 1 });
  });

  test('the SQLSTATE of a wrapped error is found', async () => {
    const failure = await one.db.execute(sql`SELECT * FROM nothing_here`).catch((error: unknown) => error);
    expect(errorCode(failure)).toBe('42P01');
    expect(errorCode(new Error('other'))).toBeUndefined();
  });
});

test('transactions that the database rolled back are retried', async () => {
  const [one, two] = handles.PostgreSQL ?? [];
  if (one === undefined || two === undefined) throw new Error('no PostgreSQL');
  await one.db.execute(sql`CREATE TABLE public.pair (id int PRIMARY KEY, value int NOT NULL)`);
  await one.db.execute(sql`INSERT INTO public.pair VALUES (1, 0), (2, 0)`);
  let runs = 0;
  let both: readonly Promise<void>[] = [];
  let locked = 0;
  const { promise: bothLocked, resolve: go } = Promise.withResolvers<void>();
  // Each locks one row and then needs the other's: PostgreSQL ends one of the two, whose retry waits for the other.
  const cross = (store: Store, first: number, second: number) =>
    transact(store.db, async (tx) => {
      runs += 1;
      if (runs > 2) await Promise.any(both);
      await tx.execute(sql`UPDATE public.pair SET value = value + 1 WHERE id = ${first}`);
      locked += 1;
      if (locked === 2) go();
      await bothLocked;
      await tx.execute(sql`UPDATE public.pair SET value = value + 1 WHERE id = ${second}`);
    });
  both = [cross(one, 1, 2), cross(two, 2, 1)];
  await Promise.all(both);
  expect(runs).toBe(3);
  const { rows } = await one.db.execute(sql`SELECT value FROM public.pair`);
  expect(rows).toEqual([{ value: 2 }, { value: 2 }]);
  await expect(transact(one.db, () => Promise.reject(new Error('ours')))).rejects.toThrow('ours');
});

test('a URL that is not for PostgreSQL is rejected without being shown', async () => {
  const refused = openStore({ url: 'mysql://user:secret@127.0.0.1/x' });
  await expect(refused).rejects.toThrow('DATABASE_URL must have the form postgres://');
  await expect(refused).rejects.not.toThrow(/secret/);
});
