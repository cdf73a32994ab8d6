import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeConsoleAssets } from '../../../scripts/commands/mock/console-assets.ts';
import { openBrowser, screenshot } from '../../browser/open.ts';
import { type Started, startConsole } from '../../mock/support.ts';
import { violations as violationsOf } from './violations.ts';

let browser: Browser;
let mock: Started;
let page: Page;
let axe = '';
const problems: string[] = [];

beforeAll(async () => {
  mock = await startConsole();
  [browser, axe] = await Promise.all([
    openBrowser(),
    readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'),
  ]);
  await Promise.all([makeConsoleAssets(), ...mock.gateway.slots.map((slot) => slot.get())]);
});
afterAll(async () => {
  await browser?.close();
  await mock?.close();
});
beforeEach(async () => {
  problems.length = 0;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: mock.url });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on(
    'request',
    (request) =>
      !request.url().startsWith(mock.url) && !request.url().startsWith('data:') && problems.push(request.url()),
  );
  await page.goto(mock.url);
  await page.getByRole('navigation', { name: 'Operations' }).waitFor();
});
afterEach(async () => {
  mock.gateway.director.choose({ name: 'normal', description: '', delay: 0, chaos: 0 });
  expect(problems).toEqual([]);
  await page.context().close();
});

const open = async (operation: string): Promise<void> => {
  await page.getByRole('navigation').getByRole('link', { name: operation, exact: false }).first().click();
  await page.getByRole('form', { name: 'Try it' }).waitFor();
};
const send = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('status', { name: 'Result' }).waitFor();
};
const result = () => page.getByRole('status', { name: 'Result' });
const log = () => page.getByRole('complementary', { name: 'Requests' });

async function violations(): Promise<readonly string[]> {
  await page.evaluate(axe);
  return violationsOf(page);
}

/** Chips and buttons in rows that overlap. */
const overlaps = (rows: string): Promise<readonly string[]> =>
  page.evaluate((selector) => {
    const found: string[] = [];
    for (const row of document.querySelectorAll(selector)) {
      const parts = [...row.querySelectorAll('.badge, .status, button, a, summary > span')].map((part) => ({
        text: part.textContent ?? '',
        box: part.getBoundingClientRect(),
        part,
      }));
      for (const [at, a] of parts.entries())
        for (const b of parts.slice(at + 1)) {
          if (a.part.contains(b.part) || b.part.contains(a.part)) continue;
          const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          if (wide > 1 && high > 1) found.push(`${a.text} over ${b.text}`);
        }
    }
    return found;
  }, rows);

describe('the console', () => {
  it('sends a signed call, and shows request, signed text with its secret masked, response and log', async () => {
    await open('authToken');
    await send();
    expect(
      await result().getByRole('region', { name: 'String that agentSignature signs', exact: true }).textContent(),
    ).toMatch(/^demo-[0-9a-f]{32}•••\d{10}$/);
    const answer = await result().getByRole('region', { name: 'Response', exact: true }).textContent();
    expect(JSON.parse(answer ?? '')).toMatchObject({ code: 200, message: 'success', data: { authtoken: '•••' } });
    expect(await result().getByRole('region', { name: 'Request', exact: true }).textContent()).toContain(
      'api-key: •••',
    );
    await log().getByText('authToken').first().waitFor();
    await screenshot(page, 'console-signed-call');
  });

  it('selects the response 410', async () => {
    await open('consumeSession');
    await page.getByLabel('Response', { exact: true }).selectOption({ label: '410 · documented' });
    await send();
    expect(await result().getByRole('region', { name: 'Response', exact: true }).textContent()).toContain(
      'already consumed',
    );
    // The log has its own stream.
    await log().getByRole('listitem').first().filter({ hasText: '410' }).waitFor();
    await screenshot(page, 'console-410');
  });

  it('shows why a wrong signature is rejected', async () => {
    await open('getUserAttributes');
    await page.getByLabel('Send', { exact: true }).selectOption('signature');
    await send();
    expect(await result().textContent()).toContain('signature does not match');
    await log()
      .getByText(/The mock computed its signature from/)
      .first()
      .waitFor();
    await screenshot(page, 'console-refused');
  });

  it('shows in the log what is invalid in an input, and where', async () => {
    await open('getPlayerInfo');
    await page.getByLabel('Body JSON').fill('{"username": 7}');
    await send();
    expect(await result().textContent()).toContain('code 400');
    const entry = log().getByRole('listitem').first();
    await entry.filter({ hasText: 'code 400' }).waitFor();
    expect(await entry.textContent()).toMatch(/200 · code 400/);
    expect(await entry.textContent()).toContain('/username: Invalid input: expected string, received number');
    // The full text of both is available, and collapsed until it is opened.
    await entry.locator('summary').click();
    expect(await entry.getByRole('region', { name: /^Request \d+ of the log/ }).textContent()).toContain(
      '"username": 7',
    );
    expect(await violations()).toEqual([]);
    // A violation of the contract is shown at its line before anything is sent, and so is a syntax error.
    await page.getByLabel('Body JSON').fill('{\n  "username": 7\n}');
    await page.locator('.editor .doubtful').filter({ hasText: '"username": 7' }).waitFor();
    await page.getByText('body.username: Invalid input: expected string, received number').waitFor();
    await page.getByLabel('Body JSON').fill('{\n  "username": "a"\n  "more": 1,\n}');
    await page.getByText('Expected a comma between two values.').waitFor();
    await page.getByRole('button', { name: 'Line 3' }).click();
    expect(await page.evaluate('document.activeElement.selectionStart')).toBe('{\n  "username": "a"\n'.length);
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-errors-at-the-line');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('The body is not valid JSON').waitFor();
  });

  it('shows inferred facts, the conditions of sibling operations, and every declared response', async () => {
    await open('consumeSession');
    await page.locator('main').getByText('action=consume-session').waitFor();
    const declared = page.locator('.responses .line');
    const { operations } = (await mock.gateway.slots[0]?.get())?.provider ?? { operations: [] };
    const { responses } = operations.find(({ descriptor }) => descriptor.id === 'consumeSession') ?? { responses: [] };
    expect(await declared.count()).toBe(responses.length);
    // DailyPlay's document shows the 410. Other failures are inferred.
    expect(await declared.filter({ hasText: '410' }).textContent()).not.toContain('inferred');
    expect(await declared.filter({ hasText: '500' }).textContent()).toContain('inferred');
    await declared.filter({ hasText: '410' }).locator('summary').click();
    await page.getByText('Prefer: status=410, example=documented').waitFor();
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-responses');
  });

  it('copies a call as curl, fetch and generated client', async () => {
    await open('getGameList');
    await send();
    const copied = async (name: string): Promise<string> => {
      await result().getByRole('button', { name }).click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied('curl as curl')).toMatch(/^curl -i -X POST '.*getGameList'/);
    expect(await copied('fetch as fetch')).toContain('process.env.DICEYFUN_API_KEY');
    expect(await copied('client as generated client')).toContain('client.getGameList(');
  });

  it('switches the scenario', async () => {
    await page.getByRole('button', { name: 'down' }).click();
    await page.getByRole('button', { name: 'down', pressed: true }).waitFor();
    await open('consumeSession');
    await send();
    expect(await result().textContent()).toContain('HTTP 500');
    await page.getByRole('button', { name: 'normal' }).click();
    await page.getByRole('button', { name: 'normal', pressed: true }).waitFor();
    await send();
    await result().getByText('HTTP 200').first().waitFor();
  });

  it('pins and unpins a response', async () => {
    await open('consumeSession');
    await page.getByRole('button', { name: 'Pin 410 documented' }).click();
    await page.getByRole('button', { name: 'Unpin 410 documented' }).waitFor();
    await send();
    expect(await result().textContent()).toContain('HTTP 410');
    // Every page shows that a response is pinned, and can unpin it.
    await page.getByRole('link', { name: 'Countersign mock, all providers' }).click();
    await page.getByRole('heading', { name: 'Providers', level: 1 }).waitFor();
    await expect.poll(() => page.title()).toBe('Providers · Countersign mock');
    expect(await page.getByRole('navigation').getByText('pinned').count()).toBe(1);
    await page.locator('.top').getByText('1 pin').click();
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-home-with-pin');
    await page.getByRole('button', { name: 'Unpin all' }).click();
    await page.locator('.top').getByText('1 pin').waitFor({ state: 'detached' });
  });

  it('fires a webhook at a local receiver, and shows it in the log', async () => {
    const rows: number[] = [];
    const receiver: Server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        rows.push((JSON.parse(text) as { data: unknown[] }).data.length);
        response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
        response.end('{"result_code":0}');
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    await page.getByRole('navigation').getByRole('link', { name: 'pushSuspensions' }).click();
    await page.getByRole('link', { name: 'Send it to my server' }).click();
    await page.getByLabel('Your endpoint').fill(`http://127.0.0.1:${port}/suspensions`);
    await page.getByRole('button', { name: 'Fire' }).click();
    await page.getByText('250 of 250 rows were accepted, in 3 batches.').waitFor();
    expect(rows).toEqual([100, 100, 50]);
    await log().getByText('→ pushSuspensions').first().waitFor();
    const deliveries = page.getByRole('region', { name: 'Deliveries' });
    await deliveries
      .getByRole('button', { name: /^Resend request/ })
      .first()
      .click();
    await deliveries.getByText('Sent again.').waitFor();
    expect(rows).toEqual([100, 100, 50, 50]);
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-fire');
    await new Promise((resolve) => receiver.close(resolve));
  });

  it('has no accessibility violation, light or dark, and follows the color scheme', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await page.getByRole('button', { name: theme, exact: true }).click();
      expect(await violations()).toEqual([]);
      await open('getRules');
      await send();
      await page.getByText('Pin').first().waitFor();
      expect(await violations()).toEqual([]);
      await screenshot(page, `console-${theme}`);
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const [red = 0] = (background.match(/\d+/g) ?? []).map(Number);
      expect(red > 128).toBe(theme === 'light');
      await page.getByRole('navigation').getByRole('link', { name: 'DailyPlay' }).first().click();
    }
    await page.reload();
    await page.getByRole('button', { name: 'dark', pressed: true }).waitFor();
  });

  it('fits a narrow window', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const menu = page.getByRole('button', { name: 'Operations' });
    await menu.click();
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await screenshot(page, 'console-narrow-menu');
    await open('getRules');
    // The list closes after a choice.
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await send();
    expect(await violations()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await screenshot(page, 'console-narrow');
    expect(await overlaps('.responses .line')).toEqual([]);
  });

  it('works with only the keyboard', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('consume');
    await page.keyboard.press('ArrowDown');
    // The heading of the provider comes before its operations.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Consume a session' }).waitFor();
    const body = page.getByLabel('Body JSON');
    for (let i = 0; i < 40 && !(await body.evaluate((element) => element === document.activeElement)); i += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await body.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+Enter');
    await result().waitFor();
    expect(await result().textContent()).toContain('HTTP 200');
  });

  it('filters the log, repeats a request from it, opens it in the form, and compares two', async () => {
    await open('consumeSession');
    await page
      .getByLabel('Body JSON')
      .fill('{"token": "6f9619ff-8b86-4d01-b42d-00c04fc964ff", "player_uuid": "first"}');
    await send();
    await page
      .getByLabel('Body JSON')
      .fill('{"token": "6f9619ff-8b86-4d01-b42d-00c04fc964ff", "player_uuid": "other"}');
    await send();
    await log().getByRole('searchbox').fill('consumesession "first"');
    await log().getByRole('listitem').filter({ hasText: 'consumeSession' }).first().waitFor();
    expect(await log().locator('ol > li').count()).toBe(1);
    await log().getByLabel('Result').selectOption('failed');
    await log().getByText('No request matches the filter.').waitFor();
    await log().getByLabel('Result').selectOption('');
    await log().locator('summary').click();
    await log()
      .getByRole('link', { name: /^Edit request/ })
      .click();
    await page.locator('.editor').getByText('"first"').waitFor();
    await log()
      .getByRole('button', { name: /^Resend request/ })
      .click();
    await log().locator('ol > li').nth(1).waitFor();
    const past = page.getByRole('region', { name: 'History' });
    await past.getByRole('checkbox').nth(0).check();
    await past.getByRole('checkbox').nth(1).check();
    await past.getByRole('link', { name: /^Compare/ }).click();
    const compared = page.getByRole('region', { name: 'Request, compared' });
    await compared.locator('.removed').filter({ hasText: 'other' }).waitFor();
    await compared.locator('.added').filter({ hasText: 'first' }).waitFor();
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-compare');
  });

  it('reports an unknown page and a mock that has stopped', async () => {
    await page.goto(`${mock.url}/#/dailyplay/consume`);
    await page.getByText('DailyPlay does not have the operation “consume”.').waitFor();
    await page.locator('main').getByRole('link', { name: 'consumeSession' }).waitFor();
    await expect.poll(() => page.title()).toBe('Not found · Countersign mock');
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-not-found');
    await open('consumeSession');
    const other = await startConsole();
    const { port } = new URL(other.url);
    await page.goto(`${other.url}/#/dailyplay/consumeSession`);
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await other.close();
    await page.getByRole('alert').getByText(`The mock at http://127.0.0.1:${port} is not running`).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('The mock does not respond.').waitFor();
    expect(await page.locator('body').textContent()).not.toContain('Failed to fetch');
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-disconnected');
    // The browser's own messages about the connection are in its console, and the other mock has another address.
    problems.length = 0;
  });

  it('shows strings of a spec as text', async () => {
    const [first] = mock.gateway.slots;
    const loaded = await first?.get();
    const operation = loaded?.provider.operations[0] as { summary: string; description: string } | undefined;
    if (!operation) throw new Error('There is no operation.');
    const { summary, description } = operation;
    operation.summary = '<img src=x onerror="document.title=1">';
    operation.description = '<script>document.title=1</script> `<b>bold</b>`';
    await page.reload();
    await open('createSession');
    await page.getByRole('heading', { name: '<img src=x' }).waitFor();
    await expect.poll(() => page.title()).toBe('createSession · DailyPlay · Countersign mock');
    await page.getByLabel('Body JSON').fill('{"<img src=x onerror=document.title=1>": "</span><b>bold</b>"}');
    await page.locator('.editor').getByText('<b>bold</b>').waitFor();
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    await expect.poll(() => page.title()).toBe('createSession · DailyPlay · Countersign mock');
    Object.assign(operation, { summary, description });
  });
});
