import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClerkVerifier } from '../../../plugins/dailyplay/clerk.ts';

const ISSUER = 'https://demo.clerk.accounts.dev';
const NOW = Date.UTC(2026, 1, 16, 12);
const SECONDS = NOW / 1000;

describe('Clerk tokens, verified by a fetched JWKS', () => {
  let server: Server;
  let url: URL;
  let sign: (claims: JWTPayload) => Promise<string>;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`);
    sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
  });
  afterAll(() => server.close());

  const good = { sub: 'user_1', iss: ISSUER, exp: SECONDS + 60, nbf: SECONDS - 1, azp: 'https://app.dailyplay.ai' };

  test.each<{ readonly title: string; readonly claims: JWTPayload; readonly want: unknown }>([
    { title: 'a valid token', claims: good, want: { userId: 'user_1' } },
    { title: 'without azp', claims: { ...good, azp: undefined }, want: { userId: 'user_1' } },
    { title: 'another origin', claims: { ...good, azp: 'https://evil.example' }, want: null },
    { title: 'another issuer', claims: { ...good, iss: 'https://other.clerk.accounts.dev' }, want: null },
    { title: 'expired', claims: { ...good, exp: SECONDS - 6 }, want: 'expired' },
    { title: 'expired within the skew', claims: { ...good, exp: SECONDS - 4 }, want: { userId: 'user_1' } },
    { title: 'not yet valid', claims: { ...good, nbf: SECONDS + 30 }, want: null },
    { title: 'without an expiry', claims: { sub: 'user_1', iss: ISSUER }, want: null },
    { title: 'without a subject', claims: { iss: ISSUER, exp: SECONDS + 60 }, want: null },
  ])('$title', async ({ claims, want }) => {
    const verify = createClerkVerifier({ jwks: url, issuer: ISSUER, authorizedParties: ['https://app.dailyplay.ai'] });
    expect(await verify(await sign(claims), NOW)).toEqual(want);
  });

  test.each<[string, (parts: string[]) => string]>([
    ['padding behind the signature', ([head, body, signature]) => `${head}.${body}.${signature}==`],
    ['padding behind the header', ([head, body, signature]) => `${head}=.${body}.${signature}`],
    ['padding behind the payload', ([head, body, signature]) => `${head}.${body}=.${signature}`],
    ['a space', ([head, body, signature]) => `${head}.${body}. ${signature}`],
    ['a fourth part', (parts) => [...parts, 'x'].join('.')],
    ['no signature', ([head, body]) => `${head}.${body}.`],
  ])('rejects a valid token with %s', async (_, change) => {
    const verify = createClerkVerifier({ jwks: url, issuer: ISSUER });
    const token = await sign(good);
    expect(await verify(token, NOW)).toEqual({ userId: 'user_1' });
    expect(await verify(change(token.split('.')), NOW)).toBe(null);
  });

  test('reports keys that cannot be fetched as a server error, not as an invalid token', async () => {
    const verify = createClerkVerifier({ jwks: new URL('http://127.0.0.1:1/jwks.json'), issuer: ISSUER });
    await expect(verify(await sign(good), NOW)).rejects.toThrow();
  });
});
