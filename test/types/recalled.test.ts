import { describe, expect, it } from 'vitest';
import type { RecallPart } from '../../scripts/common/parts.ts';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { ApiData, ExpandedDocument } from '../../scripts/model/types.ts';

const to = (path: string) => ({ $ref: `#/components/${path}` });
const json = (schema: unknown) => ({ 'application/json': { schema } });
const ok = (schema: unknown) => ({ 200: { description: 'OK', content: json(schema) } });

const BASE = {
  openapi: '3.2.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/pets': {
      parameters: [to('parameters/Limit')],
      get: { operationId: 'listPets', responses: { ...ok(to('schemas/Pets')), 404: to('responses/None') } },
      query: { operationId: 'searchPets', requestBody: to('requestBodies/Search'), responses: ok(to('schemas/Pets')) },
    },
    '/pets/{id}': {
      put: {
        operationId: 'putPet',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: json(to('schemas/Pet')) },
        responses: ok(to('schemas/Owner')),
        callbacks: {
          changed: { '{$request.body#/url}': { post: { requestBody: { content: json(to('schemas/Tag')) } } } },
        },
      },
    },
    '/parts': {
      post: {
        operationId: 'sendParts',
        requestBody: { content: { 'multipart/mixed': { schema: to('schemas/Parts') } } },
        responses: { 200: { description: 'OK', headers: { 'X-Count': to('headers/Count') } } },
      },
    },
  },
  components: {
    parameters: { Limit: { name: 'limit', in: 'query', schema: to('schemas/Size') } },
    headers: { Count: { schema: { type: 'integer', format: 'int64' } } },
    responses: { None: { description: 'None', content: json(to('schemas/Tag')) } },
    requestBodies: { Search: { content: json(to('schemas/Owner')) } },
    schemas: {
      Size: { type: 'integer', maximum: 100 },
      Tag: { type: 'string', description: 'A word.' },
      Parts: { type: 'array', items: to('schemas/Tag') },
      Pet: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: 'pet' }, tag: to('schemas/Tag'), size: { type: 'integer', format: 'int64' } },
      },
      Dog: { allOf: [to('schemas/Pet'), { type: 'object', properties: { barks: { type: 'boolean' } } }] },
      Shop: { type: 'object', required: ['kind'], properties: { kind: { const: 'shop' } } },
      Pets: { type: 'array', items: to('schemas/Pet') },
      Same: to('schemas/Pet'),
      Tree: { anyOf: [{ type: 'array', items: to('schemas/Tree') }, { type: 'string' }] },
      Owner: {
        type: 'object',
        properties: {
          pets: { $ref: '#/components/schemas/Pets' },
          of: { oneOf: [to('schemas/Pet'), to('schemas/Shop')] },
          perhaps: { anyOf: [to('schemas/Pet'), { type: 'null' }] },
          barks: to('schemas/Dog/allOf/1/properties/barks'),
          tree: to('schemas/Tree'),
        },
      },
    },
  },
};

type Settings = Pick<ApiData, 'int64'>;
const modelOf = (text: string, settings: Settings = {}): ApiData => {
  const document = JSON.parse(text) as ExpandedDocument;
  const { locate: _, ...api } = buildApi({ document, locate: () => ({ file: 'a', line: 1, column: 1 }) }, 'shop');
  return { ...api, ...settings };
};

/** A store, and the kinds of the parts that were made since the last look. */
function createStore(): { readonly recall: RecallPart; readonly take: () => readonly string[] } {
  const parts = new Map<string, string>();
  const made: string[] = [];
  return {
    recall(kind, from, make, holds = () => true) {
      const key = `${kind}\0${from}`;
      const before = parts.get(key);
      if (before !== undefined && holds(before)) return before;
      const part = make();
      made.push(`${kind.split(' ')[0]} ${/^\[(?:"(?:schemas|requestSchemas|\w+s)",)?"([^"]*)"/.exec(from)?.[1]}`);
      parts.set(key, part);
      return part;
    },
    take: () => made.splice(0).sort(),
  };
}

const TEXT = JSON.stringify(BASE);
const NOTHING: readonly string[] = [];

/** The parts that are made after a change, whose types are compared with those that are made without a store. */
function madeAfter(text: string, settings?: Settings): readonly string[] {
  const { recall, take } = createStore();
  const textOf = (changed: string, given?: Settings, recalled?: RecallPart): string =>
    emitTypes(modelOf(changed, given), recalled)[0]?.text ?? '';
  expect(textOf(TEXT, {}, recall)).toBe(textOf(TEXT));
  take();
  expect(textOf(text, settings, recall)).toBe(textOf(text, settings));
  const made = take();
  expect(textOf(TEXT, {}, recall)).toBe(textOf(TEXT));
  return made;
}

type Change = readonly [what: string, from: string | RegExp, to: string];
const TAG = '"Tag":{"type":"string","description":"A word."}';
const PET = '"Pet":{"type":"object"';

describe('after a change, types with the parts of the run before are those of a run without', () => {
  it.each<Change>([
    ['a referenced schema becomes readOnly', TAG, '"Tag":{"type":"string","readOnly":true}'],
    ['a referenced schema becomes writeOnly', TAG, '"Tag":{"type":"string","writeOnly":true}'],
    [
      'a referenced schema becomes the name of a readOnly one',
      TAG,
      '"Tag":{"$ref":"#/components/schemas/Word"},"Word":{"readOnly":true}',
    ],
    ['a referenced schema becomes a file', TAG, '"Tag":{"type":"string","format":"binary"}'],
    ['a referenced schema becomes false', TAG, '"Tag":false'],
    [
      'a referenced schema becomes recursive',
      TAG,
      '"Tag":{"type":"array","items":{"$ref":"#/components/schemas/Tag"}}',
    ],
    [
      'two referenced schemas become recursive',
      TAG,
      '"Tag":{"type":"array","items":{"$ref":"#/components/schemas/Parts"}}',
    ],
    ['a recursive schema no longer is', /"Tree":\{.*?\{"type":"string"\}\]\}/, '"Tree":{"type":"string"}'],
    [
      'a second recursive schema with the same name in TypeScript',
      '"Tree":{',
      '"tree":{"type":"array","items":{"$ref":"#/components/schemas/tree"}},"Tree":{',
    ],
    [
      'a part of a composition requires more',
      '"required":["kind"],"properties":{"kind":{"const":"pet"}',
      '"required":["kind","barks"],"properties":{"kind":{"const":"pet"}',
    ],
    ['a part of a composition is closed', PET, '"Pet":{"additionalProperties":false,"type":"object"'],
    [
      'a part of a composition omits a property in requests',
      '"kind":{"const":"pet"}',
      '"kind":{"const":"pet","readOnly":true}',
    ],
    ['a part of a composition becomes nullable', PET, '"Pet":{"type":["object","null"]'],
    ['an alternative requires no constant', '"kind":{"const":"shop"}', '"kind":{"type":"string"}'],
    ['a discriminator', '"of":{', '"of":{"discriminator":{"propertyName":"kind","mapping":{"p":"Pet","s":"Shop"}},'],
    ['an extended schema', PET, '"Pet":{"discriminator":{"propertyName":"kind"},"type":"object"'],
    ['a schema that extends another', '"Dog":{', '"Cat":{"allOf":[{"$ref":"#/components/schemas/Pet"}]},"Dog":{'],
    ['an alias gets a keyword', '"Same":{', '"Same":{"minProperties":1,'],
    ['a reference beside another keyword', '"tag":{', '"tag":{"nullable":true,'],
    [
      'a reference to a nested schema',
      '"tag":{"$ref":"#/components/schemas/Tag"}',
      '"tag":{"$ref":"#/components/schemas/Shop/properties/kind"}',
    ],
    [
      'no reference to a nested schema',
      '#/components/schemas/Dog/allOf/1/properties/barks',
      '#/components/schemas/Shop',
    ],
    ['an identifier', TAG, '"Tag":{"$id":"https://example.com/tag","$defs":{"a":{"$anchor":"a"}},"$ref":"#a"}'],
    ['an anchor', '"Shop":{', '"Shop":{"$anchor":"shop",'],
    ['a title', TAG, '"Tag":{"type":"string","title":"Word"}'],
    ['a component is renamed', /\bTag\b/g, 'Label'],
    ['a component changes its place', /("Tag":\{.*?\}),("Parts":\{.*?\}\})/, '$2,$1'],
    ['a parameter becomes required', '"name":"limit",', '"name":"limit","required":true,'],
    ['a parameter moves to a header', '"name":"limit","in":"query"', '"name":"limit","in":"header"'],
    ['a parameter becomes an ignored header', '"name":"limit","in":"query"', '"name":"accept","in":"header"'],
    ['a parameter becomes the whole query', '"name":"limit","in":"query"', '"name":"limit","in":"querystring"'],
    [
      'a parameter gets a content',
      '"in":"query","schema":',
      '"in":"query","content":{"application/json":{"schema":{"type":"null"}}},"x-was":',
    ],
    ['a list of parts becomes an object', '"Parts":{"type":"array"', '"Parts":{"type":"object"'],
    ['an older version', '"3.2.0"', '"3.1.0"'],
    ['a webhook instead of a path', '"/parts":{', '"/parts":{"x-cs-webhook":{},'],
    ['a callback', '"changed":{', '"other":{"$ref":"#/paths/~1parts"},"changed":{'],
    ['an operation is renamed', 'putPet', 'changePet'],
    ['two operations of the same name', '"operationId":"putPet"', '"operationId":"listPets"'],
    ['a response component', '"None":{"description":"None"', '"None":{"description":"Nothing"'],
  ])('%s', (_, from, replaced) => {
    const text = TEXT.replace(from, replaced);
    expect(text).not.toBe(TEXT);
    madeAfter(text);
  });

  it.each<[what: string, settings: Settings]>([
    ['bigint', { int64: 'bigint' }],
    ['strings', { int64: 'string' }],
  ])('64-bit integers as %s', (_, settings) => void madeAfter(TEXT, settings));

  it('a constant of 0 becomes -0', () => {
    const { recall } = createStore();
    const textOf = (constant: string, recalled?: RecallPart): string => {
      const text = TEXT.replace('"const":"shop"', `"const":${constant}`);
      return emitTypes(modelOf(text), recalled)[0]?.text ?? '';
    };
    for (const constant of ['0', '-0', '0']) expect(textOf(constant, recall)).toBe(textOf(constant));
  });
});

describe('after a change, only what depends on it is made', () => {
  it.each<[...Change, want: readonly string[]]>([
    ['nothing', '', '', NOTHING],
    ['the description of the API', '"title":"Shop"', '"title":"Shop","description":"All"', NOTHING],
    ['a summary', '"operationId":"putPet"', '"operationId":"putPet","summary":"Change"', ['path /pets/{id}']],
    ['a new path', '"/parts":{', '"/new":{"get":{"operationId":"n","responses":{}}},"/parts":{', ['path /new']],
    ['a limit of a referenced schema', '"maximum":100', '"maximum":200', ['definition Size']],
    [
      'a property of a referenced schema',
      '"size":{',
      '"more":{"type":"string"},"size":{',
      ['definition Dog', 'definition Pet', 'definition Same'],
    ],
    ['a description that properties show', 'A word.', 'A name.', ['definition Pet', 'definition Tag']],
    ['a new schema', '"Size":{', '"New":{"type":"string"},"Size":{', ['definition New']],
    [
      'the description of a parameter',
      '"name":"limit",',
      '"name":"limit","description":"Most",',
      ['component Limit', 'path /pets'],
    ],
    ['the order of components', /("Tag":\{.*?\}),("Parts":\{.*?\}\})/, '$2,$1', NOTHING],
  ])('%s', (_, from, replaced, want) => {
    expect(madeAfter(TEXT.replace(from, replaced))).toEqual(want);
  });
});
