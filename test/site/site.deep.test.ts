/** The docs site, built once and served by the mock's own pages, in a browser. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../runtime/server/node.ts';
import { serveGuide } from '../../scripts/commands/mock/guide.ts';
import { findBrokenLinks } from '../../scripts/commands/site/check-links.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { openBrowser } from '../browser/open.ts';
import { takeMissingPictures } from '../e2e/console/pictures.ts';
import { violations } from '../e2e/console/violations.ts';
import { checkPages, MODES, PAGES, readAxe } from './check-page.ts';

const repository = join(import.meta.dirname, '../..');

let root: string;
let site: string;
let served: Awaited<ReturnType<typeof listen>>;
let browser: Browser;
let axe: string;

beforeAll(async () => {
  browser = await openBrowser();
  await takeMissingPictures(browser);
  root = await mkdtemp(join(tmpdir(), 'countersign-site-'));
  const script = join(repository, 'scripts/commands/site/index.ts');
  await promisify(execFile)(process.execPath, [script, '--out', join(root, 'dist/site')], { cwd: repository });
  site = join(root, 'dist/site/guide');
  const guide = serveGuide(openWorkspace(root));
  served = await listen({ fetch: async (request) => (await guide(request)) ?? new Response(null, { status: 404 }) });
  axe = await readAxe();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
  if (root) await rm(root, { recursive: true, force: true });
});

type Opened = { readonly context: BrowserContext; readonly page: Page; readonly problems: string[] };

async function openContext(width: number, colorScheme: 'light' | 'dark'): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // The browser reports the 404 of the page that is missing on purpose.
    if (message.type() === 'error' && !message.text().includes('404')) problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url) && !request.url().startsWith('data:')) problems.push(request.url());
  });
  return { context, page, problems };
}

async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(`${served.url}/guide/${path}`);
  await page.locator('h1').first().waitFor();
}

async function openSearch(page: Page, words: string): Promise<void> {
  await page.locator('#local-search button').click();
  await page.locator('#localsearch-input').fill(words);
  await page.locator('#localsearch-list a').first().waitFor();
}

describe('the docs site', () => {
  // Each mode is a context of the browser with its own process.
  it.concurrent.each(MODES)('has no violation on each kind of page, with %i px, %s', async (...mode) => {
    const urls = PAGES.map((path) => `${served.url}/guide/${path}`);
    expect(await checkPages(browser, urls, mode)).toEqual([]);
  });

  it.each([
    ['light', 'mock.html', 'console-light'],
    ['dark', 'mock.html', 'console-dark'],
    ['dark', 'signers.html', 'console-refused'],
  ] as const)('shows a picture of the console, %s, on %s', async (color, path, name) => {
    const { context, page, problems } = await openContext(1280, color);
    await openPage(page, path);
    const shown = page.locator('img.picture:visible');
    expect(await shown.evaluateAll((images) => images.map((image) => image.getAttribute('src')))).toEqual([
      `/guide/pictures/${name}.png`,
    ]);
    await shown.scrollIntoViewIfNeeded();
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1440);
    expect(problems).toEqual([]);
    await context.close();
  });

  it.each([MODES[0], MODES[3]])(
    'finds pages in its search dialog, offline and without a violation, with %i px, %s',
    async (width, color) => {
      const { context, page, problems } = await openContext(width, color);
      await openPage(page, '');
      await openSearch(page, 'clock skew nonce');
      await page.evaluate(axe);
      expect(await violations(page)).toEqual([]);
      await context.setOffline(true);
      await page.locator('#localsearch-input').fill('signing-vector-wrong');
      const result = page.locator('#localsearch-list a', { hasText: 'signing-vector-wrong' }).first();
      await result.waitFor();
      expect(await result.getAttribute('href')).toContain('troubleshooting.html#signing-vector-wrong');
      expect(problems).toEqual([]);
      await context.close();
    },
  );

  it('has no broken link or anchor', async () => {
    expect(await findBrokenLinks(site, '/guide/')).toEqual([]);
  });

  it('lists each page in llms.txt and contains its text in llms-full.txt', async () => {
    const [list, whole] = await Promise.all(
      ['llms.txt', 'llms-full.txt'].map((name) => readFile(join(site, name), 'utf8')),
    );
    const linked = [...(list ?? '').matchAll(/\]\(\/guide\/([^)]+)\)/g)].map(([, path = '']) => path);
    expect(linked.filter((path) => !existsSync(join(site, path)))).toEqual([]);
    const docs = (await readdir(join(repository, 'docs'))).filter((name) => name.endsWith('.md'));
    expect(docs.filter((name) => !linked.includes(name.replace(/\.md$/, '.html')))).toEqual([]);
    for (const name of docs) {
      const [title] = /^# .+$/m.exec(await readFile(join(repository, 'docs', name), 'utf8')) ?? [];
      expect(whole, name).toContain(`${title}\n`);
    }
    expect((await fetch(`${served.url}/guide/llms.txt`)).headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });
});
