import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate, type Kept, openKept } from '../../scripts/generate/index.ts';
import { OutdatedError } from '../../scripts/generate/outdated.ts';
import { makeWorkspace } from '../cli/run.ts';

let root: string;
let kept: Kept;
beforeEach(async () => {
  root = await makeWorkspace();
  kept = openKept();
});
afterEach(async () => {
  await Promise.all([kept.tools.close(), kept.large.close()]);
  await rm(root, { recursive: true });
});

/** Generates with another title in the spec; returns whether the title is in the result. */
async function isGenerated(title: string): Promise<boolean> {
  const spec = join(root, 'specs/acme/openapi.yaml');
  await writeFile(spec, (await readFile(spec, 'utf8')).replace(/title: .*/, `title: ${title}`));
  await generate(openWorkspace(root), { kept });
  return (await readFile(join(root, 'generated/acme/openapi.json'), 'utf8')).includes(title);
}

it('works for many runs of one process, also after its thread has exited', async () => {
  expect(await isGenerated('First')).toBe(true);
  expect(await isGenerated('Second')).toBe(true);
  await kept.tools.close();
  expect(await isGenerated('Third')).toBe(true);
});

const save = async (from: RegExp, to: string): Promise<void> => {
  const spec = join(root, 'specs/acme/openapi.yaml');
  await writeFile(spec, (await readFile(spec, 'utf8')).replace(from, to));
};

it.each<readonly [name: string, before: () => Promise<void>, meanwhile: () => Promise<void>, isOutdated: boolean]>([
  ['the title was saved', async () => {}, () => save(/title: .*/, 'title: Last'), true],
  ['an error was fixed', () => save(/title:/, 'heading:'), () => save(/heading:/, 'title:'), true],
  ['an error was saved', async () => {}, () => save(/title:/, 'heading:'), true],
  [
    'a plugin came',
    async () => {},
    async () => {
      await mkdir(join(root, 'plugins/acme'), { recursive: true });
      await writeFile(join(root, 'plugins/acme/notes.txt'), '');
    },
    true,
  ],
  ['the same text was saved', async () => {}, () => save(/title:/, 'title:'), false],
  [
    'another provider was saved',
    async () => {},
    async () => {
      await mkdir(join(root, 'specs/other'));
      await writeFile(join(root, 'specs/other/openapi.yaml'), '');
    },
    false,
  ],
])('uses no part of a run during which %s', async (_, before, meanwhile, isOutdated) => {
  await isGenerated('First');
  await save(/title: .*/, 'title: Second');
  await before();
  const settle = async (): Promise<boolean> => {
    await meanwhile();
    return true;
  };
  const run = generate(openWorkspace(root), { providers: ['acme'], kept, settle });
  if (isOutdated) await expect(run).rejects.toThrow(OutdatedError);
  else await run;
  const written = await readFile(join(root, 'generated/acme/openapi.json'), 'utf8');
  expect(written).toContain(isOutdated ? 'First' : 'Second');
  expect((await readdir(join(root, 'generated'))).filter((name) => name.startsWith('.'))).toEqual([]);
});
