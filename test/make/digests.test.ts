import { mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDigests, readDigests } from '../../scripts/generate/digests.ts';

let folder: string;
let cache: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-digests-'));
  cache = join(folder, 'cache/digests.json');
  file = join(folder, 'a.txt');
  await writeFile(file, 'one');
  await utimes(file, 1, 1);
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

/** A run that starts this number of milliseconds from now. */
function runIn(milliseconds: number): string {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
  const digests = openDigests(cache);
  const digest = digests.of(file);
  digests.save();
  vi.useRealTimers();
  return digest;
}

/** Replaces the stored digest by a different one, so that its use is visible. */
async function mark(): Promise<void> {
  const [[path, known]] = JSON.parse(await readFile(cache, 'utf8'));
  await writeFile(cache, JSON.stringify([[path, [...known.slice(0, -1), 'remembered']]]));
}

it('remembers an unchanged file', async () => {
  expect(runIn(60_000)).toBe(readDigests.of(file));
  await mark();
  expect(runIn(60_000)).toBe('remembered');
});

it.each<[string, () => Promise<unknown>]>([
  ['another content with the same size and time', () => writeFile(file, 'two').then(() => utimes(file, 1, 1))],
  ['another time', () => utimes(file, 2, 2)],
  ['another size', () => writeFile(file, 'three').then(() => utimes(file, 1, 1))],
  ['a symbolic link in its place', () => rm(file).then(() => symlink('one', file))],
])('reads a changed file again: %s', async (_, change) => {
  runIn(60_000);
  await mark();
  await change();
  expect(runIn(60_000)).toBe(readDigests.of(file));
});

it('does not remember a file that changed just before', async () => {
  runIn(0);
  await expect(readFile(cache)).rejects.toThrow('ENOENT');
});

it('forgets files that no longer exist, and ignores an unreadable store', async () => {
  runIn(60_000);
  await writeFile(cache, (await readFile(cache, 'utf8')).replaceAll('a.txt', 'b.txt'));
  runIn(60_000);
  expect(await readFile(cache, 'utf8')).not.toContain('b.txt');
  await writeFile(cache, '{');
  expect(runIn(60_000)).toBe(readDigests.of(file));
});
