import { consoleLogger, type Logger } from '@countersign/runtime/server';
import { createKeeper, createRateLimits, createReplayStore, migrate, type Store } from '@countersign/runtime/store';
import type { OpenSandbox } from '../../../plugins/sandbox.ts';
import type { LoadedSandbox } from './load-sandboxes.ts';

/** Which sandboxes to open, and with what clock. */
export type OpenOptions = {
  readonly sandboxes: readonly LoadedSandbox[];
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly logger?: Logger;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/** A sandbox whose server is ready. */
export type OpenedProvider = LoadedSandbox & { readonly open: OpenSandbox };

/** Migrates and seeds each provider's tables and creates its server, without listening. */
export async function openProviders(
  { db, setup }: Pick<Store, 'db' | 'setup'>,
  options: OpenOptions,
): Promise<readonly OpenedProvider[]> {
  const { sandboxes, clock = Date.now, logger = consoleLogger, environment = process.env } = options;
  const replayStore = createReplayStore(db);
  const rateLimits = createRateLimits(db);
  const opened: OpenedProvider[] = [];
  for (const { provider, sandbox } of sandboxes) {
    await migrate(setup, {
      name: provider,
      folder: sandbox.migrations,
      seed: (tx) => sandbox.seed({ db: tx, keeper: createKeeper(tx, provider), now: clock() }),
    });
    const keeper = createKeeper(db, provider);
    const open = await sandbox.open({ db, keeper, replayStore, rateLimits, clock, logger, environment });
    opened.push({ provider, sandbox, open });
  }
  return opened;
}
