import { createServer } from 'node:net';
import { consoleLogger } from '@countersign/runtime/server';
import { createSweeper, openStore, type Store } from '@countersign/runtime/store';
import { Hono } from 'hono';
import { listen } from '../../../runtime/server/node.ts';
import type { ServedProvider } from './describe.ts';
import { mountIndex } from './index-page.ts';
import { type OpenedProvider, type OpenOptions, openProviders } from './open-providers.ts';

/** Which sandboxes to serve, and where. */
export type SandboxOptions = OpenOptions & {
  /** `postgres://…`; without it the database is embedded. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database; without it, the database is in memory. */
  readonly folder?: string | undefined;
  /** 0 means any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Maximum number of connections to PostgreSQL. */
  readonly connections?: number | undefined;
};

/** Listening sandboxes. */
export type RunningSandbox = {
  readonly url: string;
  readonly store: Store;
  /** The current description. Commands are signed again for each call. */
  describe(): Promise<readonly ServedProvider[]>;
  /** Lets running calls finish, then closes the store. May be called twice. */
  close(): Promise<void>;
};

/**
 * Serves each provider below its own prefix. A single provider is also at the root, so that `<PROVIDER>_BASE_URL` may
 * be the root.
 */
function mount(app: Hono, opened: readonly OpenedProvider[]): void {
  for (const { provider, open } of opened) {
    if (open.extra) app.route(`/${provider}`, open.extra);
    app.route(`/${provider}`, open.server.app);
  }
  const [only] = opened;
  if (opened.length === 1 && only) app.route('/', only.open.server.app);
  app.notFound((context) => context.json({ error: `The path does not exist. Available: ${list(opened)}` }, 404));
}

const list = (opened: readonly OpenedProvider[]): string => opened.map(({ provider }) => `/${provider}`).join(', ');

/**
 * Opens and closes the port: an error is reported before a database is opened and migrated.
 *
 * @throws {Error} with the system's code, for example `EADDRINUSE`
 */
async function tryPort(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  await new Promise((resolve) => server.close(resolve));
}

/** Starts every provider on one port, over one store that is migrated and seeded. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { databaseUrl, folder, port = 0, host = '127.0.0.1', logger = consoleLogger, connections } = options;
  const onError = (error: unknown): void => logger.warn?.({ error }, 'the store failed');
  await tryPort(port, host);
  const store = await openStore({ url: databaseUrl, folder, connections, onError });
  try {
    const opened = await openProviders(store, options);
    const app = new Hono();
    let url = '';
    const describe = (): Promise<readonly ServedProvider[]> =>
      Promise.all(
        opened.map(async ({ provider, sandbox: { title }, open: { credentials, curl } }) => {
          const baseUrl = `${url}/${provider}`;
          return { provider, title, baseUrl, credentials: await credentials(), curl: await curl(baseUrl) };
        }),
      );
    mountIndex(app, describe);
    mount(app, opened);
    const listening = await listen(app, { port, hostname: host });
    url = listening.url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//127.0.0.1:');
    const sweeper = createSweeper(store.db, { sweeps: opened.flatMap(({ open }) => open.sweeps ?? []), onError });
    let closing: Promise<void> | undefined;
    const shut = async (): Promise<void> => {
      await listening.close();
      await sweeper.stop();
      for (const { open } of opened) await open.close?.();
      await store.close();
    };
    const close = (): Promise<void> => {
      closing ??= shut();
      return closing;
    };
    return { url, store, describe, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
