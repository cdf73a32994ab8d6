import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate, type Kept, openKept } from '../../scripts/generate/index.ts';
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
