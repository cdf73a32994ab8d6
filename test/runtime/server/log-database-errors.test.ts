import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { consoleLogger } from '../../../runtime/server/logger.ts';
import { api, collectLog, json, operation } from './support.ts';

const TOKEN = 'a1b2c3d4-session-token';

/** What a driver throws: the error holds a connection with its password, and its messages quote values of the row. */
class Connection {
  readonly password = 'database-password';
  readonly host = '127.0.0.1';
}

function driverError(): Error {
  return Object.assign(new Error('duplicate key value violates unique constraint "tokens_pkey"'), {
    code: '23505',
    severity: 'ERROR',
    table: 'tokens',
    detail: `Key (token)=(${TOKEN}) already exists.`,
    where: `unnamed portal parameter $1 = '${TOKEN}'`,
    client: new Connection(),
  });
}

const failed = () =>
  new DrizzleQueryError('update tokens set used = $1 where token = $2', ['now', TOKEN], driverError());

test.each([
  ['a query', () => failed()],
  ['the driver', () => driverError()],
  ['an error that wraps a query error', () => new Error('could not save', { cause: failed() })],
  ['several errors', () => new AggregateError([failed(), driverError()], 'all failed')],
  ['an error with a list of errors', () => Object.assign(new Error('failed'), { attempts: [failed()] })],
])('the log shows no value of a query if %s fails', async (_, make) => {
  const { logger, entries, text } = collectLog();
  const server = createServer(
    { api: api(), operations: { get: operation({ id: 'get' }) }, validators: {}, signers: {} },
    {
      logger,
      handlers: {
        get: () => {
          throw make();
        },
      },
    },
  );
  expect((await server.fetch(new Request('http://t/'))).status).toBe(500);
  expect(entries.map(({ message }) => message)).toContain('a call failed with an internal error');
  for (const hidden of [TOKEN, 'database-password', 'params:']) expect(text()).not.toContain(hidden);
  expect(text()).toMatch(/update tokens set used|duplicate key value/);
});

test('the default log has the message and code of an error, and no detail of the driver', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  consoleLogger.warn?.({ error: driverError() }, 'the store failed');
  const line = String(warn.mock.calls[0]?.[0]);
  warn.mockRestore();
  expect(JSON.parse(line)).toMatchObject({
    level: 'warn',
    message: 'the store failed',
    error: { name: 'Error', message: 'duplicate key value violates unique constraint "tokens_pkey"', code: '23505' },
  });
  expect(line).not.toContain('database-password');
});

const text = { kind: 'primitive', types: ['string'] } as const;
const query = { in: 'query', required: false, style: 'form', explode: true, shape: text } as const;

test.each([
  ['a parameter', '/?token=SECRET', {}],
  ['a property of a body', '/', { token: 'SECRET' }],
  ['a nested property', '/', { session: { deep: { token: 'SECRET' } } }],
  ['a property in a list', '/', { list: [{ token: 'other' }, { token: 'SECRET' }] }],
  ['a number', '/', { token: 123456789 }],
  ['an undeclared property', '/', { unknown: 1, token: 'SECRET' }],
] as const)('%s with a secret name is masked everywhere', async (_, path, body) => {
  const { logger, text: all } = collectLog();
  const server = createServer(
    {
      api: { ...api(), secretNames: ['token'] },
      operations: {
        use: operation({
          id: 'use',
          method: 'POST',
          parameters: [{ ...query, name: 'token' }],
          body: { required: false, content: ['application/json'] },
        }),
      },
      validators: {},
      signers: {},
    },
    {
      logger,
      handlers: {
        use: (input: unknown) => {
          throw new Error(`failed for ${JSON.stringify(input)}`);
        },
      },
    },
  );
  await server.fetch(new Request(`http://t${path}`, json(body)));
  expect(all()).toContain('***');
  expect(all()).not.toMatch(/SECRET|123456789/);
});

test('a form is masked like a JSON body', async () => {
  const { logger, text: all } = collectLog();
  const server = createServer(
    {
      api: { ...api(), secretNames: ['pass word'] },
      operations: {
        use: operation({
          id: 'use',
          method: 'POST',
          body: { required: true, content: ['application/x-www-form-urlencoded'] },
        }),
      },
      validators: {},
      signers: {},
    },
    {
      logger,
      handlers: {
        use: (input: unknown) => {
          throw new Error(JSON.stringify(input));
        },
      },
    },
  );
  const body = new URLSearchParams({ user: 'visible', 'pass word': 'hidden value' });
  await server.fetch(new Request('http://t/', { method: 'POST', body }));
  expect(all()).toContain('visible');
  expect(all()).not.toContain('hidden value');
});
