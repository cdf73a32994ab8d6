import { join } from 'node:path';
import type { OpenStateful } from '@countersign/runtime/mock';
import type { Keeper } from '@countersign/runtime/store';
import {
  createKeeper,
  createRateLimits,
  createReplayStore,
  dropMigrated,
  migrate,
  openStore,
} from '@countersign/runtime/store';
import { Hono } from 'hono';
import type { DemoCredential } from '../../../plugins/sandbox.ts';
import { camelCase } from '../../common/text/names.ts';
import type { Workspace } from '../../config/workspace.ts';
import { hasSandbox, loadSandboxes } from '../serve/load-sandboxes.ts';
import { adoptDemoCredentials } from './demo-credentials.ts';

/** The business logic of a stateful mock. */
export type StatefulLogic = {
  readonly open: OpenStateful;
  /** Empties the tables of these providers. Opening them again adds the seed data. */
  readonly reset: (providers: readonly string[]) => Promise<void>;
  close(): Promise<void>;
};

/**
 * The sandbox's logic for the mock, over its own store in `.data/mock`, or in memory. It accepts the mock's demo
 * credentials, so that clients need no change between the two.
 */
export async function openStatefulLogic(workspace: Workspace, memory: boolean): Promise<StatefulLogic> {
  const folder = memory ? undefined : join(workspace.root, '.data', 'mock');
  const store = await openStore({ folder, onError: () => {} });
  const { db } = store;
  const replayStore = createReplayStore(db);
  const rateLimits = createRateLimits(db);
  const logger = {};
  const closing = new Map<string, () => Promise<void>>();

  const open: OpenStateful = async ({ api, credentials }) => {
    const kept: Record<string, string> = {};
    const [found] = await loadSandboxes(workspace, [api.provider]);
    if (!found) return undefined;
    const { sandbox } = found;
    await migrate(db, {
      name: api.provider,
      folder: sandbox.migrations,
      seed: (tx) =>
        sandbox.seed({
          db: tx,
          keeper: shareCredentials(createKeeper(tx, api.provider), credentials, {}),
          now: Date.now(),
        }),
    });
    const keeper = shareCredentials(createKeeper(db, api.provider), credentials, kept);
    const opened = await sandbox.open({
      db,
      keeper,
      replayStore,
      rateLimits,
      logger,
      clock: Date.now,
      environment: process.env,
    });
    if (opened.close) closing.set(api.provider, opened.close);
    // The store outlives the file of demo credentials: its values override new ones.
    adoptDemoCredentials(workspace.root, api.provider, kept);
    const standIns = Object.entries(credentials).filter(([name]) => !Object.hasOwn(kept, name));
    const app = new Hono();
    app.use(async ({ req }, next) => {
      const held = standIns.filter(([, value]) => [...req.raw.headers].some(([, text]) => text.includes(value)));
      if (held.length > 0) req.raw = withIssued(req.raw, held, await opened.credentials());
      await next();
    });
    if (opened.extra) app.route('/', opened.extra);
    app.route('/', opened.server.app);
    return { server: { fetch: opened.server.fetch, app }, credentials: kept };
  };
  return {
    open,
    async reset(providers) {
      for (const name of providers.filter((each) => hasSandbox(workspace, each))) {
        await closing.get(name)?.();
        closing.delete(name);
        // Credentials belong to the store and stay.
        await dropMigrated(db, name);
      }
    },
    async close() {
      for (const each of closing.values()) await each();
      await store.close();
    },
  };
}

/** The sandbox's generated value for `api-key` is the demo value of `apiKey`. */
const shareCredentials = (
  keeper: Keeper,
  credentials: Readonly<Record<string, string>>,
  kept: Record<string, string>,
): Keeper => ({
  async keep(name, make) {
    const own = camelCase(name);
    const value = await keeper.keep(name, () => credentials[own] ?? make());
    if (Object.hasOwn(credentials, own)) kept[own] = value;
    return value;
  },
});

/** Credentials in which tokens that the logic issues, such as a Clerk JWT, replace their demo values. */
function withIssued(
  request: Request,
  held: readonly (readonly [name: string, value: string])[],
  issued: readonly DemoCredential[],
): Request {
  const headers = new Headers(request.headers);
  for (const [name, value] of held) {
    const other = issued.find((credential) => camelCase(credential.name) === name)?.value;
    if (other === undefined) continue;
    for (const [header, text] of request.headers) {
      if (text.includes(value))
        headers.set(
          header,
          text.replace(value, () => other),
        );
    }
  }
  return new Request(request, { headers });
}
