import { afterEach, describe, expect, test } from 'vitest';
import { isOAuthError, type OAuthOptions, oauthOf } from '../../runtime/oauth/index.ts';
import { json, type Received, serve, type TestServer } from '../runtime/client/serve.ts';
import { type AuthorizationServer, makeKeys, startAuthorizationServer } from './authorization-server.ts';
import { clientOf } from './client-of.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async (server: TestServer): Promise<TestServer> => {
  closing.push(() => server.close());
  return server;
};
const api = () => serve((_, answer) => json(answer, { ok: true })).then(open);
const own: OAuthOptions = { clientId: 'shop', clientSecret: 'shop-secret' };
const scheme = (tokenUrl: string) => ({
  type: 'oauth2',
  flows: { clientCredentials: { tokenUrl, scopes: { read: '' } } },
});
/** A clock that a test sets; delays are recorded and take no time. */
const clockOf = () => {
  const clock = { time: 1_800_000_000_000, waits: [] as number[] };
  const given = { now: () => clock.time, random: () => 1, sleep: async (ms: number) => void clock.waits.push(ms) };
  return { clock, given };
};

describe('token expiry', () => {
  type Row = { readonly name: string; readonly life: unknown; readonly after: number; readonly requests: number };
  const rows: readonly Row[] = [
    { name: 'long before', life: 3600, after: 3000, requests: 1 },
    { name: 'within the margin of 30 s', life: 3600, after: 3571, requests: 2 },
    { name: 'just before the margin', life: 3600, after: 3569, requests: 1 },
    { name: 'after the end', life: 3600, after: 4000, requests: 2 },
    { name: 'a short life: a tenth of it', life: 100, after: 91, requests: 2 },
    { name: 'a short life, before', life: 100, after: 89, requests: 1 },
    { name: 'as text', life: '100', after: 101, requests: 2 },
    { name: 'without expires_in', life: undefined, after: 1e6, requests: 1 },
    { name: 'of 0 seconds', life: 0, after: 0, requests: 2 },
    { name: 'of 0 seconds as text', life: '0', after: 0, requests: 2 },
    { name: 'with a fraction', life: 100.5, after: 101, requests: 2 },
    { name: 'null', life: null, after: 1e6, requests: 1 },
    { name: 'an empty text', life: '', after: 1e6, requests: 1 },
    { name: 'a text that is not a number', life: 'soon', after: 1e6, requests: 1 },
  ];
  test.each(rows)('$name', async ({ life, after, requests }) => {
    let issued = 0;
    const as = await open(await serve((_, answer) => json(answer, { access_token: `t${++issued}`, expires_in: life })));
    const { clock, given } = clockOf();
    const client = clientOf(scheme(as.url), own, { baseUrl: (await api()).url, clock: given });
    expect((await client.read()).error).toBeUndefined();
    clock.time += after * 1000;
    expect((await client.read()).error).toBeUndefined();
    expect(as.received).toHaveLength(requests);
  });
});

describe('a token endpoint that', () => {
  type Answer = (request: Received, answer: Parameters<Parameters<typeof serve>[0]>[1], count: number) => void;
  type Row = {
    readonly name: string;
    readonly answer: Answer;
    /** Requests that arrive. */
    readonly requests: number;
    /** Part of the error's message; undefined: the call succeeds. */
    readonly error?: RegExp;
    readonly options?: object;
  };
  const token = { access_token: 'the-token', expires_in: 60, token_type: 'bearer' };
  const rows: readonly Row[] = [
    {
      name: 'sends 503 twice gets three requests',
      requests: 3,
      answer: (_, a, n) => json(a, n < 3 ? {} : token, n < 3 ? 503 : 200),
    },
    { name: 'always sends 503', requests: 3, error: /HTTP 503/, answer: (_, a) => json(a, {}, 503) },
    {
      name: 'sends 503, without retries',
      requests: 1,
      error: /HTTP 503/,
      options: { retry: false },
      answer: (_, a) => json(a, {}, 503),
    },
    {
      name: 'sends 429 with Retry-After',
      requests: 2,
      answer: (_, a, n) => json(a, n < 2 ? {} : token, n < 2 ? 429 : 200, { 'retry-after': '7' }),
    },
    {
      name: 'rejects the client',
      requests: 1,
      error: /invalid_client: no such client/,
      answer: (_, a) => json(a, { error: 'invalid_client', error_description: 'no such client' }, 401),
    },
    {
      name: 'rejects with text',
      requests: 1,
      error: /HTTP 400 without a JSON object/,
      answer: (_, a) => void a.writeHead(400, { 'content-type': 'text/plain' }).end('bad shop-secret'),
    },
    {
      name: 'rejects without a body',
      requests: 1,
      error: /HTTP 401 without a JSON object/,
      answer: (_, a) => void a.writeHead(401).end(),
    },
    {
      name: 'rejects with a custom body',
      requests: 1,
      error: /rejected the token request with HTTP 400$/,
      answer: (_, a) => json(a, { error: { code: 7, message: 'shop-secret' }, error_description: ['x'] }, 400),
    },
    {
      name: 'sends an empty token',
      requests: 1,
      error: /without access_token/,
      answer: (_, a) => json(a, { access_token: '' }),
    },
    { name: 'sends a list', requests: 1, error: /without a JSON object/, answer: (_, a) => json(a, [token]) },
    {
      name: 'reports an error with HTTP 200',
      requests: 1,
      error: /invalid_scope/,
      answer: (_, a) => json(a, { error: 'invalid_scope' }),
    },
    {
      name: 'echoes the secret',
      requests: 1,
      error: /wrong secret \*\*\*/,
      answer: (_, a) => json(a, { error: 'invalid_client', error_description: 'wrong secret shop-secret' }, 400),
    },
    { name: 'sends no token', requests: 1, error: /without access_token/, answer: (_, a) => json(a, { token: 'x' }) },
    {
      name: 'sends a web page',
      requests: 1,
      error: /without a JSON object/,
      answer: (_, a) => void a.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    },
    {
      name: 'sends a form',
      requests: 1,
      answer: (_, a) =>
        void a
          .writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' })
          .end('access_token=the-token&expires_in=60'),
    },
    {
      name: 'redirects elsewhere',
      requests: 1,
      error: /redirects elsewhere \(HTTP 307\)/,
      answer: (_, a) => void a.writeHead(307, { location: 'http://127.0.0.1:9/token' }).end(),
    },
    {
      name: 'is slow',
      requests: 3,
      error: /did not respond within 50 ms/,
      options: { timeout: { attempt: 50 } },
      answer: () => undefined,
    },
    { name: 'sends 201', requests: 1, answer: (_, a) => json(a, token, 201) },
  ];
  test.each(rows)('$name', async ({ answer, requests, error: want, options = {} }) => {
    let count = 0;
    const as = await open(await serve((request, response) => answer(request, response, ++count)));
    const resource = await api();
    const { given } = clockOf();
    const clock = 'timeout' in options ? { sleep: given.sleep } : given;
    const client = clientOf(scheme(`${as.url}/token`), own, { baseUrl: resource.url, clock, ...options });
    const { data, error } = await client.post();
    expect(as.received).toHaveLength(requests);
    if (!want) return expect([error, data]).toEqual([undefined, { ok: true }]);
    expect(isOAuthError(error) && error.message).toMatch(want);
    // The API was not called, and no secret is shown.
    expect(resource.received).toHaveLength(0);
    expect(`${error?.stack}${JSON.stringify(error)}`).not.toContain('shop-secret');
  });

  test.each(['Bearer', 'bearer', 'BEARER', undefined, null, ''])('sends the token_type %j', async (token_type) => {
    const as = await open(await serve((_, answer) => json(answer, { ...token, token_type })));
    const resource = await api();
    const client = clientOf(scheme(as.url), own, { baseUrl: resource.url });
    expect((await client.read()).error).toBeUndefined();
    expect(resource.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer the-token']);
  });

  test('fails while the token is valid: calls continue with the token', async () => {
    let works = true;
    const as = await open(
      await serve((_, answer) => (works ? json(answer, { ...token, expires_in: 100 }) : json(answer, {}, 503))),
    );
    const { clock, given } = clockOf();
    const client = clientOf(scheme(as.url), own, { baseUrl: (await api()).url, clock: given });
    await client.read();
    works = false;
    clock.time += 95_000;
    expect((await client.read()).error).toBeUndefined();
    clock.time += 6_000;
    expect((await client.read()).error?.kind).toBe('oauth');
  });

  test('is slow for 100 calls: one request, and a call that aborts ends immediately', async () => {
    const as = await open(await serve((_, answer) => void setTimeout(() => json(answer, token), 150)));
    const client = clientOf(scheme(as.url), own, { baseUrl: (await api()).url });
    const controller = new AbortController();
    const aborted = client.read({}, { signal: controller.signal });
    const others = Promise.all(Array.from({ length: 100 }, () => client.read()));
    setTimeout(() => controller.abort(), 20);
    expect((await aborted).error?.kind).toBe('abort');
    expect((await others).filter(({ error }) => error)).toEqual([]);
    expect(as.received).toHaveLength(1);
  });
});

describe('a rejected token', () => {
  type Row = { readonly name: string; readonly status: number; readonly challenge: string; readonly attempts: number };
  const rows: readonly Row[] = [
    { name: 'invalid_token', status: 401, challenge: 'Bearer error="invalid_token"', attempts: 2 },
    {
      name: 'with a realm first',
      status: 401,
      challenge: 'Bearer realm="x", error="invalid_token", error_description="d"',
      attempts: 2,
    },
    { name: 'without quotes', status: 401, challenge: 'Bearer error=invalid_token', attempts: 2 },
    {
      name: 'after another challenge',
      status: 401,
      challenge: 'Basic realm="x", Bearer error="invalid_token"',
      attempts: 2,
    },
    { name: 'no error', status: 401, challenge: 'Bearer', attempts: 1 },
    { name: 'no challenge', status: 401, challenge: '', attempts: 1 },
    { name: 'another error', status: 401, challenge: 'Bearer error="invalid_request"', attempts: 1 },
    { name: 'insufficient_scope', status: 403, challenge: 'Bearer error="insufficient_scope"', attempts: 1 },
    { name: 'invalid_token with 403', status: 403, challenge: 'Bearer error="invalid_token"', attempts: 1 },
  ];
  test.each(rows)('$name: $attempts attempts', async ({ status, challenge, attempts }) => {
    let issued = 0;
    const as = await open(await serve((_, answer) => json(answer, { access_token: `t${++issued}` })));
    const resource = await open(
      await serve((_, answer) => json(answer, {}, status, challenge ? { 'www-authenticate': challenge } : {})),
    );
    const { error, ...exchange } = await clientOf(scheme(as.url), own, { baseUrl: resource.url }).post().withResponse();
    expect([error?.kind, exchange.status, exchange.attempts]).toEqual(['api', status, attempts]);
    expect(issued).toBe(attempts);
  });
});

describe('clock skew', () => {
  const start = async (): Promise<[AuthorizationServer, OAuthOptions]> => {
    const { privateJwk, publicJwk } = await makeKeys();
    const as = await startAuthorizationServer({
      clients: [
        {
          client_id: 'jwt',
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'ES256',
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          jwks: { keys: [publicJwk as never] },
        },
      ],
    });
    closing.push(() => as.close());
    return [as, { clientId: 'jwt', privateKey: privateJwk as JsonWebKey }];
  };
  test.each([
    ['right', 0, 1],
    ['an hour behind', -3_600_000, 2],
    // oidc-provider checks only the end of an assertion.
    ['an hour ahead', 3_600_000, 1],
  ])('our clock is %s', async (_, offset, requests) => {
    const [as, options] = await start();
    const resource = await api();
    const clock = { now: () => Date.now() + offset };
    const client = clientOf(scheme(`${as.issuer}/token`), options, { baseUrl: resource.url, clock });
    expect((await client.read()).error).toBeUndefined();
    expect(as.tokenRequests()).toHaveLength(requests);
    expect((await client.write()).error).toBeUndefined();
    expect(as.tokenRequests()).toHaveLength(requests + 1);
  });

  test.each([
    ['right', 0, 1],
    ['an hour behind', -3_600_000, 2],
    ['an hour ahead', 3_600_000, 2],
  ])('assertions of a service account and proofs are valid if our clock is %s', async (_, offset, requests) => {
    const account = await makeKeys();
    const as = await startAuthorizationServer({
      accounts: { svc: account.publicJwk },
      clients: [
        {
          client_id: 'shop',
          client_secret: 'shop-secret',
          grant_types: ['client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
          redirect_uris: [],
          response_types: [],
        },
      ],
    });
    closing.push(() => as.close());
    const resource = await api();
    const clock = { now: () => Date.now() + offset };
    const privateKey = account.privateJwk as JsonWebKey;
    for (const options of [
      { ...own, grant: 'jwtBearer', assertionIssuer: 'svc', privateKey },
      { ...own, dpop: true },
    ] as const) {
      as.asked.length = 0;
      const client = clientOf(scheme(`${as.issuer}/token`), options, { baseUrl: resource.url, clock });
      expect((await client.read()).error).toBeUndefined();
      expect(as.tokenRequests()).toHaveLength(requests);
      // The second request uses the measured clock skew.
      expect((await client.write()).error).toBeUndefined();
      expect(as.tokenRequests()).toHaveLength(requests + 1);
    }
  });

  test.each([
    ['an hour behind', -3_600_000],
    ['an hour ahead', 3_600_000],
  ])('a token has the same lifetime by our clock, which is %s', async (_, offset) => {
    let issued = 0;
    const as = await open(await serve((_, answer) => json(answer, { access_token: `t${++issued}`, expires_in: 600 })));
    let passed = 0;
    const clock = { now: () => Date.now() + offset + passed };
    const client = clientOf(scheme(as.url), own, { baseUrl: (await api()).url, clock });
    for (const [seconds, requests] of [
      [0, 1],
      [500, 1],
      [600, 2],
    ] as const) {
      passed = seconds * 1000;
      expect((await client.read()).error).toBeUndefined();
      expect(issued).toBe(requests);
    }
  });
});

describe('endpoints', () => {
  test('come only from the contract’s metadata', async () => {
    let issuer = '';
    const as = await open(
      await serve((request, answer) => {
        if (request.target.startsWith('/.well-known'))
          return json(answer, {
            issuer,
            token_endpoint: `${as.url}/t`,
            token_endpoint_auth_methods_supported: ['client_secret_post'],
          });
        json(answer, { access_token: 'x' });
      }),
    );
    const contract = { type: 'openIdConnect', openIdConnectUrl: `${as.url}/.well-known/openid-configuration` };
    const baseUrl = (await api()).url;
    const read = () => clientOf(contract, own, { baseUrl, retry: false }).read();
    issuer = 'https://evil.example';
    expect((await read()).error?.message).toContain('names the issuer https://evil.example');
    issuer = as.url;
    expect((await read()).error).toBeUndefined();
    expect(as.received.at(-1)?.target).toBe('/t');
    expect(as.received.at(-1)?.body).toContain('client_secret=shop-secret');
  });

  test('a relative tokenUrl is resolved against the API', async () => {
    const both = await open(await serve((_, answer) => json(answer, { access_token: 'x', ok: true })));
    expect((await clientOf(scheme('/oauth/token'), own, { baseUrl: both.url }).read()).error).toBeUndefined();
    expect(both.received[0]?.target).toBe('/oauth/token');
  });

  test('a contract without an endpoint and a client without OAuth report how to fix it', async () => {
    const baseUrl = (await api()).url;
    const { error } = await clientOf({ type: 'oauth2', flows: {} }, own, { baseUrl }).read();
    expect(error?.message).toContain("Set the option oauth: { oa: { tokenUrl: 'https://…' } }");
    const none = await clientOf(scheme('https://auth.example/t'), undefined, { baseUrl }).read();
    expect(none.error?.message).toMatch(/oauth: \{ oa: \{ clientId: '…', clientSecret: '…' \} \}.*ACME_OA_CLIENT_ID/);
    expect(() => oauthOf(clientOf({ type: 'http', scheme: 'bearer' }, undefined))).toThrow(
      'the contract has no scheme with OAuth',
    );
  });
});
