import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedBrowser } from './installed.ts';

/** Libraries that Chromium needs and that a minimal Debian lacks. */
const MISSING = ['libnss3.so', 'libnssutil3.so', 'libnspr4.so', 'libexpat.so.1'];

let hiding = '';
beforeAll(async () => {
  hiding = await mkdtemp(join(tmpdir(), 'countersign-no-libraries-'));
  // The loader stops at the first file of the name. An empty file is not a library.
  for (const library of MISSING) await writeFile(join(hiding, library), '');
});
afterAll(() => rm(hiding, { recursive: true, force: true }));

describe.skipIf(process.platform !== 'linux')('the Chromium from npm', () => {
  it.each(['with the libraries of the system', 'with its own where the system has none'])(
    'starts %s',
    async (where) => {
      const hidden = { ...process.env, LD_LIBRARY_PATH: hiding };
      const { executablePath, env } = await installedBrowser(where.startsWith('with its own') ? hidden : process.env);
      if (where.startsWith('with its own')) {
        expect(() => execFileSync(executablePath, ['--version'], { env: hidden, stdio: 'pipe' })).toThrow(/lib\w+\.so/);
      }
      const browser = await chromium.launch({
        executablePath,
        env: env as Record<string, string>,
        args: ['--no-sandbox'],
      });
      try {
        const page = await browser.newPage();
        await page.setContent('<button onclick="this.textContent = \'clicked\'">click</button>');
        await page.getByRole('button').click();
        expect(await page.getByRole('button').textContent()).toBe('clicked');
        expect((await page.screenshot()).length).toBeGreaterThan(1000);
      } finally {
        await browser.close();
      }
    },
  );
});
