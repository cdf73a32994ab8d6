import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { printTypes } from '../../scripts/emit/types/emit-types.ts';
import type { Engine, Placed } from '../../scripts/emit/types/engine/engine.ts';
import { fullEngine } from '../../scripts/emit/types/engine/full-engine.ts';
import { lightEngine } from '../../scripts/emit/types/engine/light-engine.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api } from '../../scripts/model/types.ts';
import { DOCUMENTS } from '../real/documents.ts';
import { isDeep } from '../run/deep.ts';
import { apiOf } from '../validators/fixture.ts';

const root = join(import.meta.dirname, '../..');
const light = (placed: Placed): Engine => {
  if (lightEngine === undefined) throw new Error('The light engine was not loaded.');
  return lightEngine(placed);
};

/** The lines that differ, as pairs of the light and the full engine. */
function differences(api: Api): readonly (readonly [string | undefined, string | undefined])[] {
  const [ours, theirs] = [light, fullEngine].map((engine) => printTypes(api, engine).split('\n'));
  const count = Math.max(ours?.length ?? 0, theirs?.length ?? 0);
  const pairs = Array.from({ length: count }, (_, line) => [ours?.[line], theirs?.[line]] as const);
  return pairs.filter(([one, other]) => one !== other).slice(0, 10);
}

const read = async (file: string): Promise<Api> =>
  buildApi(expandDocument(await bundleSpec(await loadSpec(file))), 'provider');

/** Strings that a comment, a literal or a placeholder could interpret. */
const NAMES = [
  'plain',
  'two words',
  '__proto__',
  'a"b',
  "a'b",
  'a*/b',
  'a\nb',
  '€ ünïcode \u202e',
  '404',
  '-1',
  'a/b~c',
  'countersign-text-0',
  '"countersign-type-0"',
  'countersign-querystring',
];

const text = (name: string) => ({ schema: { type: 'string' }, description: `${name}\n    indented\n\n* listed`, name });
const named = <Value>(make: (name: string) => Value): { readonly [name: string]: Value } =>
  Object.fromEntries(NAMES.map((name) => [name, make(name)]));

const operation = (name: string) => ({
  operationId: name,
  summary: name,
  description: `${name} */\r\n     five spaces`,
  deprecated: true,
  parameters: ['query', 'header', 'cookie'].flatMap((place) =>
    NAMES.map((each) => ({ ...text(each), in: place, required: each.length > 5 })),
  ),
  requestBody: { description: name, content: named((each) => ({ schema: { enum: [each] }, example: { each } })) },
  responses: {
    200: { description: name, headers: named(text), content: named((each) => ({ schema: { const: each } })) },
    '4XX': { $ref: '#/components/responses/plain' },
    default: { description: '' },
  },
});

const HOSTILE = apiOf(
  named((name) => ({ title: name, description: name, default: name, example: [name], properties: named(() => true) })),
  {
    openapi: '3.2.0',
    paths: {
      ...Object.fromEntries(NAMES.map((name) => [`/${name}`, { parameters: [text('shared')], get: operation(name) }])),
      '/whole': {
        query: {
          operationId: 'whole',
          parameters: [{ in: 'querystring', name: 'q', description: 'q', content: { 'a/b': { schema: {} } } }],
          responses: { 200: { $ref: '#/components/responses/two words' } },
        },
      },
      '/empty': {},
    },
    components: {
      responses: named((name) => ({ description: name })),
      parameters: named((name) => ({ ...text(name), in: 'query' })),
      headers: named((name) => ({ ...text(name), deprecated: true, example: name })),
      requestBodies: named((name) => ({ description: name, content: {} })),
      schemas: {
        Both: { properties: { read: { readOnly: true }, write: { writeOnly: true } } },
        List: { type: 'array', items: { $ref: '#/components/schemas/List' } },
      },
    },
  },
);

describe('the light engine prints the types that the package typescript prints', () => {
  it.each(globSync('specs/*/openapi.yaml', { cwd: root }))('of %s', async (file) => {
    expect(differences(await read(join(root, file)))).toEqual([]);
  });

  it.each(DOCUMENTS.filter(({ name }) => isDeep || name !== 'github'))('of $name: $has', async ({ file }) => {
    expect(differences(await read(file))).toEqual([]);
  });

  it.each([
    ['names that code or a comment could interpret', HOSTILE],
    ['a document without operations', apiOf({ A: {} })],
    ['a document without components', apiOf({}, { paths: { '/': {} }, components: undefined })],
    ['an empty document', apiOf({})],
  ])('of %s', (_, api) => {
    expect(differences(api)).toEqual([]);
  });
});

it('another user of openapi-typescript gets it with the package typescript', async () => {
  const { astToString, default: generate } = await import('openapi-typescript');
  const document = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: {},
    components: { schemas: { A: { type: 'string' } } },
  });
  expect(astToString(await generate(document))).toContain('A: string;');
});
