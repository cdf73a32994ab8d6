import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { File } from '../../scripts/model/types.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { DOCUMENTS } from '../real/documents.ts';
import { GeneratedModules } from './generated-module.ts';
import { valuesModule } from './literals/values-module.ts';

const modules = new GeneratedModules();
const folders: string[] = [];
afterAll(() => {
  modules.remove();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const SPECS = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'].map((provider) => ({
  name: provider,
  file: new URL(`../../specs/${provider}/openapi.yaml`, import.meta.url).pathname,
}));

/** Public documents of several sizes and kinds, by name, and the number of values for each of their components. */
const PUBLIC: ReadonlyMap<string, number> = new Map([
  ['github', 6],
  ['figma', 25],
  ['gitbook', 25],
  ['galaxy', 60],
  ['train-travel', 60],
]);

test.each([
  ...SPECS.map(({ name, file }) => [name, file, 100] as const),
  ...DOCUMENTS.flatMap(({ name, file }) => {
    const runs = PUBLIC.get(name);
    return runs === undefined ? [] : [[name, file, runs] as const];
  }),
])(
  'input and output of each validator of %s have its type',
  async (name, file, runs) => {
    const expanded = expandDocument(await bundleSpec(await loadSpec(file)));
    const api = buildApi(expanded, 'other');
    const made = valuesModule(api, await modules.load(api), runs);
    const folder = mkdtempSync(join(tmpdir(), 'countersign-literals-'));
    folders.push(folder);
    const said = checkPackages(folder, { [name]: [...emitTypes(api), ...emitValidators(api), made.file] });
    expect(said.slice(0, 20)).toEqual([]);
    // A comparison of only rejections would prove nothing.
    expect(made.accepted).toBeGreaterThan(runs);
  },
  600_000,
);

/** Small documents for which other generators create wrong types. */
const CASES = new URL('../fixtures/cases/', import.meta.url).pathname;

test('input and output of each validator of a small unusual document have its type', async () => {
  const packages: { [name: string]: readonly File[] } = {};
  const without: string[] = [];
  for (const file of readdirSync(CASES)) {
    const expanded = expandDocument(await bundleSpec(await loadSpec(join(CASES, file))));
    const api = buildApi(expanded, 'other');
    const made = valuesModule(api, await modules.load(api), 60);
    packages[parse(file).name] = [...emitTypes(api), ...emitValidators(api), made.file];
    without.push(...made.without.map((name) => `${file} ${name}`));
  }
  const folder = mkdtempSync(join(tmpdir(), 'countersign-literals-'));
  folders.push(folder);
  expect(checkPackages(folder, packages)).toEqual([]);
  expect(Object.keys(packages).length).toBeGreaterThan(10);
  expect(without).toEqual([]);
}, 600_000);
