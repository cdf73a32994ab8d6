/** A token for each request: the one that jose signs is valid, and another spelling or content of it is rejected. */
import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const KEY = 'a secret of more than thirty-two bytes';
const contractWith = (jwt: object) =>
  contractOf(
    {
      algorithm: 'hmac-sha256',
      prefix: 'Bearer ',
      jwt,
      timestamp: { unit: 's', tolerance: 60 },
      nonce: { bytes: 16 },
      key: { credential: 'secret' },
      credentials: { secret: {} },
    },
    { query: {} },
    { name: 'Authorization' },
  );
const contract = contractWith({
  header: { kid: 'k1' },
  claims: { iat: '{timestamp}', jti: '{nonce}', uri: '{method} {path}' },
});
const server = serverOf(contract, { secret: KEY });
const ask = async (token: string): Promise<number> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (await server.fetch(new Request('https://a.invalid/orders', { method: 'POST', headers, body: '{}' }))).status;
};

let count = 0;
async function sign(header: object = {}, claims: object = {}): Promise<string> {
  count += 1;
  const said = { iat: Math.floor(Date.now() / 1000), jti: `nonce-${count}`, uri: 'POST /orders', ...claims };
  return new SignJWT(said)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'k1', ...header } as never)
    .sign(new TextEncoder().encode(KEY));
}
/** The last letter of a text of 32 bytes has two unused bits. */
const otherBits = (text: string): string => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + letters[letters.indexOf(text.at(-1) ?? '') ^ 1];
};
const unsigned = (text: string): string => {
  const [, claims] = text.split('.');
  return `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${claims}.`;
};
/** A valid signature over a padded header. */
const padded = (text: string): string => {
  const message = `${Buffer.from('{"alg":"HS256","kid":"k1"}').toString('base64')}.${text.split('.')[1]}`;
  return `${message}.${createHmac('sha256', KEY).update(message).digest('base64url')}`;
};

test.each<[string, (token: string) => string]>([
  ['padding', (token) => `${token}==`],
  ['one padding character', (token) => `${token}=`],
  ['a padded header with a valid signature', padded],
  ['other unused bits', otherBits],
  ['a space', (token) => token.replace('.', '. ')],
  ['a fourth part', (token) => `${token}.x`],
  ['no signature', (token) => token.split('.').slice(0, 2).join('.')],
  ['an empty signature', (token) => token.replace(/[^.]*$/, '')],
  ['alg none', unsigned],
])('%s', async (_, change) => {
  const token = await sign();
  expect([await ask(change(token)), await ask(token), await ask(token)]).toEqual([401, 200, 401]);
});

test.each<[string, object, object]>([
  ['another algorithm', { alg: 'HS512' }, {}],
  ['another key id', { kid: 'k2' }, {}],
  ['a critical extension', { crit: ['b64'], b64: true }, {}],
  ['another URI', {}, { uri: 'POST /other' }],
  ['an old time', {}, { iat: 1 }],
  ['an expired token', {}, { exp: 1 }],
  ['a token that is not yet valid', {}, { nbf: 9_999_999_999 }],
])('%s', async (_, header, claims) => {
  expect(await ask(await sign(header, claims))).toBe(401);
});

/** The format of the tokens of api.cdp.coinbase.com. */
const listed = contractWith({
  claims: { iat: '{timestamp}', jti: '{nonce}', uris: ['{method} {host}{path}', 'v1'] },
});

test.each<[string, unknown, number]>([
  ['the list', ['POST a.invalid/orders', 'v1'], 200],
  ['another first text', ['POST a.invalid/other', 'v1'], 401],
  ['another order', ['v1', 'POST a.invalid/orders'], 401],
  ['one text less', ['POST a.invalid/orders'], 401],
  ['one text more', ['POST a.invalid/orders', 'v1', 'v2'], 401],
  ['a list in a list', [['POST a.invalid/orders'], 'v1'], 401],
  ['a text in place of the list', 'POST a.invalid/orders,v1', 401],
  ['an object', { 0: 'POST a.invalid/orders', 1: 'v1' }, 401],
  ['nothing', undefined, 401],
])('a claim that is a list: %s', async (_, uris, status) => {
  const token = await sign({ kid: undefined }, { uri: undefined, uris });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const request = new Request('https://a.invalid/orders', { method: 'POST', headers, body: '{}' });
  expect((await serverOf(listed, { secret: KEY }).fetch(request)).status).toBe(status);
});

test('the client writes the claim as a list', async () => {
  const { createOrder, sent } = clientOf(listed, { secret: KEY });
  await createOrder({ body: {} });
  const token = sent[0]?.headers.authorization?.slice('Bearer '.length) ?? '';
  const { payload } = await jwtVerify(token, new TextEncoder().encode(KEY), { algorithms: ['HS256'] });
  expect(payload.uris).toEqual(['POST shop.invalid/orders', 'v1']);
});
