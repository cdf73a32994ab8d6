import { describe, expect, it } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { emitByTools, emitCode, emitData } from '../../scripts/emit/index.ts';
import { emittedModel, modelDigest } from '../../scripts/emit/model-digest.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, ApiData, ExpandedDocument, File } from '../../scripts/model/types.ts';
import { DOCUMENTS } from '../real/documents.ts';

const root = new URL('../../', import.meta.url).pathname;
const LARGE = ['github', 'github-webhooks'];
const files: readonly (readonly [name: string, file: string])[] = [
  ...['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'].map(
    (name) => [name, `${root}specs/${name}/openapi.yaml`] as const,
  ),
  ...DOCUMENTS.filter(({ name }) => !LARGE.includes(name)).map(({ name, file }) => [name, file] as const),
];

async function modelOf(file: string): Promise<Api> {
  return buildApi(expandDocument(await bundleSpec(await loadSpec(file))), 'shop');
}

async function emit(api: ApiData): Promise<readonly File[]> {
  const emitted = [...(await emitCode(api)), ...(await emitData(api)), ...(await emitByTools(api))];
  return emitted.filter(({ path }) => path !== 'openapi.json');
}

it.each(files)('%s: emitters of code need nothing but the model that is digested', async (_, file) => {
  const api = await modelOf(file);
  expect(await emit(emittedModel(api) as ApiData)).toEqual(await emit(api));
});

describe('the digest', () => {
  const api = (): Promise<Api> => modelOf(`${root}specs/plattr/openapi.yaml`);
  const withDocument = (given: Api, change: Partial<ExpandedDocument>): Api => ({
    ...given,
    document: { ...given.document, ...change },
  });

  it.each<[what: string, change: (given: Api) => Api, isSame: boolean]>([
    [
      'another server',
      (given) => withDocument(given, { servers: [{ url: '/', 'x-cs-name': 'x' }, { url: '/a' }] } as never),
      false,
    ],
    ['the same document', (given) => ({ ...given }), true],
    ['other positions', (given) => ({ ...given, locate: () => ({ file: 'a', line: 1, column: 1 }) }), true],
    ['another description', (given) => ({ ...given, description: 'Another.' }), true],
    [
      'another description of the document',
      (given) => withDocument(given, { info: { ...given.document.info, description: 'x' } }),
      true,
    ],
    [
      'another description of a server',
      (given) =>
        withDocument(given, {
          servers: (given.document.servers as readonly object[]).map((server) => ({ ...server, description: 'x' })),
        } as never),
      true,
    ],
    [
      'another schema below `info`',
      (given) => withDocument(given, { info: { ...given.document.info, 'x-a': { type: 'string' } } as never }),
      false,
    ],
    ['another title', (given) => ({ ...given, descriptor: { ...given.descriptor, title: 'x' } }), false],
    ['another type of 64-bit integers', (given) => ({ ...given, int64: 'bigint' }), false],
    ['another order of components', (given) => ({ ...given, schemas: new Map([...given.schemas].reverse()) }), false],
    ['no operations', (given) => ({ ...given, operations: [] }), false],
  ])('%s', async (_, change, isSame) => {
    const given = await api();
    expect(modelDigest(change(given)) === modelDigest(given)).toBe(isSame);
  });
});
