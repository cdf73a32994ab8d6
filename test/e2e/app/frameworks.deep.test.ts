import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { compile, compileModule } from 'svelte/compiler';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../browser/open.ts';
import { loadProvider, type Started, startGateway } from '../../mock/support.ts';

const HTML =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Session</title><div id="root"></div><script type="module" src="app.js"></script></html>';

/** Components and modules of Svelte, as its plug-ins for bundlers compile them. */
const svelte: Plugin = {
  name: 'svelte',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compile(await readFile(path, 'utf8'), { filename: path, generate: 'client', css: 'injected' }).js.code,
      loader: 'js',
    }));
    onLoad({ filter: /\.svelte\.js$/ }, async ({ path }) => ({
      contents: compileModule(await readFile(path, 'utf8'), { filename: path, generate: 'client' }).js.code,
      loader: 'js',
    }));
  },
};

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['svelte', 'browser'],
    plugins: [svelte],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

let browser: Browser;
let mock: Started;
let site: Server;
let origin = '';
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  mock = await startGateway();
  const { credentials } = await loadProvider('dailyplay');
  const settings = JSON.stringify({ baseUrl: `${mock.url}/dailyplay`, credentials });
  const scripts: Readonly<Record<string, string>> = {
    '/vue/app.js': await bundle('vue.ts'),
    '/svelte/app.js': await bundle('svelte/main.ts'),
  };
  site = createServer(({ url = '/' }, response) => {
    const script = scripts[url];
    const [type, body] =
      script !== undefined
        ? ['text/javascript', script]
        : url === '/settings.json'
          ? ['application/json', settings]
          : ['text/html', HTML];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await mock?.close();
  site?.closeAllConnections();
  await new Promise((resolve) => site?.close(resolve));
});

const calls = (): readonly string[] =>
  mock.gateway.log.recent().map(({ operation, status }) => `${operation} ${status}`);

async function open(framework: string): Promise<void> {
  errors.length = 0;
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${origin}/${framework}/`);
}
afterEach(async () => {
  mock.gateway.director.pin('dailyplay/consumeSession', undefined);
  await page.context().close();
});

describe.each(['vue', 'svelte'])('an app of %s on the generated hooks', (framework) => {
  it('reads and writes against the mock', async () => {
    await open(framework);
    await page.locator('#status').waitFor();
    expect(await page.locator('#status').textContent()).toBe('active');
    await page.getByRole('button', { name: 'Consume' }).click();
    await page.locator('output').waitFor();
    expect(JSON.parse((await page.locator('output').textContent()) ?? '')).toMatchObject({ game_id: 42 });
    expect(calls().slice(-2)).toEqual(['validateSession 200', 'consumeSession 200']);
    expect(errors).toEqual([]);
  });

  it('reads again if the input changes', async () => {
    await open(framework);
    await page.locator('#status').waitFor();
    const before = calls().length;
    await page.getByRole('textbox').fill('b1b2c3d4-e5f6-7890-abcd-ef1234567890');
    await expect.poll(() => calls().length).toBe(before + 1);
    expect(calls().at(-1)).toBe('validateSession 200');
  });

  it('does not send invalid input, and shows the error that the client throws', async () => {
    await open(framework);
    await page.locator('#status').waitFor();
    const before = calls().length;
    await page.getByRole('textbox').fill('');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toBe('ValidationError');
    expect(calls()).toHaveLength(before);
  });

  it("gets the provider's error as a typed error", async () => {
    mock.gateway.director.pin('dailyplay/consumeSession', { code: '410' });
    await open(framework);
    await page.locator('#status').waitFor();
    await page.getByRole('button', { name: 'Consume' }).click();
    await page.locator('#failure').waitFor();
    expect(await page.locator('#failure').textContent()).toMatch(/Error$/);
    expect(errors).toEqual([]);
  });
});
