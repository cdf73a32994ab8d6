import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, screenshot } from '../../browser/open.ts';
import { type Started, startConsole } from '../../mock/support.ts';
import { violations } from './violations.ts';

let browser: Browser;
let mock: Started;
let axe = '';
beforeAll(async () => {
  mock = await startConsole();
  [browser, axe] = await Promise.all([
    openBrowser(),
    readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'),
  ]);
  mock.gateway.director.pin('dailyplay/consumeSession', { status: '410', example: 'documented', dynamic: false });
  await Promise.all(mock.gateway.slots.map((slot) => slot.get()));
});
afterAll(async () => {
  await browser?.close();
  await mock?.close();
});

type View = { readonly name: string; readonly path: string; readonly ready: string };

/** Each kind of page, and every operation of each provider. */
async function listViews(): Promise<readonly View[]> {
  const operations = await Promise.all(
    mock.gateway.slots.map(async (slot) => {
      const { provider } = await slot.get();
      return provider.operations.map(({ descriptor: { id } }) => ({ provider: slot.name, id }));
    }),
  );
  return [
    { name: 'home', path: '', ready: 'main .tiles' },
    ...mock.gateway.slots.map(({ name }) => ({ name: `provider-${name}`, path: name, ready: 'main .listing' })),
    { name: 'webhooks-hive', path: '~webhooks/hive', ready: '#fire-to' },
    { name: 'webhooks-moonpacket', path: '~webhooks/moonpacket', ready: '#fire-to' },
    { name: 'not-found', path: 'hive/nothing', ready: 'main h1' },
    { name: 'compare', path: '~compare/1/2', ready: 'main .diff' },
    ...operations
      .flat()
      .map(({ provider, id }) => ({ name: `operation-${id}`, path: `${provider}/${id}`, ready: '#send' })),
  ];
}

/** Of the five providers together, webhooks included. */
const OPERATIONS = 34;

/** Controls and chips that overlap, and elements that are wider than the window. */
const misplaced = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    const found = wide > innerWidth ? [`the page is ${wide} px wide`] : [];
    const parts = [
      ...document.querySelectorAll('main .badge, main .status, main button, main a, main select, main input'),
    ]
      .filter((part) => part.checkVisibility())
      .map((part) => ({ part, text: part.textContent?.slice(0, 30) ?? '', box: part.getBoundingClientRect() }));
    for (const [at, a] of parts.entries())
      for (const b of parts.slice(at + 1)) {
        if (a.part.contains(b.part) || b.part.contains(a.part)) continue;
        const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (x > 1 && y > 1) found.push(`${a.text} over ${b.text}`);
      }
    return found;
  });

/** Screenshots of one operation are enough, and a dark phone; all are driven. */
const isShown = ({ name }: View): boolean => !name.startsWith('operation-') || name === 'operation-createSession';

const MODES = [
  ['light', 1440, 'light'],
  ['dark', 1440, 'dark'],
  ['phone', 390, 'light'],
  ['phone-dark', 390, 'dark'],
] as const;

/** One page and one request for each view, then every mode: starting over in each mode would take four times as long. */
describe('every view of the console', () => {
  it('has no violation, no overlap, and no error, in light, dark and 390 px', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    // Two requests for the log, both rejected.
    for (const key of ['a', 'b'])
      await fetch(`${mock.url}/dicey-fun/api/v1/authToken`, { headers: { 'api-key': key } });
    await page.goto(mock.url);
    await page.locator('main .tiles').waitFor();
    await page.evaluate(axe);
    const titles = new Set<string>();
    const views = await listViews();
    const found: string[] = [];
    for (const view of views) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${view.path}`);
      await page.locator(view.ready).first().waitFor();
      if (view.ready === '#send') {
        await page.locator('#send').click();
        await page.getByRole('status', { name: 'Result' }).waitFor();
        for (const each of await page.locator('.responses details').all()) await each.locator('summary').click();
      }
      for (const [mode, width, colorScheme] of isShown(view) ? MODES : MODES.slice(0, 3)) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        const flaws = [...(await violations(page)), ...(await misplaced(page))];
        found.push(...flaws.map((flaw) => `${view.name}, ${mode}: ${flaw}`));
        if (isShown(view)) await screenshot(page, `view-${view.name}-${mode}`);
      }
      titles.add(await page.title());
    }
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
    expect(titles.size).toBe(views.length);
    expect(views.filter(({ ready }) => ready === '#send').length).toBe(OPERATIONS);
    await page.close();
  });
});
