/** Reference pages in a browser: the list of pages without a violation of axe, and the way back to it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../runtime/server/node.ts';
import { buildDocs } from '../../scripts/commands/docs/build-docs.ts';
import { serveDocs } from '../../scripts/commands/docs/serve-docs.ts';
import { openBrowser } from '../browser/open.ts';
import { violations } from '../e2e/console/violations.ts';
import { workspace } from '../mock/support.ts';

const PROVIDERS = ['dicey-fun', 'moonpacket'];

let root = '';
let browser: Browser;
let served: Awaited<ReturnType<typeof listen>>;
let axe = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-docs-page-'));
  await buildDocs(workspace, PROVIDERS, join(root, 'dist/docs'));
  const docs = serveDocs({ ...workspace, root });
  served = await listen({ fetch: async (request) => (await docs(request)) ?? new Response(null, { status: 404 }) });
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await rm(root, { recursive: true, force: true });
});

describe.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const)('with %i px, %s', (width, colorScheme) => {
  it('the list of pages has no violation', async () => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${served.url}/docs/`);
    await page.locator('h1').first().waitFor();
    await page.evaluate(axe);
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

it('leads back to the list of pages', async () => {
  const page = await browser.newPage();
  await page.goto(`${served.url}/docs/moonpacket.html`);
  await page.getByRole('link', { name: 'All API references' }).first().click();
  await page.getByRole('link', { name: 'Dicey Fun' }).waitFor();
  await page.close();
});
