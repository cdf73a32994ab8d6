import type { HandlerResult, StatusAndHeaders } from '@countersign/runtime/contract';
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { media, streaming } from '../../runtime/client/index.ts';
import type { OperationDescriptor, OperationValidators } from '../../runtime/contract/index.ts';
import { createServer } from '../../runtime/server/index.ts';
import { type HeaderShape, integer, responseHeaders } from '../../runtime/validators/index.ts';
import { clientOf } from './client/fixtures.ts';
import { serve, type TestServer } from './client/serve.ts';
import { api, envelope, operation } from './server/support.ts';

let upstream: TestServer | undefined;
afterEach(() => upstream?.close());

const text: HeaderShape['shape'] = { kind: 'primitive', types: ['string'] };
const number: HeaderShape['shape'] = { kind: 'primitive', types: ['integer'] };
const pair: HeaderShape['shape'] = { kind: 'object', properties: { min: number, max: number } };

const headers = {
  '200': responseHeaders(
    {
      'X-Count': { shape: number },
      'X-On': { shape: { kind: 'primitive', types: ['boolean'] } },
      'X-Tags': { shape: { kind: 'array', items: text } },
      'X-Ids': { shape: { kind: 'array', items: number } },
      'X-Range': { shape: pair },
      'X-Spread': { shape: pair, explode: true },
      'X-Json': { shape: { kind: 'any' }, json: true },
      'Set-Cookie': { shape: { kind: 'array', items: text } },
    },
    z.object({
      'X-Count': integer(),
      'X-On': z.boolean().optional(),
      'X-Tags': z.array(z.string()).optional(),
      'X-Ids': z.array(integer()).optional(),
      'X-Range': z.object({ min: integer(), max: integer() }).optional(),
      'X-Spread': z.object({ min: integer(), max: integer() }).optional(),
      'X-Json': z.object({ a: z.int() }).optional(),
      'Set-Cookie': z.array(z.string()).optional(),
    }),
  ),
};

/** Values, and their text in the header. */
const TABLE: readonly (readonly [name: string, value: unknown, wire: string])[] = [
  ['X-On', true, 'true'],
  ['X-On', false, 'false'],
  ['X-Tags', ['a', 'b'], 'a, b'],
  ['X-Tags', ['only'], 'only'],
  ['X-Ids', [1, 2, 3], '1, 2, 3'],
  ['X-Range', { min: 1, max: 2 }, 'min,1,max,2'],
  ['X-Spread', { min: 1, max: 2 }, 'min=1,max=2'],
  ['X-Json', { a: 1 }, '{"a":1}'],
  ['X-Count', 0, '0'],
];

const content = ['application/json', 'text/plain', 'application/octet-stream', 'application/jsonl'];
const described: Partial<OperationDescriptor> = {
  responses: [
    { status: '200', content, requiredHeaders: ['X-Count'] },
    { status: '404', content: ['application/json'], requiredHeaders: ['X-Why'] },
  ],
  codes: [404],
};
const validators: OperationValidators = { responses: {}, responseHeaders: headers };

describe('a client', () => {
  const start = async (sent: Record<string, string | string[]>, type = 'application/json', body = '{}') => {
    upstream = await serve((_, response) => {
      response.writeHead(200, { 'content-type': type, ...sent }).end(body);
    });
    const options = { baseUrl: upstream.url, logger: {} };
    return clientOf(described, options, { validator: validators, features: [streaming, media] });
  };

  test.each(TABLE)('parses %s as %j', async (name, value, wire) => {
    const client = await start({ 'x-count': '7', [name.toLowerCase()]: wire });
    const result = await client.op().withResponse();
    expect([result.status, result.issues]).toEqual([200, []]);
    expect(result.headers).toEqual({ 'X-Count': 7, [name]: value });
  });

  test('keeps every cookie separate', async () => {
    const client = await start({ 'x-count': '1', 'set-cookie': ['a=1, x', 'b=2'] });
    expect((await client.op().withResponse()).headers).toEqual({ 'X-Count': 1, 'Set-Cookie': ['a=1, x', 'b=2'] });
  });

  test.each([
    ['application/json', '{}'],
    ['text/plain', 'text'],
    ['application/octet-stream', 'bytes'],
    ['application/jsonl', '{}\n'],
  ])('reports a required header that is missing beside %s', async (type, body) => {
    const client = await start({}, type, body);
    const { issues } = await client.op().withResponse();
    expect(issues?.map(({ pointer }) => pointer)).toEqual(['/headers/X-Count']);
  });

  test.each([
    ['X-Count', 'many'],
    ['X-Count', '9007199254740993'],
    ['X-On', 'yes'],
    ['X-Ids', '1, x'],
    ['X-Range', 'min,1'],
    ['X-Json', '{'],
  ])('reports %s: %s', async (name, wire) => {
    const client = await start({ 'x-count': '1', [name.toLowerCase()]: wire });
    const { issues } = await client.op().withResponse();
    expect(issues?.[0]?.pointer).toContain(`/headers/${name}`);
  });
});

describe('a client that receives an error', () => {
  const start = async (answers: 'throw' | 'warn' | 'off', sent: Record<string, string>, body: string, status = 404) => {
    upstream = await serve((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...sent }).end(body);
    });
    const failures = {
      responses: { 404: { 'application/json': z.object({ code: z.string() }) } },
      responseHeaders: {
        404: responseHeaders(
          { 'X-Why': { shape: text }, 'X-Left': { shape: number } },
          z.object({ 'X-Why': z.string(), 'X-Left': integer().optional() }),
        ),
      },
    };
    const options = { baseUrl: upstream.url, logger: {}, validation: { responses: answers } };
    const client = clientOf(described, options, { validator: failures, features: [streaming, media] });
    const { error, issues } = await client.op().withResponse();
    return [error?.kind, issues?.map(({ pointer }) => pointer)];
  };
  const right = '{"code":"gone"}';

  test.each<['throw' | 'warn' | 'off', Record<string, string>, string, number, readonly string[]]>([
    ['warn', { 'x-why': 'x' }, right, 404, []],
    ['warn', {}, right, 404, ['/headers/X-Why']],
    ['throw', {}, right, 404, ['/headers/X-Why']],
    ['off', {}, right, 404, []],
    ['warn', { 'x-why': 'x', 'x-left': 'many' }, right, 404, ['/headers/X-Left']],
    ['warn', { 'x-why': 'x' }, '{"code":1}', 404, ['/code']],
    ['warn', {}, '{}', 404, ['/headers/X-Why', '/code']],
    ['warn', { 'x-why': 'x' }, 'no JSON', 404, []],
    ['warn', {}, '{}', 418, []],
  ])(
    'validation.responses %s, %j, %s, HTTP %i: the error stays, issues %j',
    async (mode, sent, body, status, issues) => {
      expect(await start(mode, sent, body, status)).toEqual(['api', issues]);
    },
  );
});

describe('a server', () => {
  const serverOf = (answer: object, validation: 'throw' | 'off' = 'throw') =>
    createServer(
      {
        api: api({ envelope: { ...envelope, errors: { 404: { name: 'NotFound', retry: false } } } }),
        operations: { op: operation({ id: 'op', path: '/op', ...described }) },
        validators: { op: validators },
        signers: {},
      },
      { handlers: { op: () => answer as never }, validation: { responses: validation }, logger: {} },
    );
  const ask = (answer: object, validation?: 'throw' | 'off') =>
    serverOf(answer, validation).fetch(new Request('http://test.local/op'));

  test.each(TABLE)('writes %s from %j', async (name, value, wire) => {
    const response = await ask({ data: {}, headers: { 'X-Count': 7, [name]: value } });
    expect([response.status, response.headers.get(name)]).toEqual([200, wire]);
  });

  test.each(TABLE)('accepts %s %j as its text, in any case', async (name, _, wire) => {
    const response = await ask({ data: {}, headers: { 'x-count': '7', [name.toLowerCase()]: wire } });
    expect([response.status, response.headers.get(name)]).toEqual([200, wire]);
  });

  test.each([
    [{ data: {} }],
    [{ data: 'text', headers: { 'content-type': 'text/plain' } }],
    [{ status: 200, body: {} }],
    [{ data: {}, headers: { 'X-Count': 'many' } }],
    [{ data: {}, headers: { 'X-Count': 1, 'X-Ids': ['x'] } }],
    [{ error: { code: 404 } }],
    [{ status: 404, body: {} }],
  ])('rejects %j as a value to send', async (answer) => {
    expect((await ask(answer)).status).toBe(500);
    expect((await ask(answer, 'off')).status).not.toBe(500);
  });

  test('sends an error response with its required header', async () => {
    const response = await ask({ error: { code: 404 }, headers: { 'X-Why': 'gone' } });
    expect([response.status, response.headers.get('x-why')]).toEqual([404, 'gone']);
  });
});

test('types', () => {
  type Op = {
    responses: {
      200: { headers: { 'X-Count': number; [name: string]: unknown }; content: { 'application/json': string } };
      404: { headers: { [name: string]: unknown }; content: { 'application/json': string } };
    };
  };
  type Found = Extract<StatusAndHeaders<Op>, { status: 200 }>['headers'];
  expectTypeOf<Found>().toEqualTypeOf<{ readonly 'X-Count': number }>();
  type Response<Headers> = { headers: Headers & { [name: string]: unknown }; content: { 'application/json': string } };
  type Ranges = {
    responses: {
      200: Response<{ 'X-Count': number }>;
      409: Response<{ 'Retry-After'?: number }>;
      '4XX': Response<{ 'X-Why': string }>;
      default: Response<{ 'X-Other': boolean }>;
    };
  };
  type FoundAt<Status> = Extract<StatusAndHeaders<Ranges>, { status: Status }>;
  type HeadersAt<Status> = FoundAt<Status> extends { headers: infer Headers } ? Headers : never;
  expectTypeOf<HeadersAt<200>['X-Count']>().toEqualTypeOf<number>();
  expectTypeOf<HeadersAt<409>['Retry-After']>().toEqualTypeOf<number | undefined>();
  const read = (answered: StatusAndHeaders<Ranges>) => {
    if (answered.status === 200) expectTypeOf(answered.headers['X-Count']).toEqualTypeOf<number>();
    if (answered.status === 404) expectTypeOf(answered.headers['X-Why']).toEqualTypeOf<string>();
    if (answered.status === 500) expectTypeOf(answered.headers['X-Other']).toEqualTypeOf<boolean>();
    // @ts-expect-error a status with its own key is not in the range
    if (answered.status === 409) void answered.headers['X-Why'];
  };
  expectTypeOf(read).toBeFunction();
  type Given = HandlerResult<Op, { code: 'status' }, never>;
  expectTypeOf<{ data: string; headers: { 'X-Count': 5; 'x-other': 'a' } }>().toExtend<Given>();
  expectTypeOf<{ data: string; headers: { 'X-Count': boolean } }>().not.toExtend<Given>();
});
