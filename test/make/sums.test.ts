import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDigests, readDigests } from '../../scripts/generate/digests.ts';

let folder: string;
let sums: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-sums-'));
  sums = join(folder, 'digests-sums.json');
});
afterEach(() => rm(folder, { recursive: true }));

/** The sums of one run. */
function run(...texts: readonly string[]): readonly string[] {
  const digests = openDigests(join(folder, 'digests.json'));
  const results = texts.map((text) => digests.sum(text));
  digests.save();
  return results;
}

it('remembers a sum by the whole text', async () => {
  expect(run('a', 'ab')).toEqual([readDigests.sum('a'), readDigests.sum('ab')]);
  await writeFile(sums, (await readFile(sums, 'utf8')).replace(readDigests.sum('a'), 'remembered'));
  expect(run('a', 'ab', 'b')).toEqual(['remembered', readDigests.sum('ab'), readDigests.sum('b')]);
});

it('keeps the sums that were used last', async () => {
  run(...Array.from({ length: 300 }, (_, at) => `text ${at}`));
  run('text 0', 'new');
  const known: [string, string][] = JSON.parse(await readFile(sums, 'utf8'));
  const texts = known.map(([text]) => text);
  expect(texts).toHaveLength(300);
  expect([texts.at(-2), texts.at(-1), texts.includes('text 1')]).toEqual(['text 0', 'new', false]);
});

it('computes them again if the file is unreadable', async () => {
  run('a');
  await writeFile(sums, '{');
  expect(run('a')).toEqual([readDigests.sum('a')]);
});
