import { BaseResolver, type Document, getTypes, normalizeTypes, resolveDocument, Source } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { lintConfig } from '../../scripts/lint/config.ts';
import { resolvePlainRefs } from '../../scripts/lint/lint-document.ts';

const components = {
  schemas: {
    Dog: { type: 'object' },
    'a/b~c': { type: 'string' },
    Alias: { $ref: '#/components/schemas/Dog' },
    'x y': { type: 'integer' },
    List: { oneOf: [{ type: 'null' }, { type: 'string' }] },
    Yes: true,
  },
};

type Row = readonly [about: string, ref: string, given: 'as Redocly resolves it' | 'left to Redocly'];

const rows: readonly Row[] = [
  ['a component', '#/components/schemas/Dog', 'as Redocly resolves it'],
  ['an escaped name', '#/components/schemas/a~1b~0c', 'as Redocly resolves it'],
  ['an item of a list', '#/components/schemas/List/oneOf/1', 'as Redocly resolves it'],
  ['a boolean', '#/components/schemas/Yes', 'as Redocly resolves it'],
  ['an encoded name', '#/components/schemas/x%20y', 'left to Redocly'],
  ['a reference to a reference', '#/components/schemas/Alias', 'left to Redocly'],
  ['a path through a reference', '#/components/schemas/Alias/type', 'left to Redocly'],
  ['nothing', '#/components/schemas/Cat', 'left to Redocly'],
  ['an anchor', '#dog', 'left to Redocly'],
  ['the whole document', '#/', 'left to Redocly'],
  ['another file', 'other.yaml#/components/schemas/Dog', 'left to Redocly'],
];

describe('references that are resolved without Redocly', () => {
  test.each(rows)('%s: %s', async (_about, ref, given) => {
    const document = { source: new Source('/api/openapi.yaml', ''), parsed: documentWith(ref) } as Document;
    const resolved = resolvePlainRefs([ref], document);
    if (given === 'left to Redocly') expect(resolved).toBeUndefined();
    else expect(resolved).toEqual(await resolvedByRedocly(document));
  });
});

const documentWith = (ref: string) => ({
  openapi: '3.1.1',
  info: { title: 'Dogs', version: '1' },
  paths: { '/': { get: { responses: { 200: { description: '', content: { a: { schema: { $ref: ref } } } } } } } },
  components: { schemas: { Dog: components.schemas.Dog, ...without(components.schemas, ref) } },
});

/** Without the alias, unless it is the target: Redocly would resolve it as well. */
function without(schemas: typeof components.schemas, ref: string): object {
  const { Alias, ...rest } = schemas;
  return ref.includes('Alias') ? { ...rest, Alias } : rest;
}

async function resolvedByRedocly(rootDocument: Document) {
  const config = await lintConfig('form');
  const types = normalizeTypes(config.extendTypes(getTypes('oas3_1'), 'oas3_1'), config);
  if (types.Root === undefined) throw new Error('Redocly has no type of the root');
  return resolveDocument({ rootDocument, rootType: types.Root, externalRefResolver: new BaseResolver() });
}
