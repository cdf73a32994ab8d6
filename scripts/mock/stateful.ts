import { join } from 'node:path';
import type { OpenStateful } from '@countersign/runtime/mock';
import type { Keeper } from '@countersign/runtime/store';
import { createKeeper, createRateLimits, createReplayStore, migrate, openStore } from '@countersign/runtime/store';
import { Hono } from 'hono';
import { camelCase } from '../names.ts';
import { loadSandboxes } from '../serve/load-sandboxes.ts';
import type { Workspace } from '../workspace.ts';

export type StatefulLogic = { readonly open: OpenStateful; close(): Promise<void> };

/**
 * The sandbox's logic for the mock, over a store of its own in `.data/mock`, or in memory alone. It takes the mock's demo credentials, so that
 * clients go from one to the other as they are.
 */
export async function openStatefulLogic(workspace: Workspace, memory: boolean): Promise<StatefulLogic> {
  const folder = memory ? undefined : join(workspace.root, '.data', 'mock');
  const store = await openStore({ folder, onError: () => {} });
  const { db } = store;
  const replayStore = createReplayStore(db);
  const rateLimits = createRateLimits(db);
  const logger = {};
  const closing: (() => Promise<void>)[] = [];

  const open: OpenStateful = async ({ api, credentials }) => {
    const [found] = await loadSandboxes(workspace, [api.provider]);
    if (!found) return undefined;
    const { sandbox } = found;
    await migrate(db, {
      name: api.provider,
      folder: sandbox.migrations,
      seed: (tx) =>
        sandbox.seed({
          db: tx,
          keeper: shareCredentials(createKeeper(tx, api.provider), credentials),
          now: Date.now(),
        }),
    });
    const keeper = shareCredentials(createKeeper(db, api.provider), credentials);
    const opened = await sandbox.open({
      db,
      keeper,
      replayStore,
      rateLimits,
      logger,
      clock: Date.now,
      environment: process.env,
    });
    if (opened.close) closing.push(opened.close);
    const app = new Hono();
    if (opened.extra) app.route('/', opened.extra);
    app.route('/', opened.server.app);
    const shown = opened.credentials.map(({ name, value }) => [camelCase(name), value] as const);
    const issued = Object.fromEntries(shown.filter(([name]) => Object.hasOwn(credentials, name)));
    return { server: { fetch: opened.server.fetch, app }, credentials: issued };
  };
  return {
    open,
    async close() {
      for (const each of closing) await each();
      await store.close();
    },
  };
}

/** What the sandbox would make up for `api-key` is the demo value of `apiKey`. */
const shareCredentials = (keeper: Keeper, credentials: Readonly<Record<string, string>>): Keeper => ({
  keep: (name, make) => keeper.keep(name, () => credentials[camelCase(name)] ?? make()),
});
