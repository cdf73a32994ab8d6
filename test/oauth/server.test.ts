import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationDescriptor } from '../../runtime/contract/index.ts';
import { type AccessTokens, createServer } from '../../runtime/server/index.ts';
import { type Listening, listen } from '../../runtime/server/node.ts';
import { accessTokens } from '../../runtime/server/oauth/index.ts';
import { json, serve, type TestServer } from '../runtime/client/serve.ts';
import { type AuthorizationServer, RESOURCE, startAuthorizationServer } from './authorization-server.ts';
import { apiOf, clientOf } from './client-of.ts';

const listening: Listening[] = [];
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const each of listening) await each.close();
  for (const close of closing) await close();
});

const failures: unknown[] = [];

/** A server of the contract whose handlers return the claims. */
async function startServer(
  scheme: object,
  tokens: AccessTokens | undefined,
  environment = {},
  clock?: () => number,
): Promise<string> {
  const { descriptor, operations } = apiOf(scheme);
  const byId = Object.fromEntries(operations.map((each) => [each.operationId, each.descriptor as OperationDescriptor]));
  const claims = (_: unknown, { identity }: { identity: Record<string, unknown> }) => ({ data: identity.oa });
  const server = createServer({ api: descriptor, operations: byId, validators: {}, signers: {}, oauth: accessTokens }, {
    handlers: Object.fromEntries(Object.keys(byId).map((id) => [id, claims])),
    logger: {},
    environment,
    onError: ({ error }: { error: unknown }) => void failures.push(error),
    ...(tokens && { security: { oa: tokens } }),
    ...(clock && { clock }),
  } as never);
  const one = await listen(server, { port: 0 });
  listening.push(one);
  return one.url;
}

const flows = { clientCredentials: { tokenUrl: 'https://auth.example/token', scopes: { read: '', write: '' } } };

describe('JWTs verified by the keys of their issuer', () => {
  let issuer: TestServer;
  let key: Awaited<ReturnType<typeof generateKeyPair>>;
  let other: Awaited<ReturnType<typeof generateKeyPair>>;
  let url: string;
  const now = () => Math.floor(Date.now() / 1000);
  const sign = (claims: Record<string, unknown> = {}, head: object = {}, by = key) =>
    new SignJWT({ iss: issuer.url, aud: 'api', exp: now() + 60, sub: 'ada', scope: 'read', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one', ...head })
      .sign(by.privateKey);

  beforeAll(async () => {
    [key, other] = await Promise.all([
      generateKeyPair('ES256', { extractable: true }),
      generateKeyPair('ES256', { extractable: true }),
    ]);
    const jwk = { ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'ES256' };
    issuer = await serve((request, answer) => {
      if (request.target === '/jwks') return json(answer, { keys: [jwk] });
      if (!request.target.includes('openid-configuration')) return json(answer, {}, 404);
      json(answer, { issuer: issuer.url, jwks_uri: `${issuer.url}/jwks` });
    });
    closing.push(() => issuer.close());
    url = await startServer({ type: 'oauth2', flows }, { issuer: issuer.url, audience: 'api' });
  });

  type Row = readonly [
    name: string,
    token: () => Promise<string> | string,
    status: number,
    challenge: RegExp | null,
    path?: string,
  ];
  const invalid = (reason: string) => new RegExp(`^Bearer error="invalid_token", error_description="${reason}"$`);
  const unsigned = (claims: object) =>
    `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const table: readonly Row[] = [
    ['a valid token', () => sign(), 200, null],
    ['of the type at+jwt', () => sign({}, { typ: 'at+jwt' }), 200, null],
    ['scopes as a list (scp)', () => sign({ scope: undefined, scp: ['write', 'read'] }), 200, null],
    ['several audiences', () => sign({ aud: ['x', 'api'] }), 200, null],
    ['expired within the clock tolerance', () => sign({ exp: now() - 10 }), 200, null],
    ['no token', () => '', 401, /^Bearer$/],
    ['expired', () => sign({ exp: now() - 60 }), 401, invalid('the token has expired')],
    ['without exp', () => sign({ exp: undefined }), 401, invalid('the token has no exp')],
    ['not valid yet', () => sign({ nbf: now() + 100 }), 401, invalid('the token has a wrong nbf')],
    ['for another audience', () => sign({ aud: 'other' }), 401, invalid('the token has a wrong aud')],
    ['of another issuer', () => sign({ iss: 'https://other.example' }), 401, invalid('the token has a wrong iss')],
    ['signed by another key', () => sign({}, {}, other), 401, invalid('the signature of the token is wrong')],
    [
      'signed by an unknown key',
      () => sign({}, { kid: 'two' }, other),
      401,
      invalid('the token is signed by an unknown key'),
    ],
    [
      'without a signature',
      () => unsigned({ iss: issuer.url, aud: 'api', exp: now() + 60, scope: 'read' }),
      401,
      invalid('.*'),
    ],
    ['no JWT', () => 'opaque', 401, invalid('the token is not a signed JWT')],
    ['a logout token', () => sign({}, { typ: 'logout+jwt' }), 401, invalid('.*logout.jwt.*')],
    [
      'signed with the public key as a secret (RFC 8725)',
      async () =>
        new SignJWT({ iss: issuer.url, aud: 'api', exp: now() + 60, scope: 'read' })
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(key.publicKey)))),
      401,
      invalid('.*'),
    ],
    ['without the scope', () => sign({ scope: 'other' }), 403, /^Bearer error="insufficient_scope", scope="read"$/],
    ['with one of two scopes', () => sign(), 403, /^Bearer error="insufficient_scope", scope="write read"$/, '/both'],
    ['with both scopes', () => sign({ scope: 'read write' }), 200, null, '/both'],
    ['bound to a key, sent as Bearer', () => sign({ cnf: { jkt: 'x' } }), 401, invalid('.*DPoP proof is missing')],
    ['bound to a certificate', () => sign({ cnf: { 'x5t#S256': 'x' } }), 401, invalid('.*client certificate')],
  ];
  const rows = table.map(([name, token, status, challenge, path = '/read']) => ({
    name,
    token,
    status,
    challenge,
    path,
  }));
  test.each(rows)('$name', async ({ token, status, challenge, path }) => {
    const text = await token();
    const response = await fetch(url + path, { headers: text ? { authorization: `Bearer ${text}` } : {} });
    const said = response.headers.get('www-authenticate');
    expect([response.status, said]).toEqual([status, challenge ? expect.stringMatching(challenge) : null]);
    const body = await response.text();
    if (text) expect(body).not.toContain(text);
    if (status === 200) expect(JSON.parse(body)).toMatchObject({ iss: issuer.url, sub: 'ada' });
  });

  test('reads openIdConnect discovery, with audience and issuer from the environment', async () => {
    const scheme = { type: 'openIdConnect', openIdConnectUrl: `${issuer.url}/.well-known/openid-configuration` };
    const own = await startServer(scheme, undefined, { ACME_OA_AUDIENCE: 'api' });
    const ok = await fetch(`${own}/read`, { headers: { authorization: `Bearer ${await sign()}` } });
    const wrong = await fetch(`${own}/read`, { headers: { authorization: `Bearer ${await sign({ aud: 'b' })}` } });
    expect([ok.status, wrong.status]).toEqual([200, 401]);
  });

  test('an issuer that does not respond causes a server error, not an invalid token', async () => {
    const own = await startServer({ type: 'oauth2', flows }, { issuer: 'http://127.0.0.1:9', audience: 'api' });
    const response = await fetch(`${own}/read`, { headers: { authorization: `Bearer ${await sign()}` } });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([500, null]);
    expect(failures.length).toBeGreaterThan(0);
  });

  test('metadata of another issuer is rejected', async () => {
    const own = await startServer({ type: 'oauth2', flows }, { issuer: `${issuer.url}/tenant`, audience: 'api' });
    expect((await fetch(`${own}/read`, { headers: { authorization: `Bearer ${await sign()}` } })).status).toBe(500);
  });
});

describe('tokens of oidc-provider', () => {
  const client = {
    client_id: 'shop',
    client_secret: 'shop-secret',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
  const start = async (format: 'jwt' | 'opaque', dpopNonce = false): Promise<AuthorizationServer> => {
    const as = await startAuthorizationServer({ clients: [client] as never, format, dpopNonce });
    closing.push(() => as.close());
    return as;
  };
  const schemeOf = (as: AuthorizationServer) => ({
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: `${as.issuer}/token`, scopes: { read: '', write: '' } } },
  });
  const own = { clientId: 'shop', clientSecret: 'shop-secret' };

  test('JWTs pass from our client to our server, with claims in the handler', async () => {
    const as = await start('jwt');
    const baseUrl = await startServer(schemeOf(as), { issuer: as.issuer, audience: RESOURCE });
    const { data, error } = await clientOf(schemeOf(as), own, { baseUrl }).read();
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ iss: as.issuer, aud: RESOURCE, client_id: 'shop', scope: 'read' });
  });

  test('opaque tokens are introspected, with and without a cache', async () => {
    const as = await start('opaque');
    for (const [cacheFor, requests] of [
      [0, 3],
      [60, 1],
    ] as const) {
      as.asked.length = 0;
      const introspection = { clientId: 'shop', clientSecret: 'shop-secret', cacheFor };
      const baseUrl = await startServer(schemeOf(as), { issuer: as.issuer, introspection });
      const one = clientOf(schemeOf(as), own, { baseUrl });
      for (let count = 0; count < 3; count += 1) {
        expect((await one.read()).data).toMatchObject({ client_id: 'shop', scope: 'read' });
      }
      expect(as.asked.filter(({ path }) => path === '/token/introspection')).toHaveLength(requests);
    }
  });

  test('introspection rejects a revoked token, an unknown one, a missing scope and a wrong secret', async () => {
    const as = await start('opaque');
    const introspection = { clientId: 'shop', clientSecret: 'shop-secret' };
    const url = await startServer(schemeOf(as), { issuer: as.issuer, introspection });
    const ask = (token: string, path = '/read') => fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask('unknown')).headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
    const made = await fetch(`${as.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('shop:shop-secret')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'read' }),
    });
    const { access_token: token } = (await made.json()) as { access_token: string };
    const lacking = await ask(token, '/write');
    expect([lacking.status, lacking.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="write"',
    ]);
    expect((await ask(token)).status).toBe(200);
    await (await as.provider.ClientCredentials.find(token))?.destroy();
    expect((await ask(token)).status).toBe(401);
    const wrong = await startServer(schemeOf(as), {
      issuer: as.issuer,
      introspection: { ...introspection, clientSecret: 'wrong' },
    });
    expect((await fetch(`${wrong}/read`, { headers: { authorization: 'Bearer x' } })).status).toBe(500);
  });

  test('DPoP: tokens are bound to proofs, at the token endpoint with a nonce of the server', async () => {
    const as = await start('jwt', true);
    const baseUrl = await startServer(schemeOf(as), { issuer: as.issuer, audience: RESOURCE });
    let sent: Headers | undefined;
    const one = clientOf(
      schemeOf(as),
      { ...own, dpop: true },
      {
        baseUrl,
        fetch: (url, init) => {
          if (url.startsWith(baseUrl)) sent = new Headers(init.headers);
          return fetch(url, init);
        },
      },
    );
    expect((await one.read()).error).toBeUndefined();
    expect((await one.read()).data).toMatchObject({ client_id: 'shop', cnf: { jkt: expect.any(String) } });
    // One without the nonce, one with it.
    expect(as.tokenRequests()).toHaveLength(2);
    const again = async (headers: Headers, path = '/read') => (await fetch(baseUrl + path, { headers })).status;
    const last = sent as Headers;
    expect(last.get('authorization')).toMatch(/^DPoP /);
    expect(await again(last)).toBe(401); // A replay.
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const token = (last.get('authorization') ?? '').slice(5);
    const ath = createHash('sha256').update(token).digest('base64url');
    const forged = await new SignJWT({ jti: '1', htm: 'GET', htu: `${baseUrl}/read`, ath })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: (await exportJWK(publicKey)) as JWK })
      .setIssuedAt()
      .sign(privateKey);
    expect(await again(new Headers({ authorization: `DPoP ${token}`, dpop: forged }))).toBe(401);
    expect(await again(new Headers({ authorization: `Bearer ${token}` }))).toBe(401);
  });
});
