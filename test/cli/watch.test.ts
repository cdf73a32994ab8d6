import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Settle, watch } from '../../scripts/commands/cli/watch.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { OutdatedError } from '../../scripts/generate/outdated.ts';
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

type Run = Parameters<typeof watch>[2];

async function start(
  only: readonly string[] = [],
  run: Run = async (providers) => void seen.push(...providers),
): Promise<void> {
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

const SPEC = 'specs/acme/openapi.yaml';
const read = (): Promise<string> => readFile(at(SPEC), 'utf8').catch(() => 'missing');

/** A run that reads the spec, and generates from it only if it did not change until then. */
const runWith =
  (between: () => Promise<unknown>, used: string[]) =>
  async (_: readonly string[], settle: Settle): Promise<void> => {
    const text = await read();
    await between();
    if ((await settle()).repeatable && (await read()) !== text) throw new OutdatedError();
    used.push(text);
  };

it.each<readonly [name: string, first: () => Promise<unknown>, then: () => Promise<unknown>]>([
  ['the file is emptied, then written', () => writeFile(at(SPEC), ''), () => writeFile(at(SPEC), 'new')],
  ['it is written in parts', () => writeFile(at(SPEC), 'n'), () => appendFile(at(SPEC), 'ew')],
  ['it is removed, then created', () => rm(at(SPEC)), () => writeFile(at(SPEC), 'new')],
  [
    'it becomes a backup, then a new one is created',
    () => rename(at(SPEC), at(`${SPEC}~`)),
    () => writeFile(at(SPEC), 'new').then(() => rm(at(`${SPEC}~`))),
  ],
  [
    'a swap file is written, then it replaces the file',
    () => writeFile(at('specs/acme/.openapi.yaml.swp'), 'new'),
    () => rename(at('specs/acme/.openapi.yaml.swp'), at(SPEC)),
  ],
  ['a formatter saves it again', () => writeFile(at(SPEC), 'ne w'), () => writeFile(at(SPEC), 'new')],
  ['it is saved with other line ends', () => writeFile(at(SPEC), 'new\r\n'), () => writeFile(at(SPEC), 'new')],
])('does not use a file during a save: %s', async (_, first, then) => {
  const used: string[] = [];
  const begun = Promise.withResolvers<void>();
  let isComplete = false;
  const complete = async (): Promise<void> => {
    if (isComplete) return;
    isComplete = true;
    await begun.promise;
    await then();
  };
  await start([], runWith(complete, used));
  await first();
  begun.resolve();
  await expect.poll(() => used, { timeout: limit(60_000) }).toContain('new');
  // Late events may cause another run, of the same text.
  expect([...new Set(used)]).toEqual(['new']);
});

it('uses a result in spite of endless changes', async () => {
  const used: string[] = [];
  let saves = 0;
  await start(
    [],
    runWith(async () => {
      saves += 1;
      if (used.length === 0) await writeFile(at(SPEC), String(saves));
    }, used),
  );
  await writeFile(at(SPEC), 'first');
  await expect.poll(() => used.length, { timeout: limit(60_000) }).toBeGreaterThan(0);
  expect(Number(used[0])).toBeGreaterThan(1);
});

it('generates all providers of an outdated run again', async () => {
  const runs: string[] = [];
  await start([], async (providers, settle) => {
    runs.push([...providers].sort().join(' '));
    if (runs.length > 1) return;
    await save('specs/beta/openapi.yaml');
    if ((await settle()).changed) throw new OutdatedError();
  });
  await save(SPEC);
  await expect.poll(() => runs.length, { timeout: limit(60_000) }).toBeGreaterThan(1);
  expect(runs.slice(0, 2)).toEqual(['acme', 'acme beta']);
});
