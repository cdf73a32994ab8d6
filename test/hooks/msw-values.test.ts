import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { http } from 'msw';
import { setupServer as setupServerOf2 } from 'msw/node';
import { setupServer as setupServerOf3 } from 'msw-3/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createValidators } from '../../runtime/mock/validators.ts';
import { emitMsw } from '../../scripts/emit/msw/emit-msw.ts';
import { emitOperations } from '../../scripts/emit/operations/emit-operations.ts';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { apiOf } from '../validators/fixture.ts';

/** Responses without an example: [operation, media type, schema, first bytes that a text begins with]. */
const ROWS: readonly (readonly [id: string, mediaType: string, schema: object | boolean, text?: RegExp])[] = [
  ['required', 'application/json', { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } }],
  ['pattern', 'application/json', { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' }],
  ['distinct', 'application/json', { type: 'array', minItems: 3, uniqueItems: true, items: { enum: ['a', 'b', 'c'] } }],
  [
    'nullable',
    'application/json',
    { type: 'object', required: ['a'], properties: { a: { type: ['string', 'null'] } } },
  ],
  ['closed', 'application/json', { type: 'object', additionalProperties: false }],
  ['constant', 'application/json', { const: { a: [1, null] } }],
  ['either', 'application/json', { $ref: '#/components/schemas/Pet' }],
  ['tree', 'application/json', { $ref: '#/components/schemas/Node' }],
  ['fraction', 'application/json', { type: 'number', exclusiveMinimum: 0.1, maximum: 0.4, multipleOf: 0.1 }],
  [
    'problem',
    'application/problem+json',
    { type: 'object', required: ['title'], properties: { title: { type: 'string' } } },
  ],
  ['anything', 'application/json', true],
  [
    'secretive',
    'application/json',
    { type: 'object', required: ['p'], properties: { p: { type: 'string', writeOnly: true } } },
  ],
  ['plain', 'text/plain', { type: 'string', minLength: 12 }, /^[^"{]{12}/],
  ['csv', 'text/csv', { type: 'string' }, /^[^"{]/],
  ['html', 'text/html', { type: 'string' }, /^[^"{]/],
  ['events', 'text/event-stream', { type: 'string' }, /^data: /],
  [
    'xml',
    'application/xml',
    { type: 'object', xml: { name: 'row' }, required: ['a'], properties: { a: { type: 'string' } } },
    /^<(\?xml|row)/,
  ],
  ['bytes', 'application/octet-stream', { type: 'string', format: 'binary' }, /./s],
  ['pdf', 'application/pdf', { type: 'string', format: 'binary' }, /./s],
  [
    'lines',
    'application/jsonl',
    { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
    /^\{"n":-?\d+\}\n/,
  ],
];

const schemas = {
  Pet: {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: { propertyName: 'kind' },
  },
  Cat: {
    type: 'object',
    required: ['kind', 'lives'],
    properties: { kind: { const: 'Cat' }, lives: { type: 'integer', minimum: 1, maximum: 9 } },
  },
  Dog: { type: 'object', required: ['kind'], properties: { kind: { const: 'Dog' } } },
  Node: {
    type: 'object',
    required: ['children'],
    properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Node' } } },
  },
};
const paths = Object.fromEntries(
  ROWS.map(([id, mediaType, schema]) => [
    `/${id}`,
    { get: { operationId: id, responses: { 200: { description: 'Done.', content: { [mediaType]: { schema } } } } } },
  ]),
);
/** Operations whose paths match the same requests. */
const OVERLAPPING = [
  ['/customers/{id}', 'getCustomer'],
  ['/orders', 'listOrders'],
  ['/customers/{id}/orders', 'listOrdersOf'],
  ['/customers/me', 'getMe'],
  ['/files/{name}.txt', 'getText'],
  ['/files/{name}', 'getFile'],
] as const;
for (const [path, operationId] of OVERLAPPING) {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const schema = { type: 'object', required: ['of'], properties: { of: { const: operationId } } };
  const content = { 'application/json': { schema } };
  Object.assign(paths, {
    [path]: { get: { operationId, parameters, responses: { 200: { description: 'Done.', content } } } },
  });
}
/** The status under which the success is declared. */
const DECLARED = ['2XX', 'default'] as const;
for (const status of DECLARED) {
  const operationId = `under${status}`;
  const content = { 'application/json': { schema: { type: 'integer' }, example: 7 } };
  const headers = { 'X-Total': { required: true, schema: { const: 3 } }, 'Content-Length': { required: true } };
  Object.assign(paths, {
    [`/${operationId}`]: {
      get: {
        operationId,
        responses: { 404: { description: 'None.' }, [status]: { description: 'Done.', headers, content } },
      },
    },
  });
}
const api = apiOf(schemas, { paths });
const validators = createValidators(api.document, 'response');

type Handler = ReturnType<typeof http.get>;
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

describe.each([
  ['MSW 2', 'msw', setupServerOf2],
  ['MSW 3', 'msw-3', setupServerOf3 as unknown as typeof setupServerOf2],
] as const)('%s', (_, installed, setupServer) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-msw-values-'));
  const server = setupServer();
  let made: Readonly<Record<string, (value?: unknown) => Handler>>;
  let all: readonly Handler[];
  beforeAll(async () => {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(modules, installed), join(folder, 'node_modules/msw'));
    symlinkSync(join(modules, '@countersign'), join(folder, 'node_modules/@countersign'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const { path, text } of [...(await emitMsw(api)), ...emitTypes(api), ...emitOperations(api)])
      writeFileSync(join(folder, path), text);
    const module = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'src/msw.ts')).href);
    made = module;
    const name = Object.keys(module).find((key) => /^get\w+Handlers$/.test(key)) ?? '';
    all = module[name]();
    server.listen({ onUnhandledRequest: 'error' });
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const handlerOf = (id: string, value?: unknown): Handler => {
    const make = made[`get${id.charAt(0).toUpperCase()}${id.slice(1)}MockHandler`];
    if (make === undefined) throw new Error(`There is no handler of ${id}.`);
    return value === undefined ? make() : make(value);
  };

  describe('a handler without an example returns a value of the schema, in the media type', () => {
    const cases = ROWS.map(([id, mediaType, , text]) => [id, mediaType, text] as const);
    it.each(cases)('%s as %s', async (id, mediaType, text) => {
      server.use(handlerOf(id));
      const response = await fetch(`https://any.example/v1/${id}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, mediaType]);
      const body = await response.text();
      if (text !== undefined) return expect(body).toMatch(text);
      const pointer =
        api.operations.find(({ identifier }) => identifier === id)?.responses[0]?.content[0]?.pointer ?? '';
      expect(await validators.at(pointer)['~standard'].validate(JSON.parse(body))).not.toHaveProperty('issues');
    });
  });

  it.each(DECLARED)('a success declared under %s is sent as 200, with its required headers', async (status) => {
    server.use(...all);
    const response = await fetch(`https://any.example/under${status}`);
    expect([response.status, await response.json()]).toEqual([200, 7]);
    expect(response.headers.get('x-total')).toBe('3');
    expect(response.headers.get('content-length')).toBeNull();
  });

  describe('a handler sends a value of the test', () => {
    const bytes = new Uint8Array([1, 0, 255]);
    const stream = (text: string): ReadableStream => new Blob([text]).stream();
    it.each([
      ['required', { n: 7 }, '{"n":7}'],
      ['plain', 'hello "you"', 'hello "you"'],
      ['csv', 'a,b\n', 'a,b\n'],
      ['html', '<p>x</p>', '<p>x</p>'],
      ['events', 'data: a\n\ndata: b\n\n', 'data: a\n\ndata: b\n\n'],
      ['events', stream('data: c\n\n'), 'data: c\n\n'],
      ['xml', '<row><a>1</a></row>', '<row><a>1</a></row>'],
      ['bytes', bytes, bytes],
      ['bytes', bytes.buffer, bytes],
      ['pdf', new Blob([bytes]), bytes],
      ['pdf', stream('%PDF'), '%PDF'],
    ])('%s: %s', async (id, value, want) => {
      server.use(handlerOf(id, value));
      const response = await fetch(`https://any.example/${id}`);
      expect(response.headers.get('content-type')).toBe(ROWS.find(([name]) => name === id)?.[1]);
      const body = new Uint8Array(await response.arrayBuffer());
      expect(body).toEqual(typeof want === 'string' ? new TextEncoder().encode(want) : want);
    });
  });

  describe('all handlers together return the response of the matching operation', () => {
    it.each([
      ['/orders', 'listOrders'],
      ['/v1/orders', 'listOrders'],
      ['/customers/7', 'getCustomer'],
      ['/customers/me', 'getMe'],
      ['/customers/7/orders', 'listOrdersOf'],
      ['/customers/orders', 'getCustomer'],
      ['/api/v2/customers/me', 'getMe'],
      ['/files/a.txt', 'getText'],
    ])('GET %s', async (path, operation) => {
      server.use(...all);
      const response = await fetch(`https://any.example${path}`);
      expect(await response.json()).toEqual({ of: operation });
    });
  });
});
