import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway, type Gateway } from '@countersign/runtime/mock';
import { listen } from '@countersign/runtime/server/node';
import { exportJWK, generateKeyPair, importPKCS8, type JWK, SignJWT } from 'jose';
import * as oauth4webapi from 'oauth4webapi';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Call, type CallError, type ClientOptions, type Clock, createClient } from '../../runtime/client/index.ts';
import type { OperationDescriptor } from '../../runtime/contract/index.ts';
import { type OAuthError, type OAuthOptions, oauth, oauthOf } from '../../runtime/oauth/index.ts';
import { accessTokens } from '../../runtime/server/oauth/index.ts';
import { mockCommand } from '../../scripts/commands/cli/mock.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { clientApi } from '../../scripts/emit/client/client-api.ts';

const urls = { tokenUrl: 'https://auth.acme.example/token', scopes: { read: 'Read', write: 'Write', admin: 'All' } };
const authorizationUrl = 'https://auth.acme.example/authorize';
const SCHEMES = {
  oa: {
    type: 'oauth2',
    flows: {
      clientCredentials: urls,
      password: urls,
      authorizationCode: { ...urls, authorizationUrl },
      deviceAuthorization: { ...urls, deviceAuthorizationUrl: 'https://auth.acme.example/device' },
    },
  },
  oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://id.acme.example/.well-known/openid-configuration' },
  user: { type: 'oauth2', flows: { authorizationCode: { ...urls, authorizationUrl } } },
};
const operation = (operationId: string, security: object) => ({
  get: {
    operationId,
    security: [security],
    responses: {
      200: { description: 'ok', content: { 'application/json': { example: { id: operationId }, schema: {} } } },
    },
  },
});
const DOCUMENT = {
  openapi: '3.2.0',
  info: { title: 'Acme', version: '1' },
  servers: [{ url: 'https://api.acme.example' }],
  paths: {
    '/read': operation('read', { oa: ['read'] }),
    '/write': operation('write', { oa: ['write'] }),
    '/oidc': operation('oidc', { oidc: ['profile'] }),
    '/user': operation('user', { user: [] }),
  },
  components: { securitySchemes: SCHEMES },
};
type Any = Call<object, { readonly id: string }, CallError | OAuthError>;
type Operations = { readonly read: Any; readonly write: Any; readonly oidc: Any; readonly user: Any };

let folder = '';
let url = '';
let close: () => Promise<void>;
let gateway: Gateway;
let now = Date.now();
let started = now;
let environment: Readonly<Record<string, string>>;
const asked: string[] = [];
const authorizations: string[] = [];
let provider: Awaited<ReturnType<typeof loadMockProvider>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-issuer-'));
  await mkdir(join(folder, 'specs/acme'), { recursive: true });
  await writeFile(join(folder, 'specs/acme/openapi.json'), JSON.stringify(DOCUMENT));
  const workspace = openWorkspace(folder);
  provider = await loadMockProvider(workspace, 'acme');
  gateway = createGateway({
    providers: [{ name: 'acme', load: () => loadMockProvider(workspace, 'acme') }],
    clock: () => now + Date.now() - started,
  });
  const fetch = (request: Request, env?: unknown) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    authorizations.push(request.headers.get('authorization') ?? '');
    return gateway.fetch(request, env);
  };
  ({ url, close } = await listen({ fetch }, { shutdownTimeout: 100 }));
  const lines: string[] = [];
  const colors = new Proxy({}, { get: () => (text: string) => text }) as never;
  const output = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line), colors } as never;
  await mockCommand(workspace, output).parseAsync(['env', 'acme', '--url', url], { from: 'user' });
  const unquoted = (text = '') => (text.startsWith('"') ? JSON.parse(text) : text);
  environment = Object.fromEntries(
    lines.map((line) => line.split(/=(.*)/s)).map(([name, value]) => [name, unquoted(value)]),
  );
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  started = Date.now();
  now = started;
  asked.length = 0;
});

/** As the generated package creates it. */
function clientOf(
  options: { readonly oauth?: { readonly [scheme: string]: OAuthOptions } } = {},
  clock: Partial<Clock> = {},
) {
  return createClient<Operations>(
    {
      api: clientApi(provider.api),
      operations: Object.fromEntries(
        provider.operations.map(({ descriptor }) => [descriptor.id, descriptor as OperationDescriptor]),
      ),
      features: [oauth],
    },
    { environment, baseUrl: `${url}/acme`, logger: {}, retry: false, clock, ...options } as object as ClientOptions,
  );
}
const issuer = (scheme = 'oa') => `${url}/acme/__mock/oauth/${scheme}`;
const tokenRequests = () => asked.filter((each) => each.endsWith('/token')).length;
const client = { id: () => environment.ACME_OA_CLIENT_ID ?? '', secret: () => environment.ACME_OA_CLIENT_SECRET ?? '' };

const post = (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}, scheme = 'oa') =>
  fetch(`${issuer(scheme)}/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
const tokenOf = async (scope: string): Promise<string> => {
  const form = { grant_type: 'client_credentials', client_id: client.id(), client_secret: client.secret(), scope };
  return ((await (await post(form)).json()) as { access_token: string }).access_token;
};
const call = (path: string, token?: string) =>
  fetch(`${url}/acme/${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

describe('a generated client with the environment of `mock env`', () => {
  test('prints client and endpoints, and the demo token only where a user must log in', () => {
    expect(Object.keys(environment)).toEqual([
      'ACME_BASE_URL',
      ...['OA', 'OIDC'].flatMap((scheme) =>
        ['CLIENT_ID', 'CLIENT_SECRET', 'PRIVATE_KEY', 'TOKEN_URL', 'ISSUER', 'AUDIENCE'].map(
          (name) => `ACME_${scheme}_${name}`,
        ),
      ),
      ...['CLIENT_ID', 'CLIENT_SECRET', 'PRIVATE_KEY', 'TOKEN_URL'].map((name) => `ACME_USER_${name}`),
      'ACME_USER',
    ]);
  });

  test('gets a token for each set of scopes and calls the operations', async () => {
    const acme = clientOf();
    for (const name of ['read', 'read', 'write', 'oidc', 'user'] as const)
      expect((await acme[name]({})).data).toEqual({ id: name });
    expect(tokenRequests()).toBe(3);
  });

  test('gets a new token after a reset of the mock', async () => {
    const acme = clientOf();
    await acme.read({});
    await gateway.reset();
    expect((await acme.read({})).data).toEqual({ id: 'read' });
    expect(tokenRequests()).toBe(2);
  });

  test.each([
    ['client_secret_post', { clientAuthentication: 'client_secret_post' }],
    ['password', { grant: 'password', username: 'ada', password: 'any' }],
  ] as const)('%s', async (_, oa) => {
    expect((await clientOf({ oauth: { oa } }).read({})).data).toEqual({ id: 'read' });
  });

  test('logs in a user by PKCE, and refreshes the token', async () => {
    const redirectUri = 'http://127.0.0.1:1/callback';
    const oa = { grant: 'authorizationCode', redirectUri, authorizationUrl: `${issuer()}/authorize` } as const;
    const acme = clientOf({ oauth: { oa } });
    const login = oauthOf(acme, 'oa');
    const { url: to, ...kept } = await login.authorizationUrl({ scopes: ['read'] });
    const redirect = await fetch(to, { redirect: 'manual' });
    expect(redirect.status).toBe(302);
    await login.exchange(redirect.headers.get('location') ?? '', kept);
    expect((await acme.read({})).data).toEqual({ id: 'read' });
    expect((await acme.write({})).error).toMatchObject({ status: 403 });
    await gateway.reset();
    expect((await acme.read({})).error).toMatchObject({ oauthError: 'invalid_grant' });
  });

  test('a wrong secret causes an OAuthError that does not show it', async () => {
    const { error } = await clientOf({ oauth: { oa: { clientSecret: 'not-the-secret' } } }).read({});
    expect(error).toMatchObject({ oauthError: 'invalid_client', status: 401 });
    expect(JSON.stringify(error)).not.toContain('not-the-secret');
  });
});

describe('tokens on operations', () => {
  test.each<[string, () => Promise<string | undefined>, string, number, string | null]>([
    ['no token', async () => undefined, 'read', 401, 'Bearer'],
    ['an invalid token', async () => 'nonsense', 'read', 401, 'error="invalid_token"'],
    ['a missing scope', () => tokenOf('read'), 'write', 403, 'error="insufficient_scope"'],
    ['a token of another scheme', () => tokenOf('profile'), 'oidc', 401, 'error="invalid_token"'],
    ['a token with the scope', () => tokenOf('write'), 'write', 200, null],
    ['the demo token', async () => provider.credentials.oa, 'write', 200, null],
  ])('%s', async (_, token, path, status, challenge) => {
    const response = await call(path, await token());
    expect(response.status).toBe(status);
    const found = response.headers.get('www-authenticate');
    if (challenge === null) expect(found).toBeNull();
    else expect(found).toContain(challenge);
  });

  test('a changed claim and an expired token are rejected', async () => {
    const token = await tokenOf('read');
    const [head, claims = '', signature] = token.split('.');
    const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), scope: 'read write' };
    const forged = [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    expect((await call('write', forged)).status).toBe(401);
    expect((await call('read', token)).status).toBe(200);
    now += 601_000;
    const late = await call('read', token);
    expect(late.status).toBe(401);
    expect(late.headers.get('www-authenticate')).toContain(
      'error="invalid_token", error_description="the token has expired"',
    );
  });

  test('a server of the contract verifies them by the metadata of the mock', async () => {
    const { ACME_OA_ISSUER: named = '', ACME_OA_AUDIENCE: audience = '' } = environment;
    const check = accessTokens({ flows: {} }, { issuer: named, audience });
    const about = { isDpop: false, method: 'GET', url: 'https://api.acme.example/', headers: new Headers() };
    const presented = { ...about, token: await tokenOf('read'), now, certificate: undefined };
    expect(await check(presented)).toMatchObject({ scopes: ['read'], claims: { iss: issuer() } });
  });
});

/** A proxy that ends mutual TLS and passes the client's certificate (RFC 9440). */
const certificate = new X509Certificate(readFileSync(new URL('../fixtures/tls/server.pem', import.meta.url))).raw;
const proxied = (target: string, init?: RequestInit) => {
  const headers = new Headers(init?.headers);
  headers.set('client-cert', `:${certificate.toString('base64')}:`);
  return fetch(target, { ...init, headers });
};
const redirectUri = 'http://127.0.0.1:1/callback';
const byUser = { authorizationUrl: () => `${issuer()}/authorize`, device: () => `${issuer()}/device_authorization` };

/** Logs a user in if the grant needs one. */
async function logIn(acme: object, grant: string): Promise<void> {
  const login = oauthOf(acme, 'oa');
  if (grant === 'authorizationCode') {
    const { url: to, ...kept } = await login.authorizationUrl({ scopes: ['read'] });
    const redirect = await fetch(to, { redirect: 'manual' });
    await login.exchange(redirect.headers.get('location') ?? '', kept);
  }
  if (grant === 'deviceAuthorization') {
    const { verificationUriComplete = '', complete } = await login.deviceAuthorization({ scopes: ['read'] });
    await fetch(verificationUriComplete);
    await complete();
  }
}
async function refreshToken(): Promise<string> {
  const form = { grant_type: 'password', username: 'ada', password: 'x', scope: 'read' };
  const answer = await post({ ...form, client_id: client.id(), client_secret: client.secret() });
  return ((await answer.json()) as { refresh_token: string }).refresh_token;
}

describe('every grant with every client authentication works from client to mock', () => {
  const grants: Readonly<Record<string, () => object | Promise<object>>> = {
    clientCredentials: () => ({}),
    password: () => ({ grant: 'password', username: 'ada', password: 'any' }),
    refreshToken: async () => ({ grant: 'refreshToken', refreshToken: await refreshToken() }),
    jwtBearer: () => ({ grant: 'jwtBearer', assertionIssuer: 'robot@acme.example' }),
    authorizationCode: () => ({ grant: 'authorizationCode', redirectUri, authorizationUrl: byUser.authorizationUrl() }),
    deviceAuthorization: () => ({ grant: 'deviceAuthorization', deviceAuthorizationUrl: byUser.device() }),
  };
  const authentications: Readonly<Record<string, object>> = {
    client_secret_basic: {},
    client_secret_post: {},
    private_key_jwt: {},
    tls_client_auth: { fetch: proxied },
    self_signed_tls_client_auth: { fetch: proxied },
  };
  const rows = Object.keys(grants).flatMap((grant) =>
    Object.keys(authentications).flatMap((authentication) =>
      [false, true].map((dpop) => [grant, authentication, dpop] as const),
    ),
  );
  test.each(rows)('%s, %s, DPoP %s', async (grant, clientAuthentication, dpop) => {
    const oa = { ...(await grants[grant]?.()), clientAuthentication, dpop } as OAuthOptions;
    const options = { oauth: { oa }, ...authentications[clientAuthentication] };
    const acme = clientOf(options, { sleep: async () => undefined });
    await logIn(acme, grant);
    expect(await acme.read({})).toMatchObject({ data: { id: 'read' } });
  });

  test.each(['authorizationCode', 'deviceAuthorization', 'jwtBearer'])('%s with a public client', async (grant) => {
    const oa = { ...(await grants[grant]?.()), clientAuthentication: 'none' } as OAuthOptions;
    const acme = clientOf({ oauth: { oa } }, { sleep: async () => undefined });
    await logIn(acme, grant);
    expect(await acme.read({})).toMatchObject({ data: { id: 'read' } });
  });

  test('a token of mutual TLS is valid only with its certificate', async () => {
    const oauth = { oa: { clientAuthentication: 'tls_client_auth' } } as const;
    const acme = clientOf({ oauth, fetch: proxied } as object);
    const token = await oauthOf(acme, 'oa').accessToken(['read']);
    expect((await call('read', token)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await proxied(`${url}/acme/read`, { headers })).status).toBe(200);
    const { error } = await clientOf({ oauth }).read({});
    expect(error).toMatchObject({ oauthError: 'invalid_client', message: expect.stringContaining('Client-Cert') });
  });
});

describe('rejects an assertion with', () => {
  const assertion = async (claims: object, key?: CryptoKey) =>
    new SignJWT({ iss: client.id(), sub: client.id(), jti: crypto.randomUUID(), ...claims } as never)
      .setProtectedHeader({ alg: 'ES256' })
      .sign(key ?? (await importPKCS8(environment.ACME_OA_PRIVATE_KEY ?? '', 'ES256')));
  const seconds = () => Math.floor(now / 1000);
  const good = () => ({ aud: issuer(), exp: seconds() + 60 });
  const ask = async (signed: string, form: Readonly<Record<string, string>> = {}) => {
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const more = { grant_type: 'client_credentials', client_assertion_type: type, client_assertion: signed };
    const answer = await post({ ...more, ...form });
    return [answer.status, ((await answer.json()) as { error?: string }).error];
  };

  test.each<[string, () => object]>([
    ['another audience', () => ({ ...good(), aud: 'https://other.example' })],
    ['expired', () => ({ aud: issuer(), exp: seconds() - 60 })],
    ['no expiry', () => ({ aud: issuer() })],
    ['another client', () => ({ ...good(), iss: 'other', sub: 'other' })],
    ['another subject', () => ({ ...good(), sub: 'other' })],
  ])('%s', async (_, claims) => {
    expect(await ask(await assertion(claims()))).toEqual([401, 'invalid_client']);
  });

  test('another key, a second use, a second authentication and another type', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    expect(await ask(await assertion(good(), privateKey))).toEqual([401, 'invalid_client']);
    const signed = await assertion(good());
    expect(await ask(signed)).toEqual([200, undefined]);
    expect(await ask(signed)).toEqual([401, 'invalid_client']);
    expect(await ask(await assertion(good()), { client_secret: client.secret() })).toEqual([400, 'invalid_request']);
    expect(await ask(await assertion(good()), { client_assertion_type: 'x' })).toEqual([400, 'invalid_request']);
  });
});

test('logs in a device, and refreshes the token', async () => {
  const oa = { grant: 'deviceAuthorization', deviceAuthorizationUrl: `${issuer()}/device_authorization` } as const;
  const acme = clientOf({ oauth: { oa } }, { sleep: async () => void polls.push(0) });
  const polls: number[] = [];
  const {
    verificationUriComplete = '',
    verificationUri,
    userCode,
    complete,
  } = await oauthOf(acme, 'oa').deviceAuthorization({ scopes: ['read'] });
  expect(verificationUriComplete).toBe(`${verificationUri}?user_code=${userCode}`);
  const done = complete();
  expect((await fetch(`${verificationUri}?user_code=WRONG`)).status).toBe(404);
  expect((await fetch(verificationUriComplete)).status).toBe(200);
  await done;
  expect((await acme.read({})).data).toEqual({ id: 'read' });
  expect((await acme.write({})).error).toMatchObject({ status: 403 });
  expect(polls.length).toBeGreaterThan(0);
});

test('binds tokens to a key, so that another caller cannot use them', async () => {
  const acme = clientOf({ oauth: { oa: { dpop: true } } });
  expect((await acme.read({})).data).toEqual({ id: 'read' });
  const [sent = ''] = authorizations.filter((each) => each.startsWith('DPoP ')).slice(-1);
  const stolen = sent.replace('DPoP ', '');
  const response = await call('read', stolen);
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringContaining('a DPoP proof is missing'),
  ]);
});

test.each([
  ['of a public client is valid only with its key, and a wrong key does not consume it', false, 400],
  ['of a client with a secret is valid with any key', true, 200],
])('a refresh token %s', async (_, isSecret, status) => {
  const makeProver = async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = (await exportJWK(publicKey)) as JWK;
    return () =>
      new SignJWT({ jti: crypto.randomUUID(), htm: 'POST', htu: `${issuer()}/token` })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setIssuedAt()
        .sign(privateKey);
  };
  const [owner, other] = await Promise.all([makeProver(), makeProver()]);
  const login = oauthOf(
    clientOf({
      oauth: {
        oa: {
          grant: 'authorizationCode',
          redirectUri: 'http://127.0.0.1:1/callback',
          authorizationUrl: `${issuer()}/authorize`,
        },
      },
    }),
    'oa',
  );
  const { url: to, codeVerifier } = await login.authorizationUrl({ scopes: ['read'] });
  const back = new URL((await fetch(to, { redirect: 'manual' })).headers.get('location') ?? '');
  const secret = isSecret ? { client_secret: client.secret() } : {};
  const request = async (prove: () => Promise<string>, form: Readonly<Record<string, string>>) => {
    const answer = await post({ client_id: client.id(), ...secret, ...form } as never, { dpop: await prove() });
    return [answer.status, (await answer.json()) as { refresh_token: string; error: string }] as const;
  };
  const [, first] = await request(owner, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: 'http://127.0.0.1:1/callback',
    code_verifier: codeVerifier,
  });
  const form = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
  const [got, refused] = await request(other, form);
  expect([got, refused.error]).toEqual([status, status === 200 ? undefined : 'invalid_grant']);
  // The refresh token is used up only if it was accepted.
  expect((await request(owner, form))[0]).toBe(status === 200 ? 400 : 200);
});

test('introspection returns which tokens are active', async () => {
  const { ACME_OA_ISSUER: named = '', ACME_OA_AUDIENCE: audience = '' } = environment;
  const introspection = { clientId: client.id(), clientSecret: client.secret() };
  const check = accessTokens({ flows: {} }, { issuer: named, audience, introspection });
  const about = { isDpop: false, method: 'GET', url: 'https://api.acme.example/', headers: new Headers() };
  const presented = { ...about, token: await tokenOf('read'), now, certificate: undefined };
  expect(await check(presented)).toMatchObject({ scopes: ['read'], claims: { client_id: client.id() } });
  expect(await check({ ...presented, token: 'nonsense' })).toMatchObject({ problem: 'invalid' });
  now += 601_000;
  expect(await check(presented)).toMatchObject({ problem: 'invalid' });
  const response = await fetch(`${issuer()}/introspect`, { method: 'POST', body: new URLSearchParams({ token: 'x' }) });
  expect(response.status).toBe(401);
});

describe('errors of the token endpoint', () => {
  const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` });
  test.each([
    ['no client', {}, () => ({ grant_type: 'client_credentials' }), 401, 'invalid_client'],
    ['no secret', {}, () => ({ grant_type: 'client_credentials', client_id: client.id() }), 401, 'invalid_client'],
    ['another grant', {}, () => ({ grant_type: 'magic' }), 400, 'unsupported_grant_type'],
    ['no grant', {}, () => ({}), 400, 'invalid_request'],
    ['another scope', {}, () => ({ grant_type: 'client_credentials', scope: 'fly' }), 400, 'invalid_scope'],
    ['another code', {}, () => ({ grant_type: 'authorization_code', code: 'x' }), 400, 'invalid_grant'],
    ['another refresh token', {}, () => ({ grant_type: 'refresh_token', refresh_token: 'x' }), 400, 'invalid_grant'],
  ] as const)('%s', async (name, _, form, status, error) => {
    const isClient = !name.startsWith('no client') && !name.startsWith('no secret');
    const response = await post(form() as never, isClient ? basic(client.id(), client.secret()) : {});
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([status, error]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('an unregistered redirect URI causes no redirect', async () => {
    for (const redirectUri of ['javascript:alert(1)', 'http://evil.example/', 'data:text/html,x', '']) {
      const query = new URLSearchParams({ client_id: client.id(), redirect_uri: redirectUri, response_type: 'code' });
      expect((await fetch(`${issuer()}/authorize?${query}`, { redirect: 'manual' })).status).toBe(400);
    }
  });
});

describe('oauth4webapi, an independent client', () => {
  const insecure = { [oauth4webapi.allowInsecureRequests]: true } as const;
  const discover = async (scheme: string, algorithm: 'oauth2' | 'oidc') => {
    const at = new URL(issuer(scheme));
    return oauth4webapi.processDiscoveryResponse(
      at,
      await oauth4webapi.discoveryRequest(at, { algorithm, ...insecure }),
    );
  };

  test.each(['oauth2', 'oidc'] as const)(
    'reads the metadata as %s, and gets a token by either secret and by the key',
    async (algorithm) => {
      const as = await discover('oa', algorithm);
      const self = { client_id: client.id() };
      for (const authentication of [
        oauth4webapi.ClientSecretBasic(client.secret()),
        oauth4webapi.ClientSecretPost(client.secret()),
        oauth4webapi.PrivateKeyJwt(await importPKCS8(environment.ACME_OA_PRIVATE_KEY ?? '', 'ES256')),
      ]) {
        const form = { scope: 'read' };
        const response = await oauth4webapi.clientCredentialsGrantRequest(as, self, authentication, form, insecure);
        const token = await oauth4webapi.processClientCredentialsResponse(as, self, response);
        expect((await call('read', token.access_token)).status).toBe(200);
      }
    },
  );

  test('logs in by code with PKCE, and gets an ID token and a refresh token that rotates', async () => {
    const as = await discover('user', 'oidc');
    const self = { client_id: environment.ACME_USER_CLIENT_ID ?? '' };
    const verifier = oauth4webapi.generateRandomCodeVerifier();
    const state = oauth4webapi.generateRandomState();
    const nonce = oauth4webapi.generateRandomNonce();
    const redirect = 'http://localhost:1/callback';
    const to = new URL(as.authorization_endpoint ?? '');
    to.search = new URLSearchParams({
      client_id: self.client_id,
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'openid read',
      code_challenge: await oauth4webapi.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }).toString();
    const location = (await fetch(to, { redirect: 'manual' })).headers.get('location') ?? '';
    const found = oauth4webapi.validateAuthResponse(as, self, new URL(location), state);
    const none = oauth4webapi.None();
    const exchange = (code: string) =>
      oauth4webapi.authorizationCodeGrantRequest(as, self, none, found, redirect, code, insecure);
    const response = await exchange(verifier);
    const token = await oauth4webapi.processAuthorizationCodeResponse(as, self, response, { expectedNonce: nonce });
    expect(oauth4webapi.getValidatedIdTokenClaims(token)).toMatchObject({ sub: 'demo-user', nonce });
    expect((await exchange(verifier)).status).toBe(400);
    expect((await call('user', token.access_token)).status).toBe(200);
    const refresh = () => oauth4webapi.refreshTokenGrantRequest(as, self, none, token.refresh_token ?? '', insecure);
    const again = await oauth4webapi.processRefreshTokenResponse(as, self, await refresh());
    expect((await call('user', again.access_token)).status).toBe(200);
    expect((await refresh()).status).toBe(400);
  });
});
