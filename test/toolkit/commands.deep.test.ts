import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestRegistry, removeStorage, type TestRegistry } from '../release/open-registry.ts';
import { type PackedProject, packProject } from './packed-project.ts';

let packed: PackedProject;
let registry: TestRegistry;

const read = (path: string): Promise<string> => readFile(join(packed.root, path), 'utf8');
const write = (path: string, text: string): Promise<void> => writeFile(join(packed.root, path), text);
/** Runs a command that must succeed, and returns its output. */
const tell = async (command: string, env?: NodeJS.ProcessEnv): Promise<string> => {
  const { code, stdout, stderr } = await packed.shell(command, env);
  expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
  return stdout;
};
const commit = (): Promise<string> =>
  tell('git add -A && git -c user.name=T -c user.email=t@t.invalid commit -qm Change --allow-empty');

const theirs = (openapi: string, operationId: string): object => ({
  openapi,
  info: { title: operationId, version: '1', description: 'Theirs.' },
  servers: [{ url: 'https://theirs.invalid' }],
  paths: {
    '/things': {
      get: {
        operationId,
        summary: 'List things',
        responses: {
          '200': {
            description: 'Things.',
            content: { 'application/json': { schema: { type: 'array', items: { type: 'string' } }, example: ['a'] } },
          },
        },
      },
    },
  },
});

beforeAll(async () => {
  packed = await packProject('My Shop');
  registry = await openTestRegistry();
  await tell(`npm install --no-audit --no-fund --save-dev ${[...packed.tarballs.values()].join(' ')}`);
});
afterAll(async () => {
  await registry.close();
  await removeStorage(registry);
  await packed.remove();
});

describe('countersign, from its tarball, in an empty folder', () => {
  it('init --yes asks no question and overwrites no file', async () => {
    const said = await tell('npx countersign init --yes < /dev/null');
    expect(said).toMatch(/written countersign\.config\.ts\nwritten tsconfig\.json\nwritten package\.json/);
    expect(await read('countersign.config.ts')).toContain("scope: '@my-shop'");
    const { devDependencies, scripts } = JSON.parse(await read('package.json'));
    expect(devDependencies.countersign).toMatch(/^file:/);
    expect(scripts).toMatchObject({ generate: 'countersign generate' });
    await write('tsconfig.json', `${await read('tsconfig.json')}\n`);
    const before = await read('tsconfig.json');
    expect(await tell('npx countersign init --yes')).toContain('kept    tsconfig.json');
    expect(await read('tsconfig.json')).toBe(before);
  });

  it('add accepts no document, a 3.0 file, a 3.1 file and a URL', async () => {
    await write('old.json', JSON.stringify(theirs('3.0.3', 'listOld')));
    await write('new.json', JSON.stringify(theirs('3.1.0', 'listNew')));
    const server = createServer((_, response) => response.end(JSON.stringify(theirs('3.0.0', 'listFar'))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await tell('npx countersign add shop --signing hmac-sha256');
      await tell('npx countersign add old --from old.json');
      await tell('npx countersign add new --from new.json');
      await tell(`npx countersign add far --from http://127.0.0.1:${port}/openapi.json`);
    } finally {
      server.close();
    }
    for (const provider of ['shop', 'old', 'new', 'far'])
      expect(await read(`specs/${provider}/openapi.yaml`)).toMatch(/^# yaml-language-server: .*\nopenapi: 3\.1\./);
    expect(await tell('npx countersign lint')).toContain('far, new, old, shop: no errors.');
  });

  it('generate writes packages whose types compile and whose tests pass', async () => {
    expect(await tell('npx countersign generate')).toMatch(/files written\.\n$/);
    await tell('npm run check');
    expect(await tell('npm test')).toMatch(/pass 4\n/);
    expect(await tell('npx countersign doctor')).not.toContain('wrong');
  });

  it('mock responds for every provider', async () => {
    const mock = await packed.startMock('npx countersign mock --port 0');
    try {
      for (const provider of ['old', 'new', 'far'])
        expect(await (await fetch(`${mock.url}/${provider}/things`)).json()).toEqual(['a']);
      const made = await fetch(`${mock.url}/old/things`, { headers: { prefer: 'dynamic=true' } });
      expect({ status: made.status, body: await made.json() }).toEqual({ status: 200, body: expect.any(Array) });
      expect((await fetch(`${mock.url}/shop/status`)).status).toBe(401);
      const credentials = (await tell('npx countersign mock env shop')).trim().split('\n');
      await write(
        'call.ts',
        `import { createShopClient } from './generated/shop/src/index.ts';\nconsole.log(await createShopClient({ baseUrl: '${mock.url}/shop' }).getStatus().orThrow());\n`,
      );
      const env = Object.fromEntries(credentials.map((line) => line.split('=') as [string, string]));
      expect(await tell('node call.ts', env)).toContain("status: 'up'");
    } finally {
      await mock.close();
    }
  });

  it('serve and flows name what is missing: a sandbox, then the packages that it needs', async () => {
    const refused = async (command: string): Promise<string> => {
      const { code, stderr } = await packed.shell(command);
      expect({ command, code }).toEqual({ command, code: 1 });
      return stderr;
    };
    expect(await refused('npx countersign serve')).toContain('No sandbox found for any provider. Write plugins/');
    expect(await refused('npx countersign flows shop')).toContain('Missing: specs/shop/flows.arazzo.yaml');
    await write('plugins/shop/sandbox.ts', "import '@countersign/runtime/store';\nexport const sandbox = {};\n");
    await write('specs/shop/flows.arazzo.yaml', 'arazzo: 1.0.1\n');
    for (const command of ['serve', 'flows', 'mock --stateful'])
      expect(await refused(`npx countersign ${command} shop`)).toMatch(
        /error\[store-packages\][\s\S]* help: npm install --save-dev drizzle-orm rate-limiter-flexible @electric-sql\/pglite\n/,
      );
    await rm(join(packed.root, 'plugins/shop/sandbox.ts'));
    await rm(join(packed.root, 'specs/shop/flows.arazzo.yaml'));
  });

  it('docs writes a page for each provider', async () => {
    expect(await tell('npx countersign docs')).toContain('5 pages in dist/docs.');
    expect((await readdir(join(packed.root, 'dist/docs'))).sort()).toEqual([
      'far.html',
      'index.html',
      'new.html',
      'old.html',
      'shop.html',
    ]);
    expect(await read('dist/docs/old.html')).toContain('listOld');
  });

  it('release prints its plan and publishes, and diff and release report the changes', async () => {
    const config = await read('countersign.config.ts');
    await write(
      'countersign.config.ts',
      config.replace('});', `  release: { registry: '${registry.url}', test: 'npm test' },\n});`),
    );
    await tell('git init -q');
    await commit();
    const planned = await tell('npx countersign release --dry-run', registry.env);
    expect(planned).toContain('@my-shop/shop: not published yet → 0.1.0\n  minor The first release\n');
    expect(planned).toMatch(/Nothing was published: --dry-run\.\n$/);
    expect((await tell('npx countersign release', registry.env)).match(/^ {2}published$/gm)).toHaveLength(4);

    await write(
      'specs/old/openapi.yaml',
      (await read('specs/old/openapi.yaml')).replace('operationId: listOld', 'operationId: listOlder'),
    );
    await tell('npx countersign generate old');
    const differs = await tell('npx countersign diff', registry.env);
    expect(differs).toContain('new: no changes\n');
    expect(differs).toContain('old: major\n  major listOld was removed\n  minor listOlder is new\n');
    await commit();
    const released = await tell('npx countersign release', registry.env);
    expect(released).toContain('@my-shop/new: 0.1.0, unchanged\n');
    expect(released).toContain('@my-shop/old: 0.1.0 → 0.2.0 (major)\n');
    expect(await tell('npm view @my-shop/old version', registry.env)).toBe('0.2.0\n');

    // A missing registry is a network error, and is reported as one.
    await write('countersign.config.ts', config.replace('});', "  release: { registry: 'http://127.0.0.1:1' },\n});"));
    const lost = await packed.shell('npx countersign diff old', { ...registry.env, npm_config_fetch_retries: '0' });
    expect(lost.code).toBe(1);
    expect(lost.stderr).toMatch(
      /error\[registry\][\s\S]*= docs: node_modules\/countersign\/docs\/troubleshooting\.md#registry/,
    );
  });
});
