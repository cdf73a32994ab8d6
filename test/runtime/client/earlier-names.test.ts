/** Names of options before 2026-11-30, which released code uses. */
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CallOptions, ClientOptions } from '../../../runtime/client/index.ts';
import { isUnexpectedAnswerError, isUnexpectedResponseError } from '../../../runtime/client/index.ts';
import type { OperationValidators } from '../../../runtime/contract/index.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const validator: OperationValidators = { responses: { 200: { 'application/json': z.object({ coin: z.number() }) } } };
const logger = { warn: () => undefined };

describe('earlier names of options', () => {
  test.each<[ClientOptions, CallOptions, string | undefined]>([
    [{}, {}, undefined],
    [{ validation: { answers: 'throw' } }, {}, 'validation'],
    [{ validation: { answers: 'off', responses: 'throw' } }, {}, 'validation'],
    [{ validation: { answers: 'throw' } }, { validation: { answers: 'warn' } }, undefined],
    [{ validation: { answers: 'throw' } }, { validation: { responses: 'off' } }, undefined],
    [{ validation: { responses: 'warn' } }, { validation: { answers: 'throw' } }, 'validation'],
    [{ validation: { answers: 'throw' } }, { validation: { input: 'off' } }, 'validation'],
    [{ maxAnswerBytes: 5 }, {}, 'body-too-large'],
    [{ maxAnswerBytes: 5, maxResponseBytes: 5000 }, {}, undefined],
  ])('%j and %j of the call: the error is %s', async (options, ofCall, kind) => {
    server = await serve((_, response) => json(response, { coin: 'none' }));
    const client = clientOf({}, { baseUrl: server.url, logger, ...options }, { validator });
    expect((await client.op({}, ofCall)).error?.kind).toBe(kind);
  });

  test('the guard of an unexpected response has its earlier name', () => {
    expect(isUnexpectedAnswerError).toBe(isUnexpectedResponseError);
  });
});
