/**
 * What `plugins/<provider>/sandbox.ts` exports as `sandbox`, so that `npm run serve` can run the provider:
 *
 *     export const sandbox: Sandbox = {
 *       title: 'Dicey Fun',
 *       migrations: new URL('./store/migrations/', import.meta.url),
 *       seed: async ({ db, keeper, now }) => { … insert demo rows … },
 *       open: async ({ db, keeper, replayStore, rateLimits, clock, logger, environment }) => ({
 *         server: createDiceyFunServer({ handlers, services: { db, … }, security: { … }, replayStore, clock, logger }),
 *         credentials: () => [{ name: 'API key', value: apiKey }],
 *         curl: async (baseUrl) => `curl …`,
 *       }),
 *     };
 *
 * Where things are:
 * - `store/migrations/NNNN_name.sql`: hand-written SQL, statements separated by `--> statement-breakpoint`. They own one
 *   pg schema, the provider's name with `_` for `-` (`dicey_fun`), which exists before the first file runs. A file that
 *   was applied is never changed; add another. `store/tables.ts`: the same tables for Drizzle, `pgSchema('dicey_fun')`.
 * - `services.ts`: `export type Services = …`, what handlers find in `context.services`; `logic/*.ts`: the handlers.
 * - `keeper` makes a demo credential on first start and keeps it; nothing secret is ever in the repository.
 *
 * Rules of the store (`@countersign/runtime/store`):
 * - Processes hold no state. Exactly-once is one SQL statement (`UPDATE … WHERE … RETURNING`, `ON CONFLICT`), or
 *   `transact(db, async (tx) => …)`, which repeats what the database undid for a deadlock. Inside of it use `tx` only.
 * - Raw SQL: `db.execute<Row>(sql\`…\`)` gives `{ rows }` on both drivers, but the drivers parse bigint, timestamps and
 *   JSON differently there: cast in SQL (`::text`, `::float8`), or use the query builder, which maps columns.
 * - JSON that callers give goes into a `jsonText()` column: jsonb refuses U+0000 and lone surrogates.
 */

import type { Logger, ReplayStore, Server } from '@countersign/runtime/server';
import type { Database, Keeper, RateLimits, Sweep } from '@countersign/runtime/store';
import type { Hono } from 'hono';

/** A variable of the environment holds what cannot be used; told to whoever starts the sandbox, with its name. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/**
 * @param wanted what the variable must be, for people
 * @throws {SettingError} where `read` throws
 */
export function readSetting<T>(variable: string, wanted: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new SettingError(`${variable} must be ${wanted}.`);
  }
}

export type SeedContext = {
  /** The transaction of the first start: all of the seed is there, or none of it. */
  readonly db: Database;
  readonly keeper: Keeper;
  /** Milliseconds since 1970. */
  readonly now: number;
};

export type SandboxContext = {
  readonly db: Database;
  readonly keeper: Keeper;
  /** Shared by all processes, as are the counters of `rateLimits`. */
  readonly replayStore: ReplayStore;
  readonly rateLimits: RateLimits;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Printed and shown as a demo credential; `value` is good for this sandbox alone. */
export type DemoCredential = {
  /** For people: `API key`. */
  readonly name: string;
  readonly value: string;
  /** What it is for, or how long it lasts. */
  readonly note?: string;
};

export type OpenSandbox = {
  readonly server: Server;
  /** Asked for each time that they are shown: a token among them is then a new one. */
  readonly credentials: () => readonly DemoCredential[] | Promise<readonly DemoCredential[]>;
  /**
   * One command that works when pasted into a shell, signed now.
   *
   * @param baseUrl of this provider, without a trailing slash: `http://127.0.0.1:4000/dicey-fun`
   */
  readonly curl: (baseUrl: string) => string | Promise<string>;
  /** Further routes below the provider's prefix that are no part of its API, such as a local issuer's keys. */
  readonly extra?: Hono;
  /** Removals of expired rows, run now and then. */
  readonly sweeps?: readonly Sweep[];
  /** Called after the last request, before the store closes. */
  readonly close?: () => Promise<void>;
};

export type Sandbox = {
  /** For people. */
  readonly title: string;
  /** Folder of the SQL files. */
  readonly migrations: URL;
  /** Demo data, inserted once in the life of a store. */
  readonly seed: (context: SeedContext) => Promise<void>;
  readonly open: (context: SandboxContext) => Promise<OpenSandbox>;
};
