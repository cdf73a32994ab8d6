import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { installedBrowser } from './installed.ts';

it('is unpacked once for two parallel requests', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'countersign-browser-'));
  try {
    const [one, other] = await Promise.all([
      installedBrowser(process.env, cache),
      installedBrowser(process.env, cache),
    ]);
    expect(one.executablePath).toBe(other.executablePath);
    expect(await readdir(cache)).toHaveLength(1);
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
});
