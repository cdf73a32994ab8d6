import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { compile, compileModule } from 'svelte/compiler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser/open.ts';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';
import { loadProvider, type Started, startGateway } from '../mock/support.ts';
import { pageFiles } from './page-files.ts';
import { freePort, type Running, start } from './processes.ts';

const run = promisify(execFile);
// Not below node_modules, where Next compiles no TypeScript.
const CACHE = join(repository, 'dist/next-cache');
const files = await pageFiles();

let browser: Browser;
let mock: Started;
let workspace: TestWorkspace;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  workspace = await makeWorkspace(['dicey-fun', 'dailyplay']);
  const { code, stderr } = await workspace.run(['build']);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  mock = await startGateway();
  browser = await openBrowser();
  const { credentials } = await loadProvider('dicey-fun');
  const { apiKey, agentId, secret } = credentials;
  environment = {
    ...process.env,
    DICEYFUN_BASE_URL: `${mock.url}/dicey-fun`,
    DICEYFUN_API_KEY: apiKey,
    DICEYFUN_AGENT_ID: agentId,
    DICEYFUN_SECRET: secret,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await mock?.close();
  await workspace?.remove();
});

/** The built packages, and files of the page, in a folder. */
async function makeApp(
  folder: string,
  names: readonly string[],
  more: Readonly<Record<string, string>>,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const provider of ['dicey-fun', 'dailyplay'])
    await cp(join(workspace.root, 'generated', provider, 'dist'), join(folder, 'node_modules/@countersign', provider), {
      recursive: true,
    });
  const chosen = names.map((name) => [name, files.get(name)] as const);
  for (const [name, text] of [...chosen, ...Object.entries(more)]) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text ?? '');
  }
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    module: 'esnext',
    moduleResolution: 'bundler',
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ['node'],
  },
};

const COMPONENTS = ['providers.tsx', 'lobby.tsx', 'wallet.tsx', 'partner-proxy.ts'];

/** What each app shows, and that its secrets stay on the server. */
async function expectApp(url: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  const seen: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('response', async (response) => seen.push(`${response.url()} ${await response.text().catch(() => '')}`));
  await page.goto(url);
  await page.getByRole('listitem').first().waitFor();
  expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['大富翁']);
  const before = mock.gateway.log.recent().length;
  await page.getByRole('button', { name: 'Add 100' }).click();
  await page.locator('output').waitFor();
  // The query that the change invalidated was requested again.
  await expect
    .poll(() =>
      mock.gateway.log
        .recent()
        .slice(before)
        .map(({ operation, status }) => `${operation} ${status}`),
    )
    .toEqual(['setPlayerWallet 200', 'getPlayerInfo 200']);
  mock.gateway.director.pin('dicey-fun/setPlayerWallet', { code: '422' });
  await page.getByRole('button', { name: 'Add 100' }).click();
  await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
  expect(await page.getByRole('alert').allInnerTexts()).toContain('Not enough coins.');
  mock.gateway.director.pin('dicey-fun/setPlayerWallet', undefined);
  expect(errors).toEqual([]);
  expect(seen.length).toBeGreaterThan(3);
  for (const name of ['DICEYFUN_API_KEY', 'DICEYFUN_SECRET'])
    expect(seen.filter((text) => text.includes(environment[name] ?? '?'))).toEqual([]);
  await context.close();
}

describe('the files of docs/react.md', () => {
  let folder = '';
  beforeAll(async () => {
    folder = join(workspace.root, 'vite-app');
    await makeApp(folder, [...COMPONENTS, 'main.tsx', 'server.ts', 'vue.ts', 'App.svelte', 'Session.svelte'], {
      'package.json': '{ "type": "module", "private": true }',
      'tsconfig.json': JSON.stringify({ ...TSCONFIG, include: ['*.ts', '*.tsx'] }),
      'index.html':
        '<!doctype html><html lang="en"><title>Games</title><script type="module" src="/main.tsx"></script></html>',
      'vue.html':
        '<!doctype html><html lang="en"><title>V</title><p id="app"></p><script type="module" src="/vue.ts"></script></html>',
      'svelte.html':
        '<!doctype html><html lang="en"><title>S</title><script type="module" src="/svelte.ts"></script></html>',
      'svelte.ts':
        "import { mount } from 'svelte';\nimport App from './App.svelte';\nmount(App, { target: document.body });\n",
      'react-dom.d.ts': await readFile(join(repository, 'test/e2e/app/react-dom.d.ts'), 'utf8'),
      'svelte.d.ts':
        "declare module '*.svelte' { const component: import('svelte').Component; export default component; }\n",
    });
    // The libraries are links to those of this repository.
    const from = join(repository, 'node_modules');
    for (const name of await readdir(from))
      if (name !== '@countersign' && !name.startsWith('.'))
        await symlink(join(from, name), join(folder, 'node_modules', name));
  });

  it('type-check', async () => {
    const tsc = join(repository, 'node_modules/typescript-7/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', folder], { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });

  it('build with Vite, and run beside the proxy, and so does a plain script tag', async () => {
    const { build } = await import('vite');
    await build({
      root: folder,
      logLevel: 'error',
      plugins: [
        {
          name: 'svelte',
          transform(source, id) {
            const path = id.replace(/\?.*$/, '');
            const options = { filename: path, generate: 'client' } as const;
            if (path.endsWith('.svelte')) return { code: compile(source, options).js.code };
            return path.endsWith('.svelte.js') ? { code: compileModule(source, options).js.code } : undefined;
          },
        },
      ],
      build: {
        rollupOptions: { input: ['index.html', 'vue.html', 'svelte.html'].map((name) => join(folder, name)) },
      },
    });
    await writeFile(join(folder, 'dist/plain.html'), files.get('plain.html') ?? '');
    for (const name of ['@countersign', 'zod'])
      await cp(join(folder, 'node_modules', name), join(folder, 'dist/node_modules', name), {
        recursive: true,
        dereference: true,
      });
    const port = await freePort();
    const server = await start(process.execPath, ['server.ts'], folder, { ...environment, PORT: String(port) }, port);
    try {
      await expectApp(`${server.url}/`);
      const page = await browser.newPage();
      await page.goto(`${server.url}/plain.html`);
      await page.getByRole('listitem').first().waitFor();
      expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['大富翁']);
      const closed = await fetch(`${server.url}/api/api/v1/getGameHall`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      expect(closed.status).toBe(501);
    } finally {
      await server.stop();
    }
  });
});

describe('Next', () => {
  let folder = '';
  let server: Running | undefined;
  afterAll(() => server?.stop());

  it('builds the pages of docs/react.md with the app router, and serves them', async ({ skip }) => {
    const missing = await installNext();
    skip(missing !== undefined, `npm cannot install Next here: ${missing}`);
    folder = join(CACHE, 'app');
    await makeApp(folder, [...COMPONENTS, 'app/page.tsx', 'app/api/[...path]/route.ts'], {
      'package.json': '{ "type": "module", "private": true }',
      'tsconfig.json': JSON.stringify(TSCONFIG),
      'next.config.js': `export default { experimental: { cpus: 1 }, turbopack: { root: ${JSON.stringify(CACHE)} } };\n`,
      'app/layout.tsx':
        'import type { ReactNode } from \'react\';\nexport default function Layout({ children }: { children: ReactNode }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
    });
    const next = join(CACHE, 'node_modules/next/dist/bin/next');
    const built = await run(process.execPath, [next, 'build'], {
      cwd: folder,
      env: environment,
      timeout: 150_000,
    }).then(
      () => '',
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );
    expect(built).toBe('');
    const port = await freePort();
    server = await start(
      process.execPath,
      [next, 'start', '-p', String(port), '-H', '127.0.0.1'],
      folder,
      environment,
      port,
    );
    await expectApp(`${server.url}/`);
  }, 240_000);
});

/** Installs once for each version of this list. Returns the reason if npm reaches no registry. */
async function installNext(): Promise<string | undefined> {
  const require = createRequire(import.meta.url);
  const { devDependencies } = require('../../package.json') as { readonly devDependencies: Record<string, string> };
  const names = [
    '@tanstack/react-query',
    '@types/node',
    '@types/react',
    'hono',
    'react',
    'react-dom',
    'typescript',
    'zod',
  ];
  const manifest = JSON.stringify({
    private: true,
    dependencies: { next: '^16.0.0', ...Object.fromEntries(names.map((name) => [name, devDependencies[name]])) },
  });
  const done = join(CACHE, 'installed.json');
  const known = await import(done, { with: { type: 'json' } }).then(
    (module: { readonly default: unknown }) => JSON.stringify(module.default),
    () => undefined,
  );
  if (known === manifest) return undefined;
  await rm(CACHE, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  await writeFile(join(CACHE, 'package.json'), manifest);
  try {
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'], {
      cwd: CACHE,
      timeout: 120_000,
    });
  } catch (error) {
    return (error as { readonly stderr?: string }).stderr?.split('\n')[0] || String(error);
  }
  await writeFile(`${done}.new`, manifest);
  await rename(`${done}.new`, done);
  return undefined;
}
