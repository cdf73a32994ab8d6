import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { makeEach } from '../../scripts/common/parts.ts';
import { emitByTools, emitCode, emitData } from '../../scripts/emit/index.ts';
import type { GroupSettings } from '../../scripts/emit/settings.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { type EarlierRun, openEarlier } from '../../scripts/generate/earlier.ts';
import { partsOf } from '../../scripts/generate/parts-file.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, File } from '../../scripts/model/types.ts';
import { DOCUMENTS } from '../real/documents.ts';
import { seed } from '../run/seed.ts';
import { changeAnywhere, createRandom, type Json } from './change-anywhere.ts';

let folder: string | undefined;
const folderOf = (): string => (folder ??= mkdtempSync(join(tmpdir(), 'countersign-recalled-')));

/** Called after the tests of each file: files of one worker share this module. */
export function removeFolder(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
}

/** Settings that change the output. */
export type Settings = Pick<GroupSettings, 'unknownKeys' | 'formats'> & { readonly int64?: 'bigint' | 'string' };

export async function modelOf(document: Json, { int64 }: Settings = {}): Promise<Api> {
  const file = join(folderOf(), 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const api = buildApi(expandDocument(await bundleSpec(await loadSpec(file))), 'shop');
  return int64 === undefined ? api : { ...api, int64 };
}

const emit = async (api: Api, settings: GroupSettings): Promise<readonly File[]> => [
  ...(await emitCode(api, settings)),
  ...(await emitData(api, settings)),
  ...(await emitByTools(api, settings)),
];

/** The files by a run with the results of earlier runs of the same name, which it replaces by its own. */
async function recalled(api: Api, name: string, settings: GroupSettings): Promise<readonly File[]> {
  const run: EarlierRun = { prefix: join(folderOf(), name), toolkit: 'a', ignored: false };
  const results = openEarlier(run, 'emit');
  const files = await emit(api, { ...settings, parts: partsOf(run), recallFiles: results.recall });
  results.save();
  // Large documents have no results of whole files.
  const parts = await emit(api, { ...settings, parts: partsOf({ ...run, prefix: `${run.prefix}-large` }) });
  expect(parts).toEqual(files);
  return files;
}

/** Compares the files of a run that has the results of the last run of the same name with those of a run without. */
export async function compare(document: Json, name: string, settings: Settings = {}): Promise<void> {
  const { int64: _, ...rest } = settings;
  const api = await modelOf(document, settings);
  const again = await modelOf(document, settings);
  expect(await recalled(api, name, rest)).toEqual(await emit(again, { ...rest, parts: makeEach }));
}

const LARGE = ['github', 'github-webhooks', 'figma', 'gitbook'];
const SETTINGS: readonly Settings[] = [{}, {}, { unknownKeys: 'strip' }, { int64: 'bigint' }, { int64: 'string' }];

/** Public documents that are emitted within a second. */
export const SMALL_DOCUMENTS = DOCUMENTS.filter(
  ({ name, file }) => !LARGE.includes(name) && file.endsWith('.json'),
).map(({ name, file }) => [name, file] as const);

/** Compares the files after each of a number of changes anywhere in a document. */
export async function compareChanges(name: string, file: string, rounds: number): Promise<void> {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
  const random = createRandom(seed);
  await compare(document, name);
  let compared = 0;
  for (let round = 0; round < rounds; round += 1) {
    const changed = changeAnywhere(document, random);
    const settings = SETTINGS[random(SETTINGS.length)] ?? {};
    // A change may make the document invalid.
    const isValid = await modelOf(changed, settings).then(
      (api) => emit(api, {}).then(() => true),
      () => false,
    );
    if (!isValid) continue;
    compared += 1;
    await compare(changed, name, settings).catch((error: unknown) => {
      throw new Error(`seed ${seed}, round ${round}: ${JSON.stringify(changed)}`, { cause: error });
    });
  }
  expect(compared).toBeGreaterThanOrEqual(Math.floor(rounds / 4));
}
