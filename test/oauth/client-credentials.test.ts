import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fetch } from '../../runtime/client/index.ts';
import { isOAuthError, type OAuthOptions } from '../../runtime/oauth/index.ts';
import type { TestServer } from '../runtime/client/serve.ts';
import { type AuthorizationServer, type Keys, makeKeys, startAuthorizationServer } from './authorization-server.ts';
import { clientOf } from './client-of.ts';
import { startResource } from './resource.ts';

const SECRET = 's3cret/with: & odd +signs%';
let as: AuthorizationServer;
let resource: TestServer;
let ec: Keys;
let rsa: Keys;
let ed: Keys;

const base = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
beforeAll(async () => {
  [ec, rsa, ed] = await Promise.all([makeKeys('ES256', 'ec'), makeKeys('PS256', 'rsa'), makeKeys('Ed25519', 'ed')]);
  as = await startAuthorizationServer({
    clients: [
      { ...base, client_id: 'basic:id', client_secret: SECRET, token_endpoint_auth_method: 'client_secret_basic' },
      { ...base, client_id: 'post', client_secret: SECRET, token_endpoint_auth_method: 'client_secret_post' },
      ...(
        [
          ['jwt-ec', ec],
          ['jwt-rsa', rsa],
          ['jwt-ed', ed],
        ] as const
      ).map(([client_id, { publicJwk }]) => ({
        ...base,
        client_id,
        token_endpoint_auth_method: 'private_key_jwt' as const,
        token_endpoint_auth_signing_alg:
          publicJwk.alg === 'Ed25519' ? ('Ed25519' as const) : (publicJwk.alg as 'ES256'),
        jwks: { keys: [publicJwk as never] },
      })),
      {
        ...base,
        client_id: 'mtls',
        token_endpoint_auth_method: 'tls_client_auth',
        tls_client_auth_subject_dn: 'CN=acme',
      },
    ],
    config: {
      clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth', 'none'],
      enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'] } as never,
    },
  });
  resource = await startResource(as.issuer);
});
afterAll(async () => {
  await as.close();
  await resource.close();
});
beforeEach(() => {
  as.asked.length = 0;
  as.interfere = undefined;
});

const scheme = () => ({
  type: 'oauth2',
  flows: { clientCredentials: { tokenUrl: `${as.issuer}/token`, scopes: { read: '', write: '' } } },
});

describe('client authentication', () => {
  type Row = { readonly name: string; readonly options: () => OAuthOptions; readonly fetch?: Fetch };
  const rows: readonly Row[] = [
    { name: 'client_secret_basic is the default', options: () => ({ clientId: 'basic:id', clientSecret: SECRET }) },
    { name: 'a secret from a function', options: () => ({ clientId: 'basic:id', clientSecret: async () => SECRET }) },
    {
      name: 'client_secret_post',
      options: () => ({ clientId: 'post', clientSecret: SECRET, clientAuthentication: 'client_secret_post' }),
    },
    {
      name: 'private_key_jwt, a JWK of P-256',
      options: () => ({ clientId: 'jwt-ec', privateKey: ec.privateJwk as JsonWebKey }),
    },
    {
      name: 'private_key_jwt, a JWK of RSA with PS256',
      options: () => ({ clientId: 'jwt-rsa', privateKey: rsa.privateJwk as JsonWebKey }),
    },
    {
      name: 'private_key_jwt, a JWK as text',
      options: () => ({ clientId: 'jwt-ec', privateKey: () => JSON.stringify(ec.privateJwk) }),
    },
    {
      name: 'private_key_jwt, selected by the issuer’s metadata',
      options: () => ({ clientId: 'jwt-ec', privateKey: ec.privateJwk as JsonWebKey, issuer: as.issuer }),
    },
    {
      name: 'tls_client_auth: the fetch option has the certificate',
      options: () => ({ clientId: 'mtls', clientAuthentication: 'tls_client_auth' }),
      fetch: (url: string, init: RequestInit) => {
        const headers = new Headers(init.headers);
        headers.set('x-test-certificate', 'good');
        headers.set('x-test-subject', 'CN=acme');
        return fetch(url, { ...init, headers });
      },
    },
  ];
  test.each(rows)('$name', async ({ options, fetch: own }) => {
    const client = clientOf(scheme(), options(), { baseUrl: resource.url, ...(own && { fetch: own }) });
    const { data, error } = await client.read();
    expect(error).toBeUndefined();
    expect(data).toEqual({ ok: true, scope: 'read' });
  });

  test('the environment is sufficient, without code', async () => {
    const client = clientOf(scheme(), undefined, {
      baseUrl: resource.url,
      environment: { ACME_OA_CLIENT_ID: 'basic:id', ACME_OA_CLIENT_SECRET: SECRET },
    });
    expect((await client.read()).data).toEqual({ ok: true, scope: 'read' });
  });

  test('the error for a wrong secret does not show it', async () => {
    const client = clientOf(
      scheme(),
      { clientId: 'basic:id', clientSecret: 'wrong-secret' },
      { baseUrl: resource.url },
    );
    const { error } = await client.read();
    expect(isOAuthError(error) && [error.oauthError, error.status, error.operation]).toEqual([
      'invalid_client',
      401,
      'read',
    ]);
    expect(JSON.stringify(error) + error?.message + error?.stack).not.toContain('wrong-secret');
  });
});

describe('tokens', () => {
  const options = (): OAuthOptions => ({ clientId: 'basic:id', clientSecret: SECRET });

  test('100 parallel calls send 1 token request', async () => {
    const client = clientOf(scheme(), options(), { baseUrl: resource.url });
    const results = await Promise.all(Array.from({ length: 100 }, () => client.read()));
    expect(results.map(({ error }) => error?.message).filter(Boolean)).toEqual([]);
    expect(as.tokenRequests()).toHaveLength(1);
  });

  test('each set of scopes has one token, in any order', async () => {
    const client = clientOf(scheme(), options(), { baseUrl: resource.url });
    for (const call of [client.read, client.write, client.both, client.read, client.both, client.open]) {
      expect((await call()).error).toBeUndefined();
    }
    expect(as.tokenRequests().map(({ body }) => new URLSearchParams(body).get('scope'))).toEqual([
      'read',
      'write',
      'read write',
      null,
    ]);
  });

  test('all calls share one token if the option sets the scopes', async () => {
    const client = clientOf(scheme(), { ...options(), scopes: ['read', 'write'] }, { baseUrl: resource.url });
    for (const call of [client.read, client.write, client.open]) await call();
    expect(as.tokenRequests()).toHaveLength(1);
  });
});
