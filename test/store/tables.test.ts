import { readdir } from 'node:fs/promises';
import { type Database, openStore, type Store } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSandboxes } from '../../scripts/commands/serve/load-sandboxes.ts';
import { openProviders } from '../../scripts/commands/serve/open-providers.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';

type Tables = { readonly owner: string; readonly tables: readonly PgTable[] };

const workspace = openWorkspace(process.cwd());
const plugins = new URL('../../plugins/', import.meta.url);

/** Every `store/tables.ts`, and the tables of the store. */
async function loadTables(): Promise<readonly Tables[]> {
  const entries = await readdir(plugins, { recursive: true });
  const own = new URL('../../runtime/store/tables.ts', import.meta.url);
  const files = entries.filter((path) => /^[^/]+\/store\/tables\.ts$/.test(path)).map((path) => new URL(path, plugins));
  return Promise.all(
    [own, ...files].map(async (url) => {
      const tables = Object.values((await import(url.href)) as object).filter((value) => value instanceof PgTable);
      return { owner: url.pathname.split('/').slice(-3, -2)[0] ?? '', tables };
    }),
  );
}

async function columnsOf(db: Database, schema: string, table: string): Promise<readonly string[]> {
  const { rows } = await db.execute<{ column: string }>(sql`
    SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
      AS column
    FROM pg_attribute a WHERE a.attrelid = ${`${schema}.${table}`}::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY 1`);
  return rows.map(({ column }) => column);
}

/** As `format_type` writes it. */
const inFull = (type: string): string =>
  type
    .replace(/^bigserial$/, 'bigint')
    .replace(/^serial$/, 'integer')
    .replace(/^timestamp ?(\(\d\))?( with time zone)?$/, (_, precision = '', zone = ' without time zone') => {
      return `timestamp${precision}${zone}`;
    });

describe('the tables in Drizzle match those of the migrations', () => {
  let store: Store;
  let all: readonly Tables[];

  beforeAll(async () => {
    store = await openStore();
    all = await loadTables();
    const providers = all.map(({ owner }) => owner).filter((owner) => owner !== 'runtime');
    const sandboxes = await loadSandboxes(workspace, providers);
    await openProviders(store, { sandboxes, environment: {}, logger: {} });
  });
  afterAll(() => store.close());

  test('column by column: name, type and NOT NULL', async () => {
    expect(all.map(({ owner }) => owner)).toEqual(
      expect.arrayContaining(['runtime', 'dailyplay', 'hive', 'moonpacket']),
    );
    for (const { tables } of all) {
      for (const table of tables) {
        const { schema = 'public', name, columns } = getTableConfig(table);
        const told = columns.map((column) => {
          return `${column.name} ${inFull(column.getSQLType())}${column.notNull ? ' NOT NULL' : ''}`;
        });
        expect(told.sort(), `${schema}.${name}`).toEqual([...(await columnsOf(store.db, schema, name))].sort());
      }
    }
  });
});
