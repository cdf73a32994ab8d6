import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bodies, streaming } from '../../../runtime/client/index.ts';
import type {
  OperationDescriptor,
  OperationValidators,
  ParameterDescriptor,
  ParameterShape,
} from '../../../runtime/contract/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { listen } from '../../../runtime/server/node.ts';
import { clientOf } from '../client/fixtures.ts';
import { api, operation } from '../server/support.ts';

type Handle = (input: unknown) => unknown;

/** Our own server receives what our own client sends: over HTTP, with the same descriptor and validators. */
async function exchange(
  given: Partial<OperationDescriptor>,
  validator: OperationValidators,
  input: object,
  handle?: Handle,
) {
  const descriptor = operation({ id: 'op', path: '/op', ...given });
  let received: unknown;
  const server = createServer(
    { api: api(), operations: { op: descriptor }, validators: { op: validator }, signers: {} },
    {
      handlers: {
        op: (got: unknown) => {
          received = got;
          return { data: handle ? handle(got) : {} } as never;
        },
      },
    },
  );
  const listening = await listen(server);
  try {
    const client = clientOf(descriptor, { baseUrl: listening.url }, { validator, features: [bodies, streaming] });
    const { data, error } = await client.op(input);
    const values: unknown[] = [];
    if (handle && !error) for await (const value of data as AsyncIterable<unknown>) values.push(value);
    return { received, error: error?.message, values };
  } finally {
    await listening.close();
  }
}

const primitive = (...types: ('string' | 'number' | 'integer' | 'boolean')[]): ParameterShape => ({
  kind: 'primitive',
  types,
});
const list = (items: ParameterShape): ParameterShape => ({ kind: 'array', items });
const object = (properties: Record<string, ParameterShape>): ParameterShape => ({ kind: 'object', properties });
const parameter = (
  place: ParameterDescriptor['in'],
  name: string,
  shape: ParameterShape,
  more: Partial<ParameterDescriptor> = {},
): ParameterDescriptor => ({ name, in: place, required: false, style: 'form', explode: false, shape, ...more });

describe('headers', () => {
  const parameters = [
    parameter('header', 'X-Request-Id', primitive('string'), { style: 'simple', required: true }),
    parameter('header', 'X-Count', primitive('integer'), { style: 'simple' }),
  ];
  const validator = {
    headers: z.object({ 'X-Request-Id': z.string(), 'X-Count': z.int().optional() }),
    responses: {},
  };

  test.each([
    { 'X-Request-Id': 'a', 'X-Count': 3 },
    { 'x-request-id': 'a', 'x-count': 3 },
    { 'X-REQUEST-ID': 'a', 'X-Count': 3 },
  ])('%j, in any case', async (headers) => {
    const { received, error } = await exchange({ parameters }, validator, { headers });
    expect(error).toBeUndefined();
    expect(received).toEqual({ headers: { 'X-Request-Id': 'a', 'X-Count': 3 } });
  });

  test('errors use the header names of the contract', async () => {
    const { error } = await exchange({ parameters }, validator, { headers: { 'x-count': 'many' } });
    expect(error).toMatch(/\/headers\/X-Request-Id.*\/headers\/X-Count/);
  });
});

test('nested deep objects', async () => {
  const shape = object({
    o: object({ x: primitive('number'), deeper: object({ y: primitive('string') }) }),
    l: list(primitive('boolean')),
    one: list(primitive('integer')),
    items: list(object({ z: primitive('integer') })),
    text: primitive('string'),
  });
  const deep = {
    o: { x: 1.5, deeper: { y: 'a&b]c' } },
    l: [true, false],
    one: [7],
    items: [{ z: 1 }, { z: 2 }],
    text: '1',
  };
  const validator = {
    query: z.object({
      deep: z.strictObject({
        o: z.strictObject({ x: z.number(), deeper: z.object({ y: z.string() }) }),
        l: z.array(z.boolean()),
        one: z.array(z.int()),
        items: z.array(z.object({ z: z.int() })),
        text: z.string(),
      }),
    }),
    responses: {},
  };
  const parameters = [parameter('query', 'deep', shape, { style: 'deepObject' })];
  const { received, error } = await exchange({ parameters }, validator, { query: { deep } });
  expect(error).toBeUndefined();
  expect(received).toEqual({ query: { deep } });
});

test('multipart data with objects, lists of them, and a file', async () => {
  const type = 'multipart/form-data';
  const shape = object({
    meta: object({ a: primitive('integer') }),
    metas: list(object({ z: primitive('integer') })),
    n: primitive('integer'),
    file: primitive('string'),
  });
  const validator = {
    body: {
      [type]: z.object({
        meta: z.object({ a: z.int() }),
        metas: z.array(z.object({ z: z.int() })),
        n: z.int(),
        file: z.instanceof(Blob),
      }),
    },
    responses: {},
  };
  const operation = { method: 'POST', body: { required: true, content: [type], shapes: { [type]: shape } } } as const;
  const file = new Blob(['{"b":1}'], { type: 'application/json' });
  const body = { meta: { a: 1 }, metas: [{ z: 1 }], n: 5, file };
  const { received, error } = await exchange(operation, validator, { body });
  expect(error).toBeUndefined();
  const got = (received as { body: typeof body }).body;
  expect([got.meta, got.metas, got.n, await got.file.text()]).toEqual([{ a: 1 }, [{ z: 1 }], 5, '{"b":1}']);
});

test('the error for an invalid JSON part names the part', async () => {
  const type = 'multipart/form-data';
  const shapes = { [type]: object({ meta: object({}) }) };
  const body = { [type]: z.object({ meta: z.object({}) }) };
  const server = createServer(
    {
      api: api(),
      operations: { op: operation({ id: 'op', method: 'POST', body: { required: true, content: [type], shapes } }) },
      validators: { op: { body, responses: {} } },
      signers: {},
    },
    { handlers: { op: () => ({ data: {} }) as never } },
  );
  const form = new FormData();
  form.append('meta', new Blob(['{broken'], { type: 'application/json' }));
  expect((await server.fetch(new Request('http://t/', { method: 'POST', body: form }))).status).toBe(400);
});

describe('JSON lines', () => {
  const items = [{ a: 'line\nbreak' }, 2, ['\u001e']];
  test.each(['application/jsonl', 'application/x-ndjson', 'application/json-lines', 'application/json-seq'])(
    '%s',
    async (type) => {
      const responses = [{ status: '200', content: [type] }];
      const { values, error } = await exchange({ responses }, { responses: {} }, {}, () => items);
      expect(error).toBeUndefined();
      expect(values).toEqual(items);
    },
  );
});
