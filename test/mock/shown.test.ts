import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerOf } from './provider-of.ts';
import { type Started, startGateway } from './support.ts';

const made = { type: 'object', required: ['made'], properties: { made: { const: true } } };

/** Examples as the document writes them, and the body of the response. */
const EXAMPLES: readonly (readonly [kind: string, media: object, want: string])[] = [
  ['the media type', { example: { a: 1 } }, '{"a":1}'],
  ['null', { schema: { type: ['object', 'null'] }, example: null }, 'null'],
  ['null by name', { examples: { one: { value: null } } }, 'null'],
  ['null in 3.2', { examples: { one: { dataValue: null } } }, 'null'],
  ['false', { example: false }, 'false'],
  ['an empty text', { example: '' }, '""'],
  ['a component', { examples: { one: { $ref: '#/components/examples/E' } } }, '{"hello":1}'],
  ['a component of a component', { examples: { one: { $ref: '#/components/examples/F' } } }, '{"hello":1}'],
  ['the first of several', { examples: { b: { value: 2 }, a: { value: 1 } } }, '2'],
  // OpenAPI 3.1.1, section 4.8.19: a value is data.
  ['data that is a reference', { example: { $ref: '#/components/examples/E' } }, '{"$ref":"#/components/examples/E"}'],
  [
    'data with a reference to nothing',
    { example: { $ref: '#/components/examples/No' } },
    '{"$ref":"#/components/examples/No"}',
  ],
  ['data that refers to itself', { example: { a: { $ref: '#' } } }, '{"a":{"$ref":"#"}}'],
  ['data that refers to a file', { examples: { one: { value: { $ref: './x.json' } } } }, '{"$ref":"./x.json"}'],
  ['another document', { schema: made, examples: { one: { externalValue: 'http://127.0.0.1:9/x' } } }, '{"made":true}'],
];

const text = { type: 'string' };
const object = { type: 'object', required: ['a', 'b'], properties: { a: { const: 1 }, b: { const: 'x' } } };

/** Headers as the document writes them, and as they are sent (OpenAPI 3.1.1, section 4.8.21: style `simple`). */
const HEADERS: readonly (readonly [kind: string, header: object, want: string | null])[] = [
  ['a text', { schema: text, example: 'shown' }, 'shown'],
  ['the first of several', { schema: text, examples: { b: { value: 'B' }, a: { value: 'A' } } }, 'B'],
  ['of a component', { schema: text, examples: { one: { $ref: '#/components/examples/H' } } }, 'named'],
  ['a component', { $ref: '#/components/headers/H' }, 'component'],
  ['false', { schema: { type: 'boolean' }, example: false }, 'false'],
  ['0', { schema: { type: 'integer' }, example: 0 }, '0'],
  ['null', { schema: { type: ['string', 'null'] }, example: null }, null],
  ['a list', { schema: { type: 'array', items: text }, example: ['a', 'b'] }, 'a,b'],
  ['a generated list', { schema: { const: ['x', 'y'], type: 'array', items: text } }, 'x,y'],
  ['an object', { schema: object, example: { a: 1, b: 'x' } }, 'a,1,b,x'],
  ['an object, exploded', { explode: true, schema: object, example: { a: 1, b: 'x' } }, 'a=1,b=x'],
  ['a generated object', { schema: object }, 'a,1,b,x'],
  ['JSON', { content: { 'application/json': { schema: object, example: { a: 1, b: 'x' } } } }, '{"a":1,"b":"x"}'],
  ['JSON, made', { content: { 'application/json': { schema: object } } }, '{"a":1,"b":"x"}'],
  ['a line break', { schema: text, example: 'a\r\nX-Evil: 1' }, 'a%0D%0AX-Evil: 1'],
  ['a letter beyond bytes', { schema: text, example: '☃' }, '%E2%98%83'],
  [
    'data that is a reference',
    { schema: object, example: { $ref: '#/components/examples/E' } },
    '$ref,#/components/examples/E',
  ],
];

const responses = (content: object, headers: object = {}) => ({ 200: { description: 'Fine.', headers, content } });
const json = (media: object) => ({ 'application/json': { schema: {}, ...media } });

const DOCUMENT = {
  openapi: '3.2.0',
  info: { title: 'Shown', version: '1' },
  paths: Object.fromEntries([
    ...EXAMPLES.map(([, media], i) => [
      `/body/${i}`,
      { get: { operationId: `b${i}`, responses: responses(json(media)) } },
    ]),
    ...HEADERS.map(([, header], i) => [
      `/header/${i}`,
      { get: { operationId: `h${i}`, responses: responses(json({ example: 1 }), { 'X-It': header }) } },
    ]),
  ]),
  components: {
    examples: {
      E: { value: { hello: 1 } },
      F: { $ref: '#/components/examples/E' },
      H: { value: 'named' },
    },
    headers: { H: { schema: text, example: 'component' } },
  },
};

let mock: Started;
beforeAll(async () => {
  const provider = await providerOf(DOCUMENT, 'shown');
  mock = await startGateway({ verify: false, providers: [{ name: 'shown', load: async () => provider }] });
});
afterAll(() => mock.close());

const ask = async (path: string) => {
  const response = await fetch(`${mock.url}/shown${path}`);
  return { status: response.status, body: await response.text(), headers: response.headers };
};

describe('an example', () => {
  it.each(EXAMPLES.map(([kind, , want], i) => ({ kind, want, i })))('$kind is sent as $want', async ({ want, i }) => {
    expect(await ask(`/body/${i}`)).toMatchObject({ status: 200, body: want });
  });
});

describe('a header', () => {
  it.each(HEADERS.map(([kind, , want], i) => ({ kind, want, i })))('$kind is sent as $want', async ({ want, i }) => {
    const { status, headers } = await ask(`/header/${i}`);
    expect({ status, it: headers.get('x-it') }).toEqual({ status: 200, it: want });
  });
});
