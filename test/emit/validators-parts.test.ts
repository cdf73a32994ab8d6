import { afterAll, describe, expect, it } from 'vitest';
import { emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import type { Json } from './change-anywhere.ts';
import { compare, modelOf, removeFolder } from './recalled-files.ts';

afterAll(removeFolder);

const list = (name: string) => ({
  get: {
    operationId: `list${name}`,
    summary: `List ${name}`,
    parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
    responses: {
      200: {
        description: 'OK',
        content: { 'application/json': { schema: { type: 'array', items: { $ref: `#/components/schemas/${name}` } } } },
      },
    },
  },
});
const pointsTo = (...names: readonly string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name.toLowerCase(), { $ref: `#/components/schemas/${name}` }])),
});

/** `Shop` leads to `Pet` and `Owner`, `Owner` to `Pet`; `Pet` and `Room` lead to none. */
const DOCUMENT: Json = {
  openapi: '3.1.1',
  info: { title: 'Shop', version: '1' },
  paths: Object.fromEntries(['Pet', 'Owner', 'Shop', 'Room'].map((name) => [`/${name}`, list(name)])),
  components: {
    schemas: {
      Pet: {
        type: 'object',
        properties: { name: { type: 'string', maxLength: 20 }, tags: { items: { enum: [1, 2] } } },
      },
      Owner: pointsTo('Pet'),
      Shop: pointsTo('Pet', 'Owner'),
      Room: { type: 'object', required: ['size'], properties: { size: { type: 'number' } } },
    },
  },
};

const TEXT = JSON.stringify(DOCUMENT);
const ALL = ['Pet', 'Owner', 'Shop', 'Room'];

/** Which texts were made, and which validators they are. */
async function madeAfter(document: Json, store: Map<string, string>): Promise<readonly string[]> {
  const made: string[] = [];
  emitValidators(await modelOf(document), {}, (kind, from, make) => {
    const key = `${kind} ${from}`;
    const text = store.get(key) ?? make();
    const name = /(?:export )?const (\w+)/.exec(text)?.[1];
    // Lists of all operations are laid out as a whole.
    if (!store.has(key) && kind !== 'layout' && name !== undefined) made.push(name);
    store.set(key, text);
    return text;
  });
  return made.sort();
}

const operations = (...names: readonly string[]) => names.map((name) => `list${name}Validators`);

describe('after a change, only the validators that depend on it are made', () => {
  it.each<[what: string, from: string | RegExp, to: string, made: readonly string[]]>([
    ['nothing', '', '', []],
    ['a description of the API', '"version":"1"', '"version":"2","description":"A shop"', []],
    ['a summary', 'List Owner', 'All owners', operations('Owner')],
    [
      'a schema to which three lead',
      '"maxLength":20',
      '"maxLength":30',
      ['Pet', 'Owner', 'Shop', ...operations('Pet', 'Owner', 'Shop')],
    ],
    [
      'a schema to which none leads',
      '"size":{"type":"number"}',
      '"size":{"type":"integer"}',
      ['Room', ...operations('Room')],
    ],
    [
      'a new first component',
      '"schemas":{',
      '"schemas":{"First":{"type":"object","properties":{"a":{"type":"null"}}},',
      ['First'],
    ],
    [
      'a new first path',
      '"paths":{',
      `"paths":{"/rooms":${JSON.stringify(list('Room')).replace('listRoom', 'listRooms')},`,
      operations('Rooms'),
    ],
    ['a renamed component', /\bRoom"/g, 'Hall"', ['Hall', ...operations('Room')]],
  ])('%s', async (_, from, to, made) => {
    const store = new Map<string, string>();
    expect(await madeAfter(DOCUMENT, store)).toEqual([...ALL, ...operations(...ALL)].sort());
    expect(await madeAfter(JSON.parse(TEXT.replace(from, to)) as Json, store)).toEqual([...made].sort());
  });
});

it('a new schema renames no function of another', async () => {
  const names = async (document: Json) => {
    const [file] = emitValidators(await modelOf(document));
    return new Set([...(file?.text ?? '').matchAll(/^(?:function|const) (\$\w+)/gm)].map(([, name]) => name));
  };
  const first = '"schemas":{"First":{"type":"object","properties":{"a":{"items":{"enum":[1,2,3,4]}}}},';
  const before = await names(DOCUMENT);
  const after = await names(JSON.parse(TEXT.replace('"schemas":{', first)) as Json);
  expect(before.size).toBeGreaterThan(8);
  expect([...before].filter((name) => !after.has(name))).toEqual([]);
});

describe('two functions with the same name by their content', () => {
  // The names of these two patterns are equal, which is one of 2^39 cases.
  const [one, other] = ['^a510497$', '^a1555542$'];
  const withPatterns = (...patterns: readonly (string | undefined)[]): Json => {
    const schemas = patterns.map((pattern, index) => [`S${index}`, { type: 'object', properties: { a: { pattern } } }]);
    return { ...DOCUMENT, paths: {}, components: { schemas: Object.fromEntries(schemas) } } as Json;
  };

  it('have different names in the module', async () => {
    const [file] = emitValidators(await modelOf(withPatterns(one, other)));
    const named = [...(file?.text ?? '').matchAll(/const (\$[\w$]+) = .*RegExp\('(.*?)'/g)];
    expect(named.map(([, name, pattern]) => [name, pattern])).toEqual([
      ['$65Vj3VY', one],
      ['$65Vj3VY_', other],
    ]);
  });

  it.each<[what: string, before: readonly string[], after: readonly string[]]>([
    ['the second is added', [one], [one, other]],
    ['the second becomes the first', [one], [other, one]],
    ['they change places', [one, other], [other, one]],
    ['the first is removed', [one, other], [other]],
    ['the second is removed', [one, other], [one]],
  ])('are not confused after a change: %s', async (what, before, after) => {
    await compare(withPatterns(...before), what);
    await compare(withPatterns(...after), what);
    await compare(withPatterns(...before), what);
  });
});

/** A component of which a request omits a property, and which only a response contains. */
const ACCOUNT = '"Account":{"properties":{"id":{"type":"integer","readOnly":true}}}';
const nested = (depth: number): string =>
  depth === 0 ? '{"type":"null"}' : `{"type":"object","properties":{"a":${nested(depth - 1)}}}`;

describe('what decides the text of a schema elsewhere in the document', () => {
  it.each<[what: string, from: string, to: string]>([
    [
      'an operation that sends it in a request',
      '"/Owner":{',
      '"/Owner":{"put":{"operationId":"put","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Account"}}}},"responses":{"204":{"description":"OK"}}},',
    ],
    [
      'a schema that rejects what it does not evaluate',
      '"Room":{',
      '"Room":{"unevaluatedProperties":false,"$ref":"#/components/schemas/Account",',
    ],
    ['a schema that extends it', '"Room":{', '"Room":{"allOf":[{"$ref":"#/components/schemas/Account"}],'],
    ['a reference into it', '"Room":{', '"Room":{"$ref":"#/components/schemas/Account/properties/id",'],
    ['a second component with its name in TypeScript', '"Account":{', '"account":{"type":"null"},"Account":{'],
    ['a schema that is nested too deeply', '"Room":{"type":"object",', `"Room":{"not":${nested(12)},`],
    [
      'an alternative with a discriminator',
      '"Room":{',
      '"Room":{"oneOf":[{"$ref":"#/components/schemas/Account"},{"$ref":"#/components/schemas/Pet"}],"discriminator":{"propertyName":"name"},',
    ],
    ['a default of minus zero', '"size":{"type":"number","default":0}', '"size":{"type":"number","default":-0}'],
  ])('%s', async (what, from, to) => {
    const before = TEXT.replace('"Room":{', `${ACCOUNT},"Room":{`).replace(
      '"size":{"type":"number"}',
      '"size":{"type":"number","default":0}',
    );
    const withUse = before.replace(
      '"items":{"$ref":"#/components/schemas/Owner"}',
      '"items":{"$ref":"#/components/schemas/Account"}',
    );
    for (const text of [withUse, withUse.replace(from, to), withUse]) {
      expect(text === withUse || text.includes(to)).toBe(true);
      await compare(JSON.parse(text) as Json, what);
    }
  });
});
