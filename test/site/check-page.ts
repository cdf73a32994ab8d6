import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { violations } from '../e2e/console/violations.ts';

/** One page of each kind of the docs site, and an address that no page has. */
export const PAGES: readonly string[] = [
  '',
  'tutorial.html',
  'react.html',
  'x-cs.html',
  'decisions/0005-versions-from-contracts.html',
  'reference/cli.html',
  'reference/configuration.html',
  'reference/runtime/bodies.html',
  'no-such-page.html',
];

/** Width of the window in pixels, and its color scheme. */
export const MODES = [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const;

export const readAxe = (): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line for each axe violation, page wider than the window, script error and request to another host. */
export async function checkPages(
  browser: Browser,
  urls: readonly string[],
  [width, colorScheme]: (typeof MODES)[number],
): Promise<readonly string[]> {
  const axe = await readAxe();
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const found: string[] = [];
  const origins = new Set(urls.map((url) => new URL(url).origin));
  page.on('pageerror', (error) => found.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && !origins.has(origin)) found.push(`${page.url()} requests ${request.url()}`);
  });
  for (const url of urls) {
    await page.goto(url);
    await page.locator('h1:visible, h2:visible').first().waitFor();
    await page.evaluate(axe);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const wrong = [...(await violations(page)), ...(wide > 0 ? [`${wide} px wider than the window`] : [])];
    found.push(...wrong.map((each) => `${url} (${width} px, ${colorScheme}): ${each}`));
  }
  await context.close();
  return found;
}
