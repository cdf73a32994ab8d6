import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, screenshot } from '../../browser/open.ts';
import { loadProvider, type Started, startGateway } from '../../mock/support.ts';

let browser: Browser;
let mock: Started;
let site: Server;
let origin = '';
let settings = {};
let page: Page;
const errors: string[] = [];

const HTML =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Lobby</title><div id="root"></div><script type="module" src="/app.js"></script></html>';

beforeAll(async () => {
  const [bundle, worker] = await Promise.all([
    build({
      entryPoints: [fileURLToPath(new URL('app.tsx', import.meta.url))],
      bundle: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
    }),
    readFile(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8'),
  ]);
  const script = bundle.outputFiles[0]?.text ?? '';
  site = createServer(({ url = '/' }, response) => {
    const path = url.split('?')[0] ?? '';
    const files: Record<string, readonly [string, string]> = {
      '/': ['text/html', HTML],
      '/app.js': ['text/javascript', script],
      '/mockServiceWorker.js': ['text/javascript', worker],
      '/settings.json': ['application/json', JSON.stringify(settings)],
    };
    const [type, body] = files[path] ?? ['text/plain', 'not found'];
    response.writeHead(files[path] ? 200 : 404, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  mock = await startGateway();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await mock?.close();
  site?.closeAllConnections();
  await new Promise((resolve) => site?.close(resolve));
});

async function open(msw: boolean, search = ''): Promise<void> {
  const { credentials } = await loadProvider('dicey-fun');
  settings = { baseUrl: msw ? `${origin}/nowhere` : `${mock.url}/dicey-fun`, credentials, msw };
  errors.length = 0;
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${origin}/${search}`);
}
afterEach(async () => {
  mock.gateway.director.pin('dicey-fun/setPlayerWallet', undefined);
  await page.context().close();
});

describe('an app on the generated hooks', () => {
  it('reads and writes against the mock, with signed requests', async () => {
    await open(false);
    await page.getByRole('listitem').first().waitFor();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['大富翁']);
    await page.getByRole('button', { name: 'Transfer' }).click();
    await page.locator('output').waitFor();
    const operations = mock.gateway.log.recent().map(({ operation, code }) => `${operation} ${code}`);
    expect(operations).toEqual(['authToken 200', 'getGameList 200', 'setPlayerWallet 200']);
    expect(errors).toEqual([]);
    await screenshot(page, 'app-mock');
  });

  it("gets the provider's error as a typed error", async () => {
    mock.gateway.director.pin('dicey-fun/setPlayerWallet', { code: '422' });
    await open(false);
    await page.getByRole('button', { name: 'Transfer' }).click();
    const alert = page.locator('form').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^BusinessRuleError: .*Insufficient balance/);
  });

  it('does not send invalid input', async () => {
    await open(false);
    await page.getByRole('listitem').first().waitFor();
    const before = mock.gateway.log.recent().length;
    await page.getByLabel('Coins').fill('0');
    await page.getByRole('button', { name: 'Transfer' }).click();
    const alert = page.locator('form').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^ValidationError/);
    expect(mock.gateway.log.recent()).toHaveLength(before);
  });

  it('runs with only MSW, without a server', async () => {
    await open(true);
    await page.getByRole('listitem').first().waitFor();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['大富翁']);
    await page.getByRole('button', { name: 'Transfer' }).click();
    await page.locator('output').waitFor();
    expect(errors).toEqual([]);
    await screenshot(page, 'app-msw');
  });

  it('shows the response that its test configures in MSW', async () => {
    await open(true, '?another');
    await page.getByRole('listitem').first().waitFor();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['Night Market']);
  });
});
