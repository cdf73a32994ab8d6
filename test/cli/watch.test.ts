import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watch } from '../../scripts/commands/cli/watch.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { limit } from '../run/slowness.ts';

let root: string;
let ended: Promise<void>;
let end: AbortController;
let seen: string[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-watch-'));
  for (const provider of ['acme', 'beta']) {
    await mkdir(join(root, 'specs', provider, 'parts'), { recursive: true });
    await writeFile(join(root, 'specs', provider, 'openapi.yaml'), 'a');
  }
  end = new AbortController();
  seen = [];
});
afterEach(async () => {
  end.abort();
  await ended;
  await rm(root, { recursive: true });
});

async function start(only: readonly string[] = []): Promise<void> {
  const run = async (providers: readonly string[]): Promise<void> => void seen.push(...providers);
  await new Promise<void>((ready) => {
    ended = watch(openWorkspace(root), only, run, end.signal, ready);
  });
}

const at = (path: string): string => join(root, path);
const save = (path: string): Promise<void> => writeFile(at(path), String(Math.random()));
/** Saves as `sed -i`, git and most editors do: the path then has a different file. */
async function replace(path: string): Promise<void> {
  await save('new');
  await rename(at('new'), at(path));
}
async function addFolder(path: string): Promise<void> {
  await mkdir(at(path), { recursive: true });
  await save(join(path, 'file.yaml'));
}

/** What is generated after one step. Steps are separate, because each must be detected by itself. */
async function seenAfter(step: () => Promise<void>): Promise<readonly string[]> {
  seen.length = 0;
  await step();
  const deadline = Date.now() + limit(60_000);
  while (seen.length === 0 && Date.now() < deadline) await wait(10);
  // Late events belong to this step, too.
  await wait(limit(100));
  return [...new Set(seen)];
}

it('detects every saved file, in any folder and with any way to save', async () => {
  await start();
  const spec = 'specs/acme/openapi.yaml';
  const steps: readonly (readonly [name: string, step: () => Promise<void>, provider: string])[] = [
    ['a file is replaced', () => replace(spec), 'acme'],
    ['the new one is saved in place', () => save(spec), 'acme'],
    ['and again', () => save(spec), 'acme'],
    ['a folder comes', () => addFolder('specs/acme/more/deep'), 'acme'],
    ['a file in it is replaced', () => replace('specs/acme/more/deep/file.yaml'), 'acme'],
    ['that one is saved in place', () => save('specs/acme/more/deep/file.yaml'), 'acme'],
    ['a folder goes', () => rm(at('specs/acme/more'), { recursive: true }), 'acme'],
    ['and comes again', () => addFolder('specs/acme/more'), 'acme'],
    ['a file in it is saved', () => save('specs/acme/more/file.yaml'), 'acme'],
    ['a provider comes', () => addFolder('specs/gamma'), 'gamma'],
    ['its spec is replaced', () => replace('specs/gamma/file.yaml'), 'gamma'],
    ['a plugin comes', () => addFolder('plugins/beta/logic'), 'beta'],
    ['it is saved', () => save('plugins/beta/logic/file.yaml'), 'beta'],
    ['the first is replaced once more', () => replace(spec), 'acme'],
  ];
  for (const [name, step, provider] of steps) expect([name, await seenAfter(step)]).toEqual([name, [provider]]);
});

it('reports only the selected providers, and no file outside them', async () => {
  await start(['acme']);
  const want = await seenAfter(async () => {
    await save('specs/beta/openapi.yaml');
    await save('specs/shared.json');
    await save('specs/acme/openapi.yaml');
  });
  expect(want).toEqual(['acme']);
});
