import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { OUTPUT, screenshot } from '../../browser/open.ts';
import { startConsole } from '../../mock/support.ts';

const NAMES = ['console-light', 'console-dark', 'console-refused'];

/** Takes the screenshots for the docs site. In a run of all tests, the test of the console takes them. */
export async function takeMissingPictures(browser: Browser): Promise<void> {
  if (NAMES.every((name) => existsSync(join(OUTPUT, `${name}.png`)))) return;
  const mock = await startConsole();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(mock.url);
  const send = async (operation: string): Promise<void> => {
    await page.getByRole('navigation').getByRole('link', { name: operation, exact: false }).first().click();
    await page.getByRole('form', { name: 'Try it' }).waitFor();
    if (operation === 'getUserAttributes') await page.getByLabel('Send', { exact: true }).selectOption('signature');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('status', { name: 'Result' }).waitFor();
  };
  for (const theme of ['light', 'dark'] as const) {
    await page.getByRole('button', { name: theme, exact: true }).click();
    await send('getRules');
    await screenshot(page, `console-${theme}`);
  }
  await page.getByRole('button', { name: 'light', exact: true }).click();
  await send('getUserAttributes');
  await screenshot(page, 'console-refused');
  await page.close();
  await mock.close();
}
