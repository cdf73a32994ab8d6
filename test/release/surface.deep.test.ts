import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareSurface } from '../../scripts/commands/diff/compare-surface.ts';
import { repository } from '../build/make-workspace.ts';

const BASE = `//#region ../runtime/client.d.ts
declare const BRAND: unique symbol;
export interface Options { readonly retries?: number; readonly base: string }
export declare class CallFailed extends Error { readonly [BRAND]: true; #private; readonly code: number }
export declare function open(options: Options): { readonly state: 'open' | 'closed'; close(): void };
//#endregion
//#region src/client.d.ts
export interface Item<T> { readonly id: T }
export declare function createShopClient(options?: Options): { list(): Item<string>[] };
//#endregion
export {};
`;

let folder: string;
beforeAll(async () => {
  await mkdir(join(repository, 'node_modules/.cache'), { recursive: true });
  folder = await mkdtemp(join(repository, 'node_modules/.cache/surface-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ENTRIES = [{ entry: '.', module: 'index' }];
let count = 0;
const write = async (text: string) => {
  count += 1;
  const path = join(folder, String(count));
  await mkdir(path);
  await writeFile(join(path, 'index.d.ts'), text);
  return { folder: path, entries: ENTRIES };
};

describe('the exported TypeScript surface', () => {
  it.each([
    ['is unchanged', '', '', []],
    [
      'loses a name',
      'export interface Item<T> { readonly id: T }',
      'interface Item<T> { readonly id: T }',
      ['major `Item` is no longer exported'],
    ],
    [
      'gains a name',
      'export interface Item',
      'export type Id = string;\nexport interface Item',
      ['patch `Id` is exported'],
    ],
    [
      'changes a type to a value',
      'export interface Item<T> { readonly id: T }',
      'export declare const Item: string;\ninterface Item<T> { readonly id: T }',
      ['major `Item` is a value, no longer a type'],
    ],
    ['adds a type parameter', 'Item<T> {', 'Item<T, U = T> {', ['major `Item` has different type parameters']],
    ['adds an optional option', 'readonly base: string', 'readonly base: string; readonly log?: boolean', []],
    [
      'adds a required option',
      'readonly base: string',
      'readonly base: string; readonly log: boolean',
      ['major `open` has a type that is incompatible with existing programs'],
    ],
    [
      'returns another value',
      "'open' | 'closed'",
      "'open' | 'closed' | 'lost'",
      ['major `open` has a type that is incompatible with existing programs'],
    ],
    ['returns another property', 'close(): void', 'close(): void; flush(): void', []],
    [
      'loses a property of a class',
      '; readonly code: number',
      '',
      ['major `CallFailed` has a type that is incompatible with existing programs'],
    ],
    [
      'differs only by the contract, which is compared elsewhere',
      'list(): Item<string>[]',
      'find(): Item<string>[]',
      [],
    ],
  ])('%s', async (_, from, to, want) => {
    const [before, after] = [await write(BASE), await write(BASE.replace(from, to))];
    const changes = await compareSurface({ before, after }, repository);
    expect(changes.map(({ bump, text }) => `${bump} ${text}`)).toEqual(want);
  });

  it('loses and gains entry points', async () => {
    const before = await write(BASE);
    const changes = await compareSurface(
      { before, after: { ...before, entries: [{ entry: './client', module: 'index' }] } },
      repository,
    );
    expect(changes.map(({ bump, text }) => `${bump} ${text}`)).toEqual([
      'major The entry point `.` was removed',
      'minor The entry point `./client` is new',
    ]);
  });
});
