import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createDiceyFunServer } from '../../../generated/dicey-fun/src/server.ts';
import { createMoonpacketServer } from '../../../generated/moonpacket/src/server.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { redact } from '../../../runtime/server/logger.ts';
import { api, collectLog, json, operation } from './support.ts';

const secrets = {
  apiKey: 'api-key-of-theirs',
  secret: 'agent/secret+of theirs',
  token: 'xxx.session-token.zzz',
  moon: 'mysecretkey-of-moon',
};

test('no logger receives a secret, regardless of what fails', async () => {
  const { logger, entries, text } = collectLog();
  const failures: unknown[] = [];
  const server = createDiceyFunServer({
    logger,
    onError: (failure) => void failures.push(failure),
    security: {
      apiKey: secrets.apiKey,
      agentSignature: { agentId: 'agent-1', secret: secrets.secret },
      session: () => ({ user: 1 }),
    },
    handlers: {
      getPlayerInfo: ({ body }, context) => {
        const headers = Object.fromEntries(context.request.headers);
        context.logger.info?.(
          { headers, body, url: context.request.url, list: [secrets.token] },
          `token ${secrets.token}`,
        );
        throw new Error(`failed with ${secrets.token} and ${secrets.apiKey}`, { cause: { secret: secrets.secret } });
      },
    },
  });
  const init = json({ username: 'player', api_key: secrets.apiKey });
  const url = `http://t/api/v1/getPlayerInfo?secret=${encodeURIComponent(secrets.secret)}`;
  const response = await server.fetch(
    new Request(url, {
      ...init,
      headers: { ...init.headers, 'auth-token': secrets.token, authorization: 'Bearer other-secret' },
    }),
  );
  expect((await response.json()).code).toBe(500);
  expect(entries.map(({ level }) => level)).toEqual(['info', 'error', 'info']);
  expect(entries[1]?.entry).toMatchObject({
    requestId: response.headers.get('x-request-id'),
    operation: 'getPlayerInfo',
    kind: 'handler',
  });
  expect(entries[2]?.entry).toMatchObject({
    method: 'POST',
    path: '/api/v1/getPlayerInfo',
    status: 200,
    elapsed: expect.any(Number),
  });
  expect(text()).toContain('***');
  expect(text()).toContain('player');
  for (const secret of [...Object.values(secrets), encodeURIComponent(secrets.secret), 'other-secret']) {
    expect(text()).not.toContain(secret);
  }
});

test('secrets from lookups and signatures are masked, too', async () => {
  const { logger, text } = collectLog();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secrets.moon).update(`{}${timestamp}n1`).digest('hex');
  const server = createMoonpacketServer({
    logger,
    security: { moonpacketSignature: async ({ apiKey = '' }) => [{ apiKey, secret: secrets.moon }] },
    handlers: {
      getRules: (_, { request }) => {
        throw new Error(`${secrets.moon} ${request.headers.get('x-api-signature')}`);
      },
    },
  });
  const headers = { 'x-api-key': '1', 'x-api-timestamp': timestamp, 'x-api-nonce': 'n1', 'x-api-signature': signature };
  expect((await server.fetch(new Request('http://t/check', { headers }))).status).toBe(500);
  expect(text()).toContain('*** ***');
  expect(text()).not.toContain(secrets.moon);
  expect(text()).not.toContain(signature);
});

test('the default log writes warnings and errors as JSON lines', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const server = createMoonpacketServer({
    security: { moonpacketSignature: () => Promise.reject(new Error('lookup down')) },
    handlers: { getRules: () => ({ data: {} }) },
  });
  const headers = {
    'x-api-key': '1',
    'x-api-timestamp': '1',
    'x-api-nonce': 'n',
    'x-api-signature': 's',
    'x-request-id': 'r-9',
  };
  const response = await server.fetch(new Request('http://t/check', { headers }));
  expect([response.status, await response.json()]).toEqual([500, { error: 'internal error' }]);
  expect(error).toHaveBeenCalledTimes(1);
  expect(JSON.parse(String(error.mock.calls[0]?.[0]))).toMatchObject({
    level: 'error',
    requestId: 'r-9',
    kind: 'check',
    error: { message: 'lookup down' },
  });
  error.mockRestore();
});

test('inspecting a server or a call shows no secret', async () => {
  let shown = '';
  const server = createMoonpacketServer({
    security: { moonpacketSignature: { apiKey: '1', secret: secrets.moon } },
    handlers: {
      getRules: (_, context) => {
        shown = inspect(context, { depth: 10, showHidden: true }) + JSON.stringify(context.identity);
        return { data: {} };
      },
    },
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secrets.moon).update(`{}${timestamp}n2`).digest('hex');
  const headers = { 'x-api-key': '1', 'x-api-timestamp': timestamp, 'x-api-nonce': 'n2', 'x-api-signature': signature };
  expect((await server.fetch(new Request('http://t/check', { headers }))).status).toBe(200);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown + inspect(server, { depth: 10, showHidden: true })).not.toContain(secrets.moon);
});

test.each([
  ['text', 'a secret b', 'a *** b'],
  ['as a property name', { secret: 1 }, { '***': 1 }],
  ['deep', { a: [{ b: 'secret' }] }, { a: [{ b: '***' }] }],
  [
    'nested too deeply',
    { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } },
    { a: { b: { c: { d: { e: { f: '…' } } } } } },
  ],
  ['other values', [1, null, true, 2n], [1, null, true, '2']],
])('redaction: %s', (_, given, want) => {
  expect(redact(given, ['secret', 'ab'])).toEqual(want);
});

test('an escaped secret inside JSON is masked', () => {
  const secret = 'a"b\\c\nd';
  expect(redact(`body ${JSON.stringify({ secret })}`, [secret])).toBe('body {"secret":"***"}');
});

test('the values of secret parameters are masked, encoded or not', async () => {
  const { logger, text } = collectLog();
  const shape = { kind: 'primitive', types: ['string'] } as const;
  const common = { required: true, explode: false, shape, secret: true } as const;
  const parameters = [
    { ...common, name: 'token', in: 'path', style: 'simple' },
    { ...common, name: 'code', in: 'query', style: 'form' },
  ] as const;
  const server = createServer(
    {
      api: api(),
      operations: { op: operation({ id: 'op', path: '/op/{token}', parameters }) },
      validators: {},
      signers: {},
    },
    {
      logger,
      handlers: {
        op: (
          { path, query }: { path: { token: string }; query: { code: string } },
          { request }: { request: Request },
        ) => {
          throw new Error(`${path.token} ${query.code} at ${request.url}`);
        },
      },
    },
  );
  const response = await server.fetch(new Request('http://t/op/path%2Fsecret?code=query%20secret'));
  expect(response.status).toBe(500);
  expect(text()).toContain('*** *** at http://t/op/***?code=***');
});
