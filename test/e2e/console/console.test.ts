import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeConsoleAssets } from '../../../scripts/commands/mock/console-assets.ts';
import { openBrowser, screenshot } from '../../browser/open.ts';
import { type Started, startConsole } from '../../mock/support.ts';

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
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('status', { name: 'Result' }).waitFor();
};
const result = () => page.getByRole('status', { name: 'Result' });
const log = () => page.getByRole('complementary', { name: 'Requests' });

async function violations(): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] };
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

describe('the console', () => {
  it('tries a signed call: request, signed string with its secret masked, answer, log', async () => {
    await open('authToken');
    await send();
    expect(
      await result().getByRole('region', { name: 'String that agentSignature signs', exact: true }).textContent(),
    ).toMatch(/^demo-[0-9a-f]{32}•••\d{10}$/);
    const answer = await result().getByRole('region', { name: 'Answer', exact: true }).textContent();
    expect(JSON.parse(answer ?? '')).toMatchObject({ code: 200, message: 'success', data: { authtoken: '•••' } });
    expect(await result().getByRole('region', { name: 'Request', exact: true }).textContent()).toContain(
      'api-key: •••',
    );
    await log().getByText('authToken').first().waitFor();
    await screenshot(page, 'console-signed-call');
  });

  it('provokes a 410', async () => {
    await open('consumeSession');
    await page.getByLabel('Answer', { exact: true }).selectOption({ label: '410 · documented' });
    await send();
    expect(await result().getByRole('region', { name: 'Answer', exact: true }).textContent()).toContain(
      'already consumed',
    );
    // The log comes by a stream of its own.
    await log().getByRole('listitem').first().filter({ hasText: '410' }).waitFor();
    await screenshot(page, 'console-410');
  });

  it('shows why a wrong signature is refused', async () => {
    await open('getUserAttributes');
    await page.getByLabel('Send', { exact: true }).selectOption('signature');
    await send();
    expect(await result().textContent()).toContain('signature is wrong');
    await log()
      .getByText(/The mock signed/)
      .first()
      .waitFor();
    await screenshot(page, 'console-refused');
  });

  it('says in the log what is wrong with an input, and where', async () => {
    await open('getPlayerInfo');
    await page.getByLabel('Body JSON').fill('{"username": 7}');
    await send();
    expect(await result().textContent()).toContain('code 400');
    const entry = log().getByRole('listitem').first();
    await entry.filter({ hasText: 'code 400' }).waitFor();
    expect(await entry.textContent()).toMatch(/200 · code 400/);
    expect(await entry.textContent()).toContain('/username: must be string');
    // All of both is there to read, and closed until it is wanted.
    await entry.locator('summary').click();
    expect(await entry.getByRole('region', { name: /^Request \d+ of the log/ }).textContent()).toContain(
      '"username": 7',
    );
    expect(await violations()).toEqual([]);
    await page.getByLabel('Body JSON').fill('{');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('The body is no JSON').waitFor();
  });

  it('shows what is inferred, what tells siblings apart, and every declared answer', async () => {
    await open('consumeSession');
    await page.locator('main').getByText('action=consume-session').waitFor();
    const declared = page.locator('.answers .line');
    const { operations } = (await mock.gateway.slots[0]?.get())?.provider ?? { operations: [] };
    const { answers } = operations.find(({ descriptor }) => descriptor.id === 'consumeSession') ?? { answers: [] };
    expect(await declared.count()).toBe(answers.length);
    // DailyPlay's document shows the 410; what else may go wrong is inferred.
    expect(await declared.filter({ hasText: '410' }).textContent()).not.toContain('inferred');
    expect(await declared.filter({ hasText: '500' }).textContent()).toContain('inferred');
    await declared.filter({ hasText: '410' }).locator('summary').click();
    await page.getByText('Prefer: status=410, example=documented').waitFor();
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-answers');
  });

  it('copies as curl, fetch and generated client', async () => {
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

  it('pins an answer and takes it off', async () => {
    await open('consumeSession');
    await page.getByRole('button', { name: 'Pin 410 documented' }).click();
    await page.getByRole('button', { name: 'Unpin documented' }).waitFor();
    await send();
    expect(await result().textContent()).toContain('HTTP 410');
    await page.getByRole('button', { name: 'Unpin documented' }).click();
    await page.getByRole('button', { name: 'Unpin documented' }).waitFor({ state: 'detached' });
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
    await page.getByRole('link', { name: 'Hive suspensions' }).click();
    await page.getByLabel('Your endpoint').fill(`http://127.0.0.1:${port}/suspensions`);
    await page.getByRole('button', { name: 'Fire' }).click();
    await page.getByText('250 of 250 rows were taken, in 3 batches.').waitFor();
    expect(rows).toEqual([100, 100, 50]);
    await log().getByText('→ pushSuspensions').first().waitFor();
    expect(await violations()).toEqual([]);
    await screenshot(page, 'console-fire');
    await new Promise((resolve) => receiver.close(resolve));
  });

  it('has no accessibility violation, light or dark, and is dark when asked', async () => {
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
      await page.getByRole('link', { name: 'DailyPlay' }).first().click();
    }
    await page.reload();
    await page.getByRole('button', { name: 'dark', pressed: true }).waitFor();
  });

  it('fits a narrow window', async () => {
    await page.setViewportSize({ width: 420, height: 900 });
    const menu = page.getByRole('button', { name: 'Operations' });
    await menu.click();
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await screenshot(page, 'console-narrow-menu');
    await open('getRules');
    // It gives way to what was chosen.
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await send();
    expect(await violations()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);
    await screenshot(page, 'console-narrow');
  });

  it('works by keyboard alone', async () => {
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
    expect(await page.title()).toBe('Countersign mock');
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    Object.assign(operation, { summary, description });
  });
});
