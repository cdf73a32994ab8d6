import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** Migrations that belong together: those of the store or of one plugin. */
export type MigrationSet = {
  /**
   * The name of the set. It is also the name of the pg schema that the set may use, which is created before the first
   * file runs.
   */
  readonly name: string;
  /** A folder of files `NNNN_name.sql`. A line `--> statement-breakpoint` separates statements. */
  readonly folder: URL;
  /** Called once, after the first migration of a database, in the same transaction. */
  readonly seed?: (db: Database) => Promise<void>;
};

/**
 * The key of the advisory lock for which all processes of the store wait. Any number that no other program uses is
 * possible.
 */
const LOCK = 5_247_001;
const FILE = /^\d{4}_[a-z0-9_]+\.sql$/;
const BREAKPOINT = /^--> statement-breakpoint\s*$/m;

type Migration = { readonly name: string; readonly text: string; readonly hash: string };

async function readMigrations(folder: URL): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => FILE.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * Migrates a schema to its newest state in one transaction, under a lock of the database. If many processes start at
 * once, one of them migrates, and the others find the schema migrated.
 *
 * @returns the names of the files that were applied by this call
 * @throws {Error} if a file was changed after it was applied
 * @example
 * ```ts
 * const { db } = await openStore({ url: process.env.DATABASE_URL });
 * const applied = await migrate(db, { name: 'acme', folder: new URL('./migrations/', import.meta.url) });
 * ```
 */
export async function migrate(db: Database, { name: set, folder, seed }: MigrationSet): Promise<readonly string[]> {
  const migrations = await readMigrations(folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`));
  return db.transaction(async (transaction) => {
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(${sql.raw(String(LOCK))})`);
    await prepare(transaction, set);
    const done = await appliedOf(transaction, set);
    const applied: string[] = [];
    for (const { name, text, hash } of migrations) {
      const known = done.get(name);
      if (known === hash) continue;
      if (known !== undefined)
        throw new Error(
          `Migration ${set}/${name} was changed after it was applied. Restore the file, and add a new migration`,
        );
      for (const statement of text.split(BREAKPOINT)) await transaction.execute(sql.raw(statement));
      await record(transaction, set, name, hash);
      applied.push(name);
    }
    if (seed !== undefined && !done.has('seed')) {
      await seed(transaction);
      await record(transaction, set, 'seed', '');
    }
    return applied;
  });
}

/**
 * Drops the schema of a set with all its tables and its migration records. The next `migrate` creates and seeds them again.
 *
 * @example
 * ```ts
 * const { db } = await openStore();
 * await dropMigrated(db, 'acme');
 * ```
 */
export async function dropMigrated(db: Database, set: string): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.execute(sql`DROP SCHEMA IF EXISTS ${schemaOf(set)} CASCADE`);
    await transaction.execute(sql`DELETE FROM countersign.migrations WHERE owner = ${set}`);
  });
}

const schemaOf = (set: string) => sql.identifier(set.replaceAll('-', '_'));

async function prepare(db: Database, set: string): Promise<void> {
  await db.execute(sql`CREATE SCHEMA IF NOT EXISTS countersign`);
  await db.execute(sql`
    CREATE TABLE IF NOT EXISTS countersign.migrations (
      owner text NOT NULL,
      name text NOT NULL,
      hash text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (owner, name)
    )`);
  await db.execute(sql`CREATE SCHEMA IF NOT EXISTS ${schemaOf(set)}`);
}

async function appliedOf(db: Database, set: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.execute<{ name: string; hash: string }>(
    sql`SELECT name, hash FROM countersign.migrations WHERE owner = ${set}`,
  );
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

async function record(db: Database, set: string, name: string, hash: string): Promise<void> {
  await db.execute(sql`INSERT INTO countersign.migrations (owner, name, hash) VALUES (${set}, ${name}, ${hash})`);
}
