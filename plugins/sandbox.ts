/**
 * The export `sandbox` of `plugins/<provider>/sandbox.ts`, by which `npm run serve` runs the provider:
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
 * Files and parameters:
 * - `store/migrations/NNNN_name.sql`: hand-written SQL, statements separated by `--> statement-breakpoint`. They own one
 *   pg schema, the provider's name with `_` for `-` (`dicey_fun`), which exists before the first file runs. A file that
 *   was applied is never changed; add another. `store/tables.ts`: the same tables for Drizzle, `pgSchema('dicey_fun')`.
 * - `services.ts`: `export type Services = …`, the services of handlers in `context.services`; `logic/*.ts`: the handlers.
 * - `keeper` creates a demo credential on first start and keeps it. The repository never contains a secret.
 *
 * Rules of the store (`@countersign/runtime/store`):
 * - Processes hold no state. Exactly-once is one SQL statement (`UPDATE … WHERE … RETURNING`, `ON CONFLICT`), or
 *   `transact(db, async (tx) => …)`, which retries after a deadlock. Inside of it, use only `tx`.
 * - Raw SQL: `db.execute<Row>(sql\`…\`)` gives `{ rows }` on both drivers, but the drivers parse bigint, timestamps and
 *   JSON differently there: cast in SQL (`::text`, `::float8`), or use the query builder, which maps columns.
 * - Store JSON from callers in a `jsonText()` column: jsonb rejects U+0000 and lone surrogates.
 */

import type { Logger, ReplayStore, Server } from '@countersign/runtime/server';
import type { Database, Keeper, RateLimits, Sweep } from '@countersign/runtime/store';
import type { Hono } from 'hono';

/** An environment variable has an invalid value. The message for the user contains its name. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/**
 * @param wanted a description of the expected value
 * @throws {SettingError} if `read` throws
 */
export function readSetting<T>(variable: string, wanted: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new SettingError(`${variable} must be ${wanted}.`);
  }
}

export type SeedContext = {
  /** The transaction of the first start inserts all of the seed or none of it. */
  readonly db: Database;
  readonly keeper: Keeper;
  /** Milliseconds since 1970. */
  readonly now: number;
};

export type SandboxContext = {
  readonly db: Database;
  readonly keeper: Keeper;
  /** All processes share it, and the counters of `rateLimits`. */
  readonly replayStore: ReplayStore;
  readonly rateLimits: RateLimits;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Printed and shown as a demo credential. `value` is valid only for this sandbox. */
export type DemoCredential = {
  /** For people: `API key`. */
  readonly name: string;
  readonly value: string;
  /** Its purpose, or how long it is valid. */
  readonly note?: string;
};

export type OpenSandbox = {
  readonly server: Server;
  /** Called each time they are shown, so that a token among them is new. */
  readonly credentials: () => readonly DemoCredential[] | Promise<readonly DemoCredential[]>;
  /**
   * One command to paste into a shell, signed when it is printed.
   *
   * @param baseUrl URL of this provider, without a trailing slash: `http://127.0.0.1:4000/dicey-fun`
   */
  readonly curl: (baseUrl: string) => string | Promise<string>;
  /** Further routes below the provider's prefix that are not part of its API, for example a local issuer's keys. */
  readonly extra?: Hono;
  /** Functions that remove expired rows, called periodically. */
  readonly sweeps?: readonly Sweep[];
  /** Called after the last request, before the store closes. */
  readonly close?: () => Promise<void>;
};

export type Sandbox = {
  /** For people. */
  readonly title: string;
  /** Folder of the SQL files. */
  readonly migrations: URL;
  /** Demo data, inserted once in the lifetime of a store. */
  readonly seed: (context: SeedContext) => Promise<void>;
  readonly open: (context: SandboxContext) => Promise<OpenSandbox>;
};
