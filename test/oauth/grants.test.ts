import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isConfigurationError, type Token } from '../../runtime/client/index.ts';
import { isOAuthError, type OAuthOptions, oauthOf } from '../../runtime/oauth/index.ts';
import { json, serve, type TestServer } from '../runtime/client/serve.ts';
import { type AuthorizationServer, type Keys, makeKeys, startAuthorizationServer } from './authorization-server.ts';
import { clientOf } from './client-of.ts';
import { createUserAgent } from './user-agent.ts';

const CALLBACK = 'https://shop.example/callback';
const SECRET = 'shop-secret';
let as: AuthorizationServer;
let api: TestServer;
let account: Keys;
/** Access tokens that the API rejects. */
const rejected = new Set<string>();

const common = { client_secret: SECRET, redirect_uris: [CALLBACK], response_types: ['code'] };
beforeAll(async () => {
  account = await makeKeys('RS256', 'account');
  as = await startAuthorizationServer({
    accounts: { 'svc@acme.example': account.publicJwk },
    clients: [
      { ...common, client_id: 'shop', grant_types: ['authorization_code', 'refresh_token'] },
      {
        ...common,
        client_id: 'tv',
        response_types: [],
        redirect_uris: [],
        token_endpoint_auth_method: 'none',
        client_secret: undefined,
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      },
      { ...common, client_id: 'old', response_types: [], redirect_uris: [], grant_types: ['password'] },
      {
        ...common,
        client_id: 'svc',
        response_types: [],
        redirect_uris: [],
        grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
      },
    ] as never,
  });
  // It checks only that a token was sent. The tests of the server check the content of tokens.
  api = await serve((request, answer) => {
    const token = /^Bearer (.+)$/.exec(String(request.headers.authorization ?? ''))?.[1] ?? '';
    if (token && !rejected.has(token)) return json(answer, { ok: true, token });
    json(answer, {}, 401, { 'www-authenticate': 'Bearer realm="api", error="invalid_token"' });
  });
});
afterAll(async () => {
  await as.close();
  await api.close();
});
beforeEach(() => {
  as.asked.length = 0;
  rejected.clear();
});

const scheme = () => ({
  type: 'oauth2',
  flows: {
    authorizationCode: { authorizationUrl: `${as.issuer}/auth`, tokenUrl: `${as.issuer}/token`, scopes: { read: '' } },
    deviceAuthorization: {
      deviceAuthorizationUrl: `${as.issuer}/device/auth`,
      tokenUrl: `${as.issuer}/token`,
      scopes: {},
    },
    password: { tokenUrl: `${as.issuer}/token`, scopes: {} },
  },
});
const make = (oa: OAuthOptions, more: object = {}) => clientOf(scheme(), oa, { baseUrl: api.url, ...more });
const asked = (name: string): (string | null)[] =>
  as.tokenRequests().map(({ body }) => new URLSearchParams(body).get(name));
const tokenOf = (data: unknown): string => (data as { readonly token: string }).token;
const CODE: OAuthOptions = {
  grant: 'authorizationCode',
  clientId: 'shop',
  clientSecret: SECRET,
  redirectUri: CALLBACK,
};

async function logIn(client: object): Promise<void> {
  const { url, state, codeVerifier } = await oauthOf(client).authorizationUrl({
    scopes: ['openid', 'offline_access', 'read'],
  });
  const { url: callback } = await createUserAgent(CALLBACK).visit(url);
  await oauthOf(client).exchange(callback, { state, codeVerifier });
}

describe('authorization code with PKCE', () => {
  test('logs in, then calls with the token', async () => {
    const client = make(CODE);
    const before = await client.read();
    expect(isConfigurationError(before.error) && before.error.message).toContain('authorizationUrl()');
    await logIn(client);
    const { data, error } = await client.read();
    expect(error).toBeUndefined();
    expect(decodeJwt(tokenOf(data))).toMatchObject({ iss: as.issuer, sub: 'ada', client_id: 'shop' });
    expect(asked('grant_type')).toEqual(['authorization_code']);
    expect(asked('code_verifier')[0]).toMatch(/^[\w-]{43}$/);
  });

  test('reports another state, a missing code and a denied login as errors', async () => {
    const login = oauthOf(make(CODE));
    const { state, codeVerifier } = await login.authorizationUrl();
    const failing = async (query: string) =>
      login.exchange(`${CALLBACK}?${query}`, { state, codeVerifier }).catch((e) => e);
    expect((await failing(`code=x&state=other`)).message).toContain('does not match the state');
    expect((await failing(`state=${state}`)).message).toContain('no code');
    const denied = await failing(`error=access_denied&state=${state}`);
    expect(isOAuthError(denied) && denied.oauthError).toBe('access_denied');
    const wrong = await failing(`code=unknown&state=${state}`);
    expect(isOAuthError(wrong) && wrong.oauthError).toBe('invalid_grant');
    expect(wrong.message + JSON.stringify(wrong)).not.toContain(codeVerifier);
  });

  test('rotates the refresh token: a rejected token is renewed once for 50 calls, and so is the next one', async () => {
    const client = make(CODE);
    await logIn(client);
    for (const round of [1, 2, 3]) {
      const { data } = await client.read();
      rejected.add(tokenOf(data));
      const results = await Promise.all(Array.from({ length: 50 }, () => client.read().withResponse()));
      expect(results.filter(({ error }) => error)).toEqual([]);
      expect(results.every(({ attempts }) => attempts === 2)).toBe(true);
      expect(asked('grant_type').filter((grant) => grant === 'refresh_token')).toHaveLength(round);
    }
    const refreshed = asked('refresh_token').filter(Boolean);
    expect(new Set(refreshed).size).toBe(refreshed.length);
  });

  test('two processes that share a store use the same new token', async () => {
    const kept = new Map<string, Token>();
    const tokenStore = {
      get: (key: string) => kept.get(key),
      set: (key: string, token: Token) => void kept.set(key, token),
    };
    const [one, two] = [make(CODE, { tokenStore }), make(CODE, { tokenStore })];
    await logIn(one);
    const { data } = await one.read();
    expect(tokenOf((await two.read()).data)).toBe(tokenOf(data));
    rejected.add(tokenOf(data));
    await one.read();
    expect((await two.read()).error).toBeUndefined();
    expect(asked('grant_type')).toEqual(['authorization_code', 'refresh_token']);
    expect([...kept.keys()].join()).not.toMatch(new RegExp(`${SECRET}|${tokenOf(data)}`));
  });

  test('reports invalid_grant if a refresh token was used elsewhere, and ends the session', async () => {
    const client = make(CODE);
    await logIn(client);
    const { data } = await client.read();
    const grants = await as.provider.AccessToken.find(tokenOf(data));
    expect(grants).toBeUndefined(); // A JWT is not stored.
    as.interfere = async (request, response) => {
      if (request.url !== '/token') return false;
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      return true;
    };
    rejected.add(tokenOf(data));
    const { error } = await client.read();
    as.interfere = undefined;
    expect(isOAuthError(error) && error.oauthError).toBe('invalid_grant');
  });
});

test('device code: polls while pending, until the user agrees', async () => {
  const client = make(
    { grant: 'deviceAuthorization', clientId: 'tv' },
    { clock: { sleep: () => new Promise((done) => setTimeout(done, 20)) } },
  );
  const device = await oauthOf(client).deviceAuthorization({ scopes: ['openid', 'offline_access', 'read'] });
  expect(device).toMatchObject({ userCode: expect.any(String), verificationUri: `${as.issuer}/device` });
  const done = device.complete();
  await expect.poll(() => asked('grant_type').length).toBeGreaterThan(1);
  const agent = createUserAgent('none:');
  const form = await agent.submit(await agent.visit(`${as.issuer}/device?user_code=${device.userCode}`));
  await agent.submit(form, { confirm: 'yes' });
  await done;
  expect((await client.read()).error).toBeUndefined();
});

test('device code: an abort ends the polling', async () => {
  const client = make({ grant: 'deviceAuthorization', clientId: 'tv' });
  const device = await oauthOf(client).deviceAuthorization();
  const controller = new AbortController();
  const waiting = device.complete({ signal: controller.signal }).catch((error) => error);
  controller.abort();
  expect((await waiting).name).toBe('AbortError');
});

test('password', async () => {
  const options: OAuthOptions = {
    grant: 'password',
    clientId: 'old',
    clientSecret: SECRET,
    username: 'ada',
    password: 'lovelace & co',
  };
  expect((await make(options).read()).error).toBeUndefined();
  const { error } = await make({ ...options, password: 'wrong-password' }).read();
  expect(isOAuthError(error) && error.oauthError).toBe('invalid_grant');
  expect(JSON.stringify(error) + error?.stack).not.toContain('wrong-password');
});

test('JWT bearer: creates a new assertion with the scopes for each token request', async () => {
  const client = make({
    grant: 'jwtBearer',
    clientId: 'svc',
    clientSecret: SECRET,
    assertionIssuer: 'svc@acme.example',
    subject: 'ada',
    privateKey: account.privateJwk as JsonWebKey,
  });
  const { data, error } = await client.read();
  expect(error).toBeUndefined();
  rejected.add(tokenOf(data));
  expect((await client.read()).error).toBeUndefined();
  const [first, second] = asked('assertion')
    .filter(Boolean)
    .map((text) => decodeJwt(text ?? ''));
  expect(first).toMatchObject({ iss: 'svc@acme.example', sub: 'ada', aud: `${as.issuer}/token`, scope: 'read' });
  expect(second?.jti).not.toBe(first?.jti);
});
