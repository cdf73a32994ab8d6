import { type Database, dropMigrated, migrate, openStore, type Store } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres, type TestPostgres } from '../sandbox/harness/index.ts';

const folder = (name: string): URL => new URL(`./migrations/${name}/`, import.meta.url);

let postgres: TestPostgres;
let url: string;
let stores: Readonly<Record<string, Store>>;

beforeAll(async () => {
  postgres = await openPostgres();
  url = await postgres.createDatabase();
  stores = { PGlite: await openStore(), PostgreSQL: await openStore({ url }) };
});
afterAll(async () => {
  for (const store of Object.values(stores)) await store.close();
  await postgres.stop();
});

const items = async (db: Database): Promise<readonly number[]> => {
  const { rows } = await db.execute<{ id: number }>(sql`SELECT id FROM sample.items ORDER BY id`);
  return rows.map(({ id }) => id);
};

describe.each(['PGlite', 'PostgreSQL'])('migrations on %s', (name) => {
  let db: Database;

  beforeEach(async () => {
    const store = stores[name];
    if (store === undefined) throw new Error(`no ${name}`);
    db = store.db;
    await db.execute(sql`DROP SCHEMA IF EXISTS sample CASCADE`);
    await db.execute(sql`DELETE FROM countersign.migrations WHERE owner = 'sample'`);
  });

  test('files are applied in order, each once; later files are applied later', async () => {
    expect(await migrate(db, { name: 'sample', folder: folder('first') })).toEqual(['0001_start.sql']);
    expect(await migrate(db, { name: 'sample', folder: folder('first') })).toEqual([]);
    expect(await migrate(db, { name: 'sample', folder: folder('second') })).toEqual(['0002_more.sql']);
    expect(await items(db)).toEqual([1, 2]);
  });

  test('dropped tables are created and seeded again, and no others', async () => {
    const seed = async (tx: Database) => void (await tx.execute(sql`INSERT INTO sample.items VALUES (7)`));
    const set = { name: 'sample', folder: folder('first'), seed };
    await migrate(db, set);
    await db.execute(sql`DELETE FROM sample.items`);
    await dropMigrated(db, 'sample');
    await expect(items(db)).rejects.toThrow();
    expect(await migrate(db, set)).toEqual(['0001_start.sql']);
    expect(await items(db)).toContain(7);
    await dropMigrated(db, 'never-there');
    expect(await migrate(db, set)).toEqual([]);
  });

  test('a file that was changed after it was applied is rejected', async () => {
    await migrate(db, { name: 'sample', folder: folder('first') });
    await expect(migrate(db, { name: 'sample', folder: folder('changed') })).rejects.toThrow(
      'sample/0001_start.sql was changed after it was applied',
    );
  });

  test('failing files keep no change, including that of a valid one before them', async () => {
    await expect(migrate(db, { name: 'sample', folder: folder('broken') })).rejects.toThrow();
    await expect(items(db)).rejects.toThrow();
    expect(await migrate(db, { name: 'sample', folder: folder('first') })).toEqual(['0001_start.sql']);
  });

  test('the seed runs once; a failing seed undoes the migration', async () => {
    let seeds = 0;
    const seed = async (tx: Database): Promise<void> => {
      seeds += 1;
      await tx.execute(sql`INSERT INTO sample.items VALUES (100)`);
    };
    const failing = async (tx: Database): Promise<void> => {
      await seed(tx);
      throw new Error('seed failed');
    };
    await expect(migrate(db, { name: 'sample', folder: folder('first'), seed: failing })).rejects.toThrow(
      'seed failed',
    );
    await migrate(db, { name: 'sample', folder: folder('first'), seed });
    await migrate(db, { name: 'sample', folder: folder('second'), seed });
    expect(seeds).toBe(2);
    expect(await items(db)).toEqual([1, 100, 101]);
  });
});

test('of ten processes that start at once on an empty PostgreSQL, one migrates and seeds', async () => {
  const empty = await postgres.createDatabase();
  const opened = await Promise.all(Array.from({ length: 10 }, () => openStore({ url: empty, connections: 2 })));
  let seeds = 0;
  const applied = await Promise.all(
    opened.map(({ db }) =>
      migrate(db, {
        name: 'sample',
        folder: folder('second'),
        seed: async () => {
          seeds += 1;
        },
      }),
    ),
  );
  expect(applied.filter(({ length }) => length > 0)).toEqual([['0001_start.sql', '0002_more.sql']]);
  expect(seeds).toBe(1);
  for (const { close } of opened) await close();
});
