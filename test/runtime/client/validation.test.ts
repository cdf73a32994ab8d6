import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isValidationError, type ValidationMode } from '../../../runtime/client/index.ts';
import type { OperationValidators } from '../../../runtime/contract/index.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const body = { required: true, content: ['application/json'] } as const;
const validator: OperationValidators = {
  query: z.object({ limit: z.number().optional() }),
  body: {
    'application/json': z.object({ name: z.string(), 'a/b~c': z.array(z.object({ n: z.int() })).optional() }),
  },
  responses: { 200: { 'application/json': z.object({ coin: z.number() }) } },
};

/** A client that records its warnings. */
async function start(answer: unknown) {
  server = await serve((_, response) => json(response, answer));
  const warnings: [string, Readonly<Record<string, unknown>>][] = [];
  const logger = {
    warn: (event: string, fields: Readonly<Record<string, unknown>>) => void warnings.push([event, fields]),
  };
  const client = clientOf({ method: 'POST', body }, { baseUrl: server.url, logger }, { validator });
  return { client, warnings };
}

const bad = { body: { name: 7, 'a/b~c': [{ n: 1 }, { n: 'hunter2-not-shown' }] } };

describe('input', () => {
  test('that is invalid is not sent, and the error has its location without the value', async () => {
    const { client } = await start({ coin: 1 });
    const { error } = await client.op(bad);
    expect(server.received.length).toBe(0);
    expect(isValidationError(error) && [error.of, error.attempts, error.issues]).toEqual([
      'input',
      0,
      [
        { pointer: '/body/name', type: 'number', message: expect.any(String) },
        { pointer: '/body/a~1b~0c/1/n', type: 'string', message: expect.any(String) },
      ],
    ]);
    expect(error?.message).toContain('/body/a~1b~0c/1/n: expected number, received string');
    expect(JSON.stringify(error) + error?.message + error?.stack).not.toContain('hunter2');
  });

  test.each<[object, string, string]>([
    [{}, '/body', 'undefined'],
    [{ body: null }, '/body', 'null'],
    [{ body: [] }, '/body', 'array'],
    [{ body: { name: 'a' }, query: { limit: '3' } }, '/query/limit', 'string'],
  ])('%j: %s is %s', async (input, pointer, type) => {
    const { client } = await start({ coin: 1 });
    const { error } = await client.op(input);
    expect(isValidationError(error) && error.issues[0]).toMatchObject({ pointer, type });
  });

  test.each<[ValidationMode, number, number]>([
    ['throw', 0, 0],
    ['warn', 1, 1],
    ['off', 1, 0],
  ])('mode %s: %i sent, %i warnings', async (input, sent, warned) => {
    const { client, warnings } = await start({ coin: 1 });
    const { error } = await client.op(bad, { validation: { input } });
    expect([server.received.length, warnings.length, error === undefined]).toEqual([sent, warned, input !== 'throw']);
    if (warned) expect(warnings[0]?.[0]).toBe('countersign.input');
  });
});

describe('responses', () => {
  const input = { body: { name: 'a' } };

  test('that are invalid cause a warning by default, and are returned unchanged', async () => {
    const { client, warnings } = await start({ coin: 'secret-coin' });
    const { data, issues } = await client.op(input).withResponse();
    expect(data).toEqual({ coin: 'secret-coin' });
    expect(issues).toEqual([{ pointer: '/coin', type: 'string', message: expect.any(String) }]);
    expect(warnings).toEqual([['countersign.response', expect.objectContaining({ operation: 'op', issues })]]);
    expect(JSON.stringify(warnings)).not.toContain('secret-coin');
  });

  test('cause one warning for each location, not for each call', async () => {
    const { client, warnings } = await start({ coin: 'x' });
    await client.op(input);
    await client.op(input);
    expect(warnings.length).toBe(1);
  });

  test.each<[ValidationMode, string | undefined, number]>([
    ['throw', 'validation', 0],
    ['warn', undefined, 1],
    ['off', undefined, 0],
  ])('mode %s', async (answers, kind, warned) => {
    const { client, warnings } = await start({ coin: null });
    const { error } = await client.op(input, { validation: { responses: answers } });
    expect([error?.kind, warnings.length]).toEqual([kind, warned]);
  });

  test('are validated by the schema of the status, of its class, or the default', async () => {
    const responses = [
      { status: '2XX', content: ['application/json'] },
      { status: 'default', content: ['application/json'] },
    ];
    const checks = { responses: { '2XX': { 'application/json': z.object({ a: z.number() }) } } };
    server = await serve((_, response) => json(response, { a: 'x' }, 201));
    const options = { baseUrl: server.url, validation: { responses: 'throw' } } as const;
    const { error } = await clientOf({ responses }, options, { validator: checks }).op();
    expect(isValidationError(error) && error.issues[0]?.pointer).toBe('/a');
  });
});

test('a validator may be asynchronous', async () => {
  server = await serve((_, response) => json(response, { coin: 1 }));
  const slow = z.object({ name: z.string() }).refine(async ({ name }) => name !== 'taken', 'taken');
  const checks = { body: { 'application/json': slow }, responses: {} };
  const client = clientOf({ method: 'POST', body }, { baseUrl: server.url }, { validator: checks });
  expect((await client.op({ body: { name: 'free' } })).error).toBeUndefined();
  expect((await client.op({ body: { name: 'taken' } })).error?.kind).toBe('validation');
  expect(server.received.length).toBe(1);
});
