import type { OperationValidators, Validator } from '@countersign/runtime/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiOf } from './fixture.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

const user = {
  type: 'object',
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string' },
    password: { type: 'string', writeOnly: true },
  },
  required: ['id', 'name', 'password'],
  additionalProperties: false,
};
const json = (schema: unknown) => ({ 'application/json': { schema } });
const paths = {
  '/users/{id}': {
    put: {
      operationId: 'put-user',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'limit', in: 'query', schema: { type: 'integer', default: 20 } },
        { name: 'constructor', in: 'query', schema: { type: 'string' } },
        { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string', minLength: 2 } },
        { name: 'Session', in: 'cookie', schema: { type: 'string' } },
      ],
      requestBody: { required: true, content: json({ $ref: '#/components/schemas/User' }) },
      responses: {
        200: { description: 'ok', content: json({ $ref: '#/components/schemas/Answer' }) },
        '4XX': { description: 'no', content: json({ type: 'string' }) },
        204: { description: 'nothing' },
      },
    },
    post: {
      operationId: 'upload',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      requestBody: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
      responses: { 200: { description: 'ok' } },
    },
  },
};

let put: OperationValidators = { responses: {} };
let upload: OperationValidators = { responses: {} };
let names: readonly string[] = [];
beforeAll(async () => {
  const schemas = {
    User: user,
    Answer: { type: 'object', properties: { users: { type: 'array', items: { $ref: '#/components/schemas/User' } } } },
  };
  const module = await modules.load(apiOf(schemas, { components: { schemas }, paths }));
  names = Object.keys(module);
  put = module.validators['put-user'] as OperationValidators;
  upload = module.validators.upload as OperationValidators;
});

async function run(validator: Validator | undefined, input: unknown): Promise<unknown> {
  const result = await validator?.['~standard'].validate(input);
  if (result === undefined) throw new Error('no validator');
  return result.issues === undefined
    ? { value: result.value }
    : result.issues.map(({ path, message }) => `${path?.join('.')}: ${message}`);
}

describe('the validators of an operation', () => {
  test('are exported by name and by operationId', () => {
    expect(names).toEqual(
      expect.arrayContaining(['User', 'UserRequest', 'UserResponse', 'Answer', 'putUserValidators', 'validators']),
    );
    const parts = ['path', 'query', 'headers', 'cookies', 'body', 'responses', 'digits', 'withoutHidden'];
    expect(Object.keys(put)).toEqual(parts);
    expect(Object.keys(put.responses).sort()).toEqual(['200', '204', '4XX']);
  });

  const cases: readonly (readonly [
    name: string,
    part: (of: OperationValidators) => Validator | undefined,
    input: unknown,
    want: unknown,
  ])[] = [
    ['path', (of) => of.path, { id: 3 }, { value: { id: 3 } }],
    ['path, invalid', (of) => of.path, { id: 'x' }, ['id: Invalid input: expected int, received string']],
    ['query with its default', (of) => of.query, {}, { value: { limit: 20 } }],
    [
      'query with an inherited name',
      (of) => of.query,
      { constructor: 'x' },
      { value: { limit: 20, constructor: 'x' } },
    ],
    ['headers by their declared names', (of) => of.headers, { 'X-Trace': 'ab' }, { value: { 'X-Trace': 'ab' } }],
    ['headers, missing', (of) => of.headers, {}, ['X-Trace: Invalid input: expected string, received undefined']],
    ['cookies', (of) => of.cookies, { Session: 'x' }, { value: { Session: 'x' } }],
    ['other responses', (of) => of.responses['4XX']?.['application/json'], 'no', { value: 'no' }],
  ];
  test.each(cases)('%s', async (_, part, input, want) => {
    expect(await run(part(put), input)).toEqual(want);
  });

  test('a file can be bytes', async () => {
    const file = upload.body?.['application/octet-stream'];
    const bytes = new Uint8Array([1, 2]);
    expect(await run(file, bytes)).toEqual({ value: bytes });
    expect(await run(file, 5)).toEqual([': Invalid input: expected a file']);
  });
});

describe('readOnly and writeOnly', () => {
  const whole = { id: 1, name: 'a', password: 'secret' };
  test('a request ignores and omits readOnly properties', async () => {
    const body = put.body?.['application/json'];
    expect(await run(body, whole)).toEqual({ value: { name: 'a', password: 'secret' } });
    expect(await run(body, { id: 'not even valid', name: 'a', password: 'secret' })).toEqual({
      value: { name: 'a', password: 'secret' },
    });
    expect(await run(body, { id: 1, name: 'a' })).toEqual([
      'password: Invalid input: expected string, received undefined',
    ]);
  });
  const read = { type: 'integer', readOnly: true };
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const parts = {
    Base: { type: 'object', properties: { id: read, name: { type: 'string' } } },
    Strict: { ...{ type: 'object', properties: { id: { type: 'integer' } } }, required: ['id'] },
    A: { type: 'object', properties: { k: { const: 'a' }, id: read }, required: ['k', 'id'] },
    B: { type: 'object', properties: { k: { const: 'b' } }, required: ['k'] },
    NewUser: { allOf: [ref('Base')], required: ['id', 'name'] },
  };
  const marked: readonly (readonly [name: string, schema: unknown, right: object, wrong: object])[] = [
    ['required beside allOf', parts.NewUser, { name: 'x' }, { id: 1 }],
    ['required in a part', { allOf: [ref('Base'), { required: ['id', 'name'] }] }, { name: 'x' }, { id: 1 }],
    ['required beside $ref', { ...ref('Base'), required: ['id', 'name'] }, { name: 'x' }, { id: 1 }],
    [
      'required in one part, readOnly in the other',
      {
        allOf: [
          { type: 'object', properties: { id: read } },
          { type: 'object', properties: { a: {} }, required: ['a', 'id'] },
        ],
      },
      { a: 1 },
      {},
    ],
    [
      'declared in both parts',
      {
        allOf: [
          { properties: { id: read } },
          { type: 'object', properties: { id: { type: 'integer' }, a: {} }, required: ['a', 'id'] },
        ],
      },
      { a: 1 },
      {},
    ],
    [
      'required by a named part, readOnly beside it',
      { allOf: [ref('Strict'), { properties: { id: read, a: {} }, required: ['a'] }] },
      { a: 1 },
      {},
    ],
    [
      'required by a named part that zod cannot express, readOnly beside it',
      { allOf: [ref('Strict'), { properties: { id: read } }], minProperties: 1 },
      { a: 1 },
      {},
    ],
    ['readOnly in an alternative', { oneOf: [ref('A'), ref('B')] }, { k: 'a' }, { k: 'c' }],
  ];
  test.each(marked)(
    '%s: no request requires readOnly properties, and no response writeOnly ones',
    async (_, schema, right, wrong) => {
      const document = {
        components: { schemas: parts },
        paths: {
          '/': {
            post: {
              operationId: 'create',
              requestBody: { required: true, content: json(schema) },
              responses: { 200: { description: 'ok', content: json(schema) } },
            },
          },
        },
      };
      const load = async (text: string) =>
        (await modules.load(apiOf({}, JSON.parse(text)))).validators.create as OperationValidators;
      const requests = (await load(JSON.stringify(document))).body?.['application/json'];
      const answers = (await load(JSON.stringify(document).replaceAll('readOnly', 'writeOnly'))).responses['200']?.[
        'application/json'
      ];
      for (const validator of [requests, answers]) {
        expect(await run(validator, right)).toEqual({ value: right });
        expect(await run(validator, { ...right, id: 1 })).toEqual({ value: right });
        expect(await run(validator, wrong)).toBeInstanceOf(Array);
      }
    },
  );
  test('a response omits writeOnly properties at any depth', async () => {
    const answer = put.responses['200']?.['application/json'];
    expect(await run(answer, { users: [whole] })).toEqual({ value: { users: [{ id: 1, name: 'a' }] } });
    expect(await run(answer, { users: [{ name: 'a' }] })).toEqual([
      'users.0.id: Invalid input: expected int, received undefined',
    ]);
  });
});
