/** A generated package in other programs, installed only from tarballs: a page built by Vite, and CommonJS. */
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser/open.ts';
import { freePort, type Running, start } from '../frontend/processes.ts';
import { type PackedProject, packProject, repository } from './packed-project.ts';
import { readPage } from './read-page.ts';

const HOOKS = 'react @types/react @tanstack/react-query msw';
let packed: PackedProject;

/** Runs a command in a folder beside the project. */
async function tell(folder: string, command: string): Promise<string> {
  const { code, stdout, stderr } = await packed.shell(`cd ${join(packed.folder, folder)} && ${command}`);
  expect({ command, code, said: code === 0 ? '' : stdout + stderr }).toEqual({ command, code: 0, said: '' });
  return stdout;
}
async function write(folder: string, files: { readonly [path: string]: string }): Promise<void> {
  await mkdir(join(packed.folder, folder), { recursive: true });
  for (const [path, text] of Object.entries(files)) await writeFile(join(packed.folder, folder, path), text);
}
const install = 'npm install --no-audit --no-fund --loglevel=error';
const TARBALL = '../my-apis/my-apis-shop-0.1.0.tgz';

beforeAll(async () => {
  packed = await packProject('my-apis');
  const { files } = await readPage(join(repository, 'docs/tutorial.md'));
  const document = files.find(({ path }) => path === 'shop.yaml')?.text ?? '';
  const config = files.find(({ path }) => path === 'countersign.config.ts')?.text ?? '';
  await tell('my-apis', `${install} --save-dev ${[...packed.tarballs.values()].join(' ')}`);
  await tell('my-apis', 'npx countersign init --yes');
  await write('my-apis', { 'shop.yaml': document });
  await tell('my-apis', 'npx countersign add shop --from shop.yaml --signing hmac');
  await write('my-apis', { 'countersign.config.ts': config });
  await tell('my-apis', 'npm run generate');
});
afterAll(() => packed.remove());

describe('the workspace', () => {
  it('names entry points that it does not build, and what they need', async () => {
    const without = await tell('my-apis', 'npx countersign build shop');
    expect(without).toContain(
      'Skipped ./react: it requires react, @types/react, @tanstack/react-query. To include it: npm install --save-dev react @types/react @tanstack/react-query',
    );
    await tell('my-apis', 'git init -q && git add --all && git -c user.name=A -c user.email=a@b.invalid commit -qm A');
    const planned = await tell('my-apis', 'npm run release -- --dry-run');
    expect(planned).toContain('Skipped ./react');
    const { runs } = JSON.parse(await tell('my-apis', 'npx countersign release --dry-run --format sarif'));
    expect(runs[0].results.map(({ ruleId }: { readonly ruleId: string }) => ruleId)).toEqual([
      'build-skipped',
      'build-skipped',
      'diff-minor',
    ]);
    await tell('my-apis', `${install} --save-dev ${HOOKS}`);
    expect(await tell('my-apis', 'npx countersign build shop')).not.toContain('Skipped');
    await tell('my-apis', 'npm pack ./generated/shop/dist');
  });
});

const PROVIDERS = `import { createShopClient } from '@my-apis/shop';
import { ShopProvider } from '@my-apis/shop/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(() => createShopClient({ baseUrl: '/api', credentials: false }));
  const [queryClient] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
  return (
    <QueryClientProvider client={queryClient}>
      <ShopProvider client={client}>{children}</ShopProvider>
    </QueryClientProvider>
  );
}
`;
const MAIN = `import { useGetOrder } from '@my-apis/shop/react';
import { createRoot } from 'react-dom/client';
import { Providers } from './providers';

function Order() {
  const order = useGetOrder({ path: { id: 7 } });
  if (order.error) return <p role="alert">{order.error.message}</p>;
  return <output>{order.data?.item ?? ''}</output>;
}
createRoot(document.body.appendChild(document.createElement('main'))).render(<Providers><Order /></Providers>);
`;
const SERVER = `import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { createShopClient } from '@my-apis/shop';
import { createShopServer } from '@my-apis/shop/server';
import { Hono } from 'hono';

const client = createShopClient();
const proxy = createShopServer({
  security: false,
  handlers: { getOrder: ({ path }) => client.getOrder({ path }).orThrow().then((data) => ({ data })) },
});
const app = new Hono();
app.route('/api', proxy.app);
app.use(serveStatic({ root: 'dist' }));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) });
`;

describe('a page', () => {
  let browser: Browser;
  let mock: Awaited<ReturnType<PackedProject['startMock']>> | undefined;
  let server: Running | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await mock?.close();
  });

  it('is built by Vite from the tarball, and its hook reads from the mock through the proxy', async () => {
    await write('page', {
      'package.json': '{ "private": true, "type": "module" }',
      'index.html':
        '<!doctype html><html lang="en"><title>Shop</title><script type="module" src="/main.tsx"></script></html>',
      'providers.tsx': PROVIDERS,
      'main.tsx': MAIN,
      'server.ts': SERVER,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          strict: true,
          target: 'es2022',
          lib: ['es2023', 'dom', 'dom.iterable'],
          jsx: 'react-jsx',
          module: 'esnext',
          moduleResolution: 'bundler',
          noEmit: true,
          types: ['node'],
        },
      }),
    });
    await tell(
      'page',
      `${install} ${TARBALL} react react-dom @tanstack/react-query zod hono @hono/node-server vite typescript@5.9 @types/react @types/react-dom @types/node`,
    );
    await tell('page', 'npx tsc && npx vite build');
    mock = await packed.startMock('npx countersign mock --port 0');
    const demo = await tell('my-apis', `npx countersign mock env --url ${mock.url}`);
    const credentials = Object.fromEntries(
      demo
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
    );
    const port = await freePort();
    const folder = join(packed.folder, 'page');
    server = await start(
      process.execPath,
      ['server.ts'],
      folder,
      { ...process.env, ...credentials, PORT: String(port) },
      port,
    );
    const page = await browser.newPage();
    const seen: string[] = [];
    page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
    page.on('response', async (response) => seen.push(await response.text().catch(() => '')));
    await page.goto(server.url);
    await page.locator('output', { hasText: 'coffee' }).waitFor();
    expect(seen.filter((text) => text.startsWith('error: ') || text.includes(credentials.SHOP_SECRET ?? '?'))).toEqual(
      [],
    );
    await page.close();
  });
});

describe('a program in CommonJS', () => {
  /** The configuration that the page shows. */
  const jestConfig =
    /```js jest\.config\.cjs\n([\s\S]*?)```/.exec(readFileSync(join(repository, 'docs/publishing.md'), 'utf8'))?.[1] ??
    '';
  const compiler = {
    strict: true,
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    noEmit: true,
    types: ['node'],
  };
  beforeAll(async () => {
    await write('commonjs', {
      'package.json': '{ "private": true, "type": "commonjs" }',
      'all.js': `const names = ['', '/server', '/validators', '/types', '/operations', '/react', '/msw'];
for (const name of names) console.log(name, typeof require('@my-apis/shop' + name));
`,
      'use.ts': `import { createShopClient } from '@my-apis/shop';
import { createShopServer } from '@my-apis/shop/server';

const client = createShopClient({ baseUrl: 'http://127.0.0.1:1' });
export const item = async (): Promise<string | undefined> => (await client.getOrder({ path: { id: 7 } })).data?.item;
export const server = createShopServer({
  security: false,
  handlers: { getOrder: ({ path }) => ({ data: { id: path.id, item: 'coffee' } }) },
});
`,
      'call.spec.js': `const { createShopClient, isCountersignError } = require('@my-apis/shop');
test('a call', async () => {
  const client = createShopClient({ baseUrl: 'http://127.0.0.1:1', credentials: { apiKey: 'k', secret: 's' } });
  const { error } = await client.getOrder({ path: { id: 7 } });
  expect([error.kind, isCountersignError(error)]).toEqual(['connection', true]);
  const invalid = await client.getOrder({ path: { id: 'seven' } });
  expect(invalid.error.kind).toBe('validation');
}, 120_000);
`,
      'native.config.js': "module.exports = { testMatch: ['**/*.spec.js'] };\n",
      // Its tests are those of this folder, and its scope that of the example.
      'transform.config.js': jestConfig
        .replace('@acme/', '@my-apis/')
        .replace('module.exports = {', "module.exports = {\n  testMatch: ['**/*.spec.js'],"),
    });
    await tell(
      'commonjs',
      `${install} ${TARBALL} zod hono react @tanstack/react-query msw typescript@5.9 typescript-7@npm:typescript@7 @types/node @types/react jest@30 ts-jest@29`,
    );
  });

  it('loads each entry point by require, without a warning', async () => {
    const { code, stdout, stderr } = await packed.shell(`cd ${join(packed.folder, 'commonjs')} && node all.js`);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').filter((line) => line.endsWith(' object'))).toHaveLength(7);
  });

  it.each([
    ['typescript', { module: 'commonjs', moduleResolution: 'node10' }, true],
    ['typescript', { module: 'commonjs', esModuleInterop: true, skipLibCheck: false }, true],
    ['typescript', { module: 'node20' }, true],
    ['typescript', { module: 'nodenext' }, true],
    ['typescript', { module: 'node16' }, false],
    ['typescript', { module: 'node18' }, false],
    ['typescript-7', { module: 'commonjs' }, true],
    ['typescript-7', { module: 'node20' }, true],
    ['typescript-7', { module: 'nodenext' }, true],
    ['typescript-7', { module: 'node16' }, false],
  ])('is type-checked by %s with %j: %s', async (name, options, holds) => {
    const compilerOptions = { ...compiler, skipLibCheck: true, ...options };
    await write('commonjs', { 'tsconfig.json': JSON.stringify({ compilerOptions, files: ['use.ts'] }) });
    const { code, stdout } = await packed.shell(
      `cd ${join(packed.folder, 'commonjs')} && node node_modules/${name}/bin/tsc -p .`,
    );
    // Modules of these names stand for a Node that cannot load ECMAScript modules with require.
    const errors = [...stdout.matchAll(/error (TS\d+)/g)].map(([, error]) => error);
    expect([code === 0, new Set(errors)], stdout).toEqual([holds, new Set(holds ? [] : ['TS1479'])]);
  });

  it.each([
    ['Node 24 loads the package itself', 'native', '--experimental-vm-modules'],
    ['ts-jest transforms the package', 'transform', ''],
  ])('is tested by Jest: %s', async (_, config, flag) => {
    await tell('commonjs', `node ${flag} node_modules/jest/bin/jest.js --config ${config}.config.js`);
  });

  it('is documented in docs/publishing.md', async () => {
    const page = await readFile(join(repository, 'docs/publishing.md'), 'utf8');
    const section = /^## CommonJS$([\s\S]*?)^## /m.exec(page)?.[1] ?? '';
    for (const word of [
      '`node16`',
      '`node18`',
      '`node20`',
      '`nodenext`',
      '`commonjs`',
      'transformIgnorePatterns',
      '--experimental-vm-modules',
    ])
      expect(section).toContain(word);
  });
});
