import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { isAbortError, isConfigurationError, isValidationError } from '../../../runtime/client/index.ts';
import type { OperationValidators } from '../../../runtime/contract/index.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

type All = { readonly op: OperationValidators };
const op: OperationValidators = {
  query: z.object({ limit: z.number().optional() }),
  responses: { 200: { 'application/json': z.object({ coin: z.number() }) } },
};

/** A client whose validators come from a function, like those of a generated client. */
async function start(load: () => Promise<All>, answer: unknown = { coin: 1 }) {
  server = await serve((_, response) => json(response, answer));
  const validators = vi.fn(load);
  const client = clientOf({}, { baseUrl: server.url, logger: {} }, { validators });
  return { client, validators };
}

test('are loaded by the first call only, and validate it', async () => {
  const { client, validators } = await start(async () => ({ op }));
  expect(validators).not.toHaveBeenCalled();
  for (const limit of ['3', '4']) {
    const { error } = await client.op({ query: { limit } });
    expect(isValidationError(error) && error.issues[0]).toMatchObject({ pointer: '/query/limit', type: 'string' });
  }
  expect((await client.op({ query: { limit: 3 } })).data).toEqual({ coin: 1 });
  expect([validators.mock.calls.length, server.received.length]).toEqual([1, 1]);
});

test('validate the response of the first call', async () => {
  const { client } = await start(async () => ({ op }), { coin: 'many' });
  const { error } = await client.op({}, { validation: { responses: 'throw' } });
  expect(isValidationError(error) && error.issues[0]).toMatchObject({ pointer: '/coin', type: 'string' });
});

test.each([
  [{ input: 'off', responses: 'off' }, 0],
  [{ input: 'off' }, 1],
  [{ responses: 'off' }, 1],
] as const)('with validation %j: loaded %i times', async (validation, times) => {
  const { client, validators } = await start(async () => ({ op }));
  expect((await client.op({}, { validation })).data).toEqual({ coin: 1 });
  expect(validators).toHaveBeenCalledTimes(times);
});

test('cause an error before anything is sent if they do not load, and are loaded again by the next call', async () => {
  let broken = true;
  const { client } = await start(async () => {
    if (broken) throw new TypeError('Failed to fetch dynamically imported module');
    return { op };
  });
  const { error } = await client.op({});
  expect(isConfigurationError(error) && error.message).toContain('Failed to fetch dynamically imported module');
  expect(server.received.length).toBe(0);
  broken = false;
  expect((await client.op({})).data).toEqual({ coin: 1 });
});

test('are awaited no longer than the caller’s deadline', async () => {
  const { client } = await start(() => sleep(60_000, { op }, { ref: false }));
  const { error } = await client.op({}, { signal: AbortSignal.timeout(20) });
  expect(isAbortError(error)).toBe(true);
  expect((await client.op({}, { timeout: { call: 20 } })).error?.kind).toBe('timeout');
  expect(server.received.length).toBe(0);
});
