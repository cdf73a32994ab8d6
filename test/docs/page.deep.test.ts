/** Reference pages in a browser: no axe violation, the facts of each operation, and the link to the list of pages. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen } from '../../runtime/server/node.ts';
import { buildDocs } from '../../scripts/commands/docs/build-docs.ts';
import { serveDocs } from '../../scripts/commands/docs/serve-docs.ts';
import { openBrowser } from '../browser/open.ts';
import { workspace } from '../mock/support.ts';
import { checkPages, MODES } from '../site/check-page.ts';

const PROVIDERS = ['dicey-fun', 'moonpacket'];

let root = '';
let browser: Browser;
let served: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-docs-page-'));
  await buildDocs(workspace, PROVIDERS, join(root, 'dist/docs'));
  const docs = serveDocs({ ...workspace, root });
  served = await listen({ fetch: async (request) => (await docs(request)) ?? new Response(null, { status: 404 }) });
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await rm(root, { recursive: true, force: true });
});

it.concurrent.each(MODES)('the list and the pages have no violation, with %i px, %s', async (...mode) => {
  const urls = [
    '',
    ...PROVIDERS.map((name) => `${name}.html`),
    'moonpacket.html#/claim-conditions/getuserattributes',
  ].map((path) => `${served.url}/docs/${path}`);
  expect(await checkPages(browser, urls, mode)).toEqual([]);
});

it.each([
  [
    'moonpacket',
    'claim-conditions/getuserattributes',
    ['hmac-sha256 in header X-API-SIGNATURE', 'valid for 300 s', 'a replay is rejected'],
  ],
  [
    'dicey-fun',
    'wallet/setplayerwallet',
    ['the client retries if getPlayerWalletRecord shows', 'the client logs in by itself', 'Time limit of an attempt'],
  ],
])('a page shows code, signing, retries and limits on %s, %s', async (name, operation, rules) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${served.url}/docs/${name}.html#/${operation}`);
  const shown = page.locator('.api-content', { hasText: 'Retries' });
  await shown.waitFor();
  for (const rule of rules) expect(await shown.innerText()).toContain(rule);
  await page.getByText('curl -i', { exact: false }).first().waitFor();
  await page.close();
});

it('a page links back to the list of pages', async () => {
  const page = await browser.newPage();
  await page.goto(`${served.url}/docs/moonpacket.html`);
  await page.getByRole('link', { name: 'All API references' }).first().click();
  await page.getByRole('link', { name: 'Dicey Fun' }).waitFor();
  await page.close();
});
