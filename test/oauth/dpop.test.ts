import { calculateJwkThumbprint, EmbeddedJWK, type JWK, jwtVerify } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { isOAuthError } from '../../runtime/oauth/index.ts';
import { json, type Received, type Serve, serve, type TestServer } from '../runtime/client/serve.ts';
import { clientOf } from './client-of.ts';

const closing: TestServer[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});
const start = async (handler: Serve): Promise<TestServer> => {
  const server = await serve(handler);
  closing.push(server);
  return server;
};

const scheme = (tokenUrl: string) => ({
  type: 'oauth2',
  flows: { clientCredentials: { tokenUrl, scopes: { read: '', write: '' } } },
});
const own = { clientId: 'shop', clientSecret: 'shop-secret', dpop: true };

/** The claims of a proof, checked by jose alone. */
async function proofOf({ headers }: Received): Promise<{ readonly nonce?: unknown; readonly key: string }> {
  const { payload, protectedHeader } = await jwtVerify(String(headers.dpop), EmbeddedJWK, { typ: 'dpop+jwt' });
  return { nonce: payload.nonce, key: await calculateJwkThumbprint(protectedHeader.jwk as JWK) };
}

/** Which nonce a server accepts and which it sends, by the number of the request. */
type Nonces = {
  readonly accepts: (count: number, nonce: unknown) => boolean;
  readonly sends: (count: number) => string;
};
const NONCES = {
  none: { accepts: () => true, sends: () => '' },
  constant: { accepts: (_, nonce) => nonce === 'one', sends: () => 'one' },
  'a new one in each response': {
    accepts: (count, nonce) => nonce === `n${count - 1}`,
    sends: (count) => `n${count}`,
  },
  'always a different one': { accepts: () => false, sends: (count) => `n${count}` },
  'always the same one': { accepts: () => false, sends: () => 'one' },
} as const satisfies Record<string, Nonces>;

/** @param reject the response by which the server requires a nonce */
function serverOf(
  name: keyof typeof NONCES,
  reject: (count: number) => readonly [status: number, headers: object, body: object],
) {
  const { accepts, sends }: Nonces = NONCES[name];
  let count = 0;
  const nonces: unknown[] = [];
  const handler: Serve = async (request, answer) => {
    count += 1;
    const mine = count;
    const { nonce } = await proofOf(request);
    nonces.push(nonce);
    const next = sends(mine) === '' ? {} : { 'dpop-nonce': sends(mine) };
    if (accepts(mine, nonce))
      return json(answer, { access_token: `t${mine}`, token_type: 'DPoP', expires_in: 600 }, 200, next);
    const [status, headers, body] = reject(mine);
    json(answer, body, status, { ...headers, ...next } as Record<string, string>);
  };
  return { handler, nonces };
}
const atResource = (name: keyof typeof NONCES) =>
  serverOf(name, () => [401, { 'www-authenticate': 'DPoP error="use_dpop_nonce", error_description="as said"' }, {}]);
const atTokens = (name: keyof typeof NONCES) => serverOf(name, () => [400, {}, { error: 'use_dpop_nonce' }]);

describe('a server that requires a nonce', () => {
  test.each([
    ['none', [undefined, undefined, undefined], 200],
    ['constant', [undefined, 'one', 'one', 'one'], 200],
    ['a new one in each response', [undefined, 'n1', 'n2', 'n3'], 200],
    ['always a different one', [undefined, 'n1', 'n2', 'n3', 'n4', 'n5'], 401],
    ['always the same one', [undefined, 'one', 'one', 'one'], 401],
  ] as const)('at the API: %s', async (name, want, status) => {
    const tokens = await start(atTokens('constant').handler);
    const { handler, nonces } = atResource(name);
    const api = await start(handler);
    const client = clientOf(scheme(`${tokens.url}/token`), own, { baseUrl: api.url });
    for (let count = 0; count < 3; count += 1) expect((await client.read().withResponse()).status).toBe(status);
    expect(nonces).toEqual(want);
    // The token endpoint has its own nonce, and one token serves all three calls.
    expect(tokens.received).toHaveLength(2);
  });

  test('at the API causes one retry for each of 30 parallel calls', async () => {
    const tokens = await start(atTokens('none').handler);
    const { handler, nonces } = atResource('constant');
    const api = await start(handler);
    const client = clientOf(scheme(`${tokens.url}/token`), own, { baseUrl: api.url });
    const results = await Promise.all(Array.from({ length: 30 }, () => client.post()));
    expect(results.filter(({ error }) => error)).toEqual([]);
    expect(nonces.filter((nonce) => nonce === 'one')).toHaveLength(30);
  });

  test('at the token endpoint works for two sets of scopes in parallel', async () => {
    const { handler, nonces } = atTokens('constant');
    const tokens = await start(handler);
    const api = await start(atResource('none').handler);
    const client = clientOf(scheme(`${tokens.url}/token`), own, { baseUrl: api.url });
    const results = await Promise.all([client.read(), client.write()]);
    expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(nonces.filter((nonce) => nonce === 'one')).toHaveLength(2);
    const keys = await Promise.all(
      [...tokens.received, ...api.received].map(async (each) => (await proofOf(each)).key),
    );
    expect(new Set(keys).size).toBe(1);
  });

  test.each(['always a different one', 'always the same one'] as const)(
    'at the token endpoint causes an OAuthError: %s',
    async (name) => {
      const tokens = await start(atTokens(name).handler);
      const api = await start(atResource('none').handler);
      const { error } = await clientOf(scheme(`${tokens.url}/token`), own, { baseUrl: api.url }).read();
      expect(isOAuthError(error) && [error.oauthError, error.status]).toEqual(['use_dpop_nonce', 400]);
      expect([tokens.received.length, api.received.length]).toEqual([2, 0]);
    },
  );
});
