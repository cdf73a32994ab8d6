import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { installedBrowser } from './installed.ts';

/** The screenshots of tests. */
export const OUTPUT = fileURLToPath(new URL('../../.ci-output/', import.meta.url));

/** Starts the Chromium that npm installed, or the one whose path is in `CHROMIUM`. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, env } = process.env.CHROMIUM
    ? { executablePath: process.env.CHROMIUM, env: process.env }
    : await installedBrowser();
  return chromium.launch({
    executablePath,
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    // Containers give /dev/shm 64 MB, and a page can need more.
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
}

/** Stored as output of the run, for review. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
}
