import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isValidationError } from '../../runtime/client/index.ts';
import type { ParameterDescriptor } from '../../runtime/contract/index.ts';
import { createServer } from '../../runtime/server/index.ts';
import { integer, lostDigits } from '../../runtime/validators/index.ts';
import { clientOf } from './client/fixtures.ts';
import { serve, type TestServer } from './client/serve.ts';
import { api, operation } from './server/support.ts';

let upstream: TestServer | undefined;
afterEach(() => upstream?.close());

/** Every place where a number can stand: typed, in a union, nested, and without a type. */
const schema = z.looseObject({
  id: integer().optional(),
  price: z.number().optional(),
  rows: z.array(z.looseObject({ id: integer() })).optional(),
  choice: z
    .union([z.object({ kind: z.literal('a'), n: integer() }), z.object({ kind: z.literal('b'), n: z.number() })])
    .optional(),
  text: z.union([z.number(), z.string()]).optional(),
  metadata: z.looseObject({}).optional(),
});

const TABLE: readonly (readonly [body: string, at: readonly string[]])[] = [
  ['{"id":9007199254740991}', []],
  ['{"id":9007199254740992}', []],
  ['{"id":9007199254740993}', ['/id']],
  ['{"id":-9007199254740993}', ['/id']],
  ['{"id":12345678901234567890}', ['/id']],
  ['{"id":9007199254740993.0}', ['/id']],
  ['{"id":1e22}', []],
  // Numbers that JavaScript writes with the same digits.
  ['{"id":1e23}', []],
  ['{"id":123456789012345680000}', []],
  ['{"id":1.00000000000000000001}', ['/id']],
  ['{"price":9007199254740993}', []],
  ['{"price":0.12345678901234567890}', []],
  ['{"price":1e400}', ['/price']],
  ['{"rows":[{"id":1},{"id":9007199254740993}]}', ['/rows/1/id']],
  ['{"rows":[{"id":9007199254740993},{"id":1,"x/y":[9007199254740993]}]}', ['/rows/0/id', '/rows/1/x~1y/0']],
  ['{"choice":{"kind":"a","n":9007199254740993}}', ['/choice/n']],
  ['{"choice":{"kind":"b","n":9007199254740993}}', []],
  ['{"text":9007199254740993}', []],
  ['{"text":"9007199254740993, \\"9007199254740993\\""}', []],
  ['{"metadata":{"a":{"b":[0,9007199254740993]}}}', ['/metadata/a/b/1']],
  ['{"metadata":{"a":1e400}}', ['/metadata/a']],
  ['{"metadata":{"a":-1e400}}', ['/metadata/a']],
  ['{"metadata":{"a":0.1234567890123456789}}', []],
  ['{"9007199254740993":1}', []],
];

const json = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json' },
});

describe('a server', () => {
  const given: unknown[] = [];
  const content = ['application/json'];
  const put = operation({ id: 'put', method: 'POST', path: '/put', body: { required: true, content } });
  const rows = operation({
    id: 'rows',
    method: 'POST',
    path: '/rows',
    body: { required: true, content: ['application/jsonl'] },
  });
  const server = createServer(
    {
      api: api(),
      operations: { put, rows },
      validators: {
        put: { body: { 'application/json': schema }, responses: {} },
        rows: { body: { 'application/jsonl': schema }, responses: {} },
      },
      signers: {},
    },
    {
      handlers: {
        put: ({ body }: { body: unknown }) => ({ data: { at: given.push(body) } }),
        rows: async ({ body }: { body: AsyncIterable<unknown> }) => {
          for await (const row of body) given.push(row);
          return { data: {} };
        },
      },
    },
  );
  const ask = (path: string, init: RequestInit) => server.fetch(new Request(`http://test.local${path}`, init));

  test.each(TABLE)('accepts %s, except %j', async (body, at) => {
    const response = await ask('/put', json(body));
    expect(response.status).toBe(at.length === 0 ? 200 : 400);
    const text = await response.text();
    for (const place of at) expect(text).toContain(`${place}: Invalid `);
  });

  test('rejects a row of a stream whose digits would be lost', async () => {
    const init = { ...json('{"id":1}\n{"id":9007199254740993}\n'), headers: { 'content-type': 'application/jsonl' } };
    const response = await ask('/rows', init);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('/1/id: Invalid number')]);
  });

  test.each<[body: string, at: string | undefined]>([
    ['{"metadata":{"__proto__":{"admin":true}}}', '/metadata/__proto__'],
    ['{"metadata":{"\\u005f_proto__":1}}', '/metadata/__proto__'],
    ['{"metadata":{"a":[{"__proto__":1}]}}', undefined],
    ['{"__proto__":{"id":1}}', '/__proto__'],
    ['{"rows":[{"id":1,"__proto__":[]}]}', '/rows/0/__proto__'],
    ['{"metadata":{"constructor":1,"prototype":2,"toString":3}}', undefined],
    ['{"metadata":{"a":"__proto__"}}', undefined],
    ['{"text":"\\u005f_proto__"}', undefined],
    ['{"metadata":{"proto":1}}', undefined],
  ])('keeps %s, or reports the property name at %s', async (body, at) => {
    const response = await ask('/put', json(body));
    if (at === undefined) {
      expect(response.status).toBe(200);
      expect(JSON.stringify(given.at(-1))).toBe(JSON.stringify(JSON.parse(body)));
    } else {
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(`${at}: a property`)]);
    }
  });

  const parameter = (name: string, types: readonly ('integer' | 'number' | 'string')[]): ParameterDescriptor => ({
    name,
    in: 'query',
    required: false,
    style: 'form',
    explode: true,
    shape: { kind: 'primitive', types },
  });
  const find = operation({
    id: 'find',
    path: '/find',
    parameters: [
      parameter('id', ['integer']),
      parameter('any', ['integer', 'string']),
      parameter('price', ['number']),
      { ...parameter('filter', ['string']), content: 'application/json' },
    ],
  });
  const finding = createServer(
    {
      api: api(),
      operations: { find },
      validators: {
        find: {
          query: z.object({
            id: integer().optional(),
            any: z.union([integer(), z.string()]).optional(),
            price: z.number().optional(),
            filter: z.object({ id: integer() }).optional(),
          }),
          responses: {},
        },
      },
      signers: {},
    },
    { handlers: { find: ({ query }: { query: unknown }) => ({ data: query }) } },
  );

  test.each<[query: string, want: unknown]>([
    ['id=9007199254740991', { id: 9007199254740991 }],
    ['id=9007199254740992', { id: 9007199254740992 }],
    ['id=9007199254740993', 'query/id: Invalid number'],
    ['id=-9007199254740993', 'query/id: Invalid number'],
    ['id=18446744073709551615', 'query/id: Invalid number'],
    ['id=x', 'query/id: Invalid input: expected int, received string'],
    ['any=9007199254740993', { any: '9007199254740993' }],
    ['price=9007199254740993', { price: 9007199254740992 }],
    ['filter={"id":9007199254740993}', 'query/filter/id: Invalid number'],
    ['filter={"id":12}', { filter: { id: 12 } }],
  ])('parses ?%s as %j', async (query, want) => {
    const response = await finding.fetch(new Request(`http://test.local/find?${query}`));
    const body = await response.text();
    if (typeof want === 'string') expect([response.status, body]).toEqual([400, expect.stringContaining(want)]);
    else expect([response.status, JSON.parse(body)]).toEqual([200, want]);
  });
});

describe('a client', () => {
  const start = async (body: string, type = 'application/json') => {
    upstream = await serve((_, response) => {
      response.setHeader('content-type', type).end(body);
    });
    return upstream.url;
  };
  const validator = { responses: { 200: { 'application/json': schema } }, digits: lostDigits };

  test.each(TABLE)('receives %s, and reports issues at %j', async (body, at) => {
    const client = clientOf({}, { baseUrl: await start(body), logger: {} }, { validator });
    const { issues } = await client.op().withResponse();
    expect(issues?.map(({ pointer }) => pointer) ?? []).toEqual(at);
  });

  test.each<[mode: 'off' | 'warn' | 'throw', want: unknown]>([
    ['off', { issues: [] }],
    ['warn', { data: { id: 9007199254740992 }, issues: [{ pointer: '/id', type: 'number' }] }],
    ['throw', { error: { kind: 'validation', issues: [{ pointer: '/id' }] } }],
  ])('handles lost digits as the option validation %s says', async (answers, want) => {
    const baseUrl = await start('{"id":9007199254740993}');
    const client = clientOf({}, { baseUrl, logger: {}, validation: { responses: answers } }, { validator });
    const result = await client.op().withResponse();
    expect(result).toMatchObject(want as object);
    expect(isValidationError(result.error)).toBe(answers === 'throw');
  });
});
