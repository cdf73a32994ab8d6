import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

export type TestRegistry = {
  readonly url: string;
  readonly storage: string;
  /** Environment in which npm uses only this registry. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
};

export type TestRegistryOptions = {
  /** Storage of an earlier registry, to continue with. */
  readonly storage?: string;
  /** Packages that may not be published. */
  readonly closed?: readonly string[];
};

/** A real npm registry on loopback, without uplinks: it has only packages that were published to it. */
export async function openTestRegistry({
  storage: given,
  closed = [],
}: TestRegistryOptions = {}): Promise<TestRegistry> {
  const storage = given ?? (await mkdtemp(join(tmpdir(), 'countersign-registry-')));
  const config = {
    storage,
    self_path: storage,
    configPath: join(storage, 'config.yaml'),
    auth: { htpasswd: { file: join(storage, 'htpasswd') } },
    uplinks: {},
    packages: {
      ...Object.fromEntries(closed.map((name) => [name, { access: '$all', publish: 'nobody' }])),
      '**': { access: '$all', publish: '$all $anonymous', unpublish: '$all' },
    },
    log: { type: 'stdout', level: 'fatal' },
    web: { enable: false },
    max_body_size: '50mb',
  };
  const server = (await runServer(config as never)) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const npmrc = join(storage, `npmrc-${port}`);
  await writeFile(
    npmrc,
    `registry=${url}/\n//127.0.0.1:${port}/:_authToken=anyone\naudit=false\nfund=false\nupdate-notifier=false\n`,
  );
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return {
    url,
    storage,
    env: { ...Object.fromEntries(inherited), npm_config_userconfig: npmrc, npm_config_cache: join(storage, 'cache') },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const removeStorage = ({ storage }: TestRegistry): Promise<void> =>
  rm(storage, { recursive: true, force: true });
