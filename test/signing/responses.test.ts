/** Signed responses: the server signs, the client verifies. node:crypto is on the other side of each. */
import { createHmac, generateKeyPairSync, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { listen } from '@countersign/runtime/server/node';
import { describe, expect, test } from 'vitest';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const pem = (key: KeyObject, type: 'spki' | 'pkcs8'): string => String(key.export({ format: 'pem', type }));
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** As WeChat Pay does it: requests by HMAC here, responses by RSA over time, nonce and body. */
const contract = contractOf({
  algorithm: 'hmac-sha256',
  key: { credential: 'secret' },
  message: { join: '\n', parts: ['method', 'target', 'body'] },
  responses: {
    algorithm: 'rsa-sha256',
    output: { encoding: 'base64' },
    signature: { in: 'header', name: 'Wechatpay-Signature' },
    timestamp: { in: 'header', name: 'Wechatpay-Timestamp', unit: 's', tolerance: 300 },
    nonce: { in: 'header', name: 'Wechatpay-Nonce' },
    message: { join: '\n', parts: ['timestamp', 'nonce', 'body'], end: '\n' },
    key: { credential: 'platformKey' },
  },
  credentials: { secret: {}, platformKey: {} },
});
const ours = { secret: 's', platformKey: pem(platform.publicKey, 'spki') };
const theirs = { secret: 's', platformKey: pem(platform.privateKey, 'pkcs8') };
const ORDER = { query: { page: '1' }, body: { amount: 1 } };

test('the server signs success and failure once it knows the caller, and node:crypto accepts the signature', async () => {
  const { url, close } = await listen(serverOf(contract, theirs));
  const ask = async (target: string, body: string): Promise<readonly unknown[]> => {
    const made = createHmac('sha256', 's').update(`POST\n${target}\n${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-sign': made };
    const response = await fetch(url + target, { method: 'POST', headers, body });
    const text = await response.text();
    const of = (name: string): string => response.headers.get(`wechatpay-${name}`) ?? '';
    const message = Buffer.from(`${of('timestamp')}\n${of('nonce')}\n${text}\n`);
    return [
      response.status,
      verifyBytes('sha256', message, platform.publicKey, Buffer.from(of('signature'), 'base64')),
    ];
  };
  try {
    expect([await ask('/orders?page=1', '{"amount":1}'), await ask('/orders', '{')]).toEqual([
      [200, true],
      [400, true],
    ]);
  } finally {
    await close();
  }
});

describe('the client', () => {
  type Given = {
    readonly key?: typeof platform;
    readonly time?: number;
    readonly change?: string;
    readonly drop?: boolean;
  };
  const answer =
    ({ key = platform, time = Date.now(), change = '{"ok":true}', drop = false }: Given, status = 200) =>
    (): Response => {
      const at = String(Math.floor(time / 1000));
      const made = signBytes('sha256', Buffer.from(`${at}\nn-1\n{"ok":true}\n`), key.privateKey).toString('base64');
      const headers = { 'content-type': 'application/json', 'wechatpay-timestamp': at, 'wechatpay-nonce': 'n-1' };
      return new Response(change, { status, headers: { ...headers, ...(!drop && { 'wechatpay-signature': made }) } });
    };

  test.each([
    ['a valid signature', {}, undefined],
    ['a body that was changed', { change: '{"ok":false}' }, 'a signature that is wrong'],
    ['the signature of another key', { key: other }, 'a signature that is wrong'],
    ['an old response', { time: Date.now() - 400_000 }, 'a timestamp that is not within the tolerance'],
    ['no signature', { drop: true }, 'no signature'],
  ] as const)('checks a response with %s', async (_, given, flaw) => {
    const { data, error } = await clientOf(contract, ours, answer(given)).createOrder(ORDER);
    expect([data, error?.message]).toEqual(
      flaw ? [undefined, `shop: createOrder: unexpected response: HTTP 200 with ${flaw}`] : [{ ok: true }, undefined],
    );
  });

  test.each([
    ['signed correctly, as the provider’s error', {}, { kind: 'api', status: 422 }],
    ['not signed, as one with an unknown outcome', { drop: true }, { kind: 'api', status: 422, outcome: 'unknown' }],
    ['changed', { change: '{"ok":false}' }, { kind: 'unexpected-answer', reason: 'a signature that is wrong' }],
    ['signed with another key', { key: other }, { kind: 'unexpected-answer', reason: 'a signature that is wrong' }],
    ['old', { time: 0 }, { kind: 'unexpected-answer', reason: 'a timestamp that is not within the tolerance' }],
  ] as const)('reports a failure that is %s', async (_, given, wanted) => {
    const { error } = await clientOf(contract, ours, answer(given, 422)).createOrder(ORDER);
    expect(error).toMatchObject(wanted);
    expect((error as { outcome?: string }).outcome).toBe('outcome' in wanted ? wanted.outcome : undefined);
  });

  test('and the server of one contract accept each other', async () => {
    const server = serverOf(contract, theirs);
    const { data } = await clientOf(contract, ours, (request) => server.fetch(request)).createOrder(ORDER);
    expect(data).toEqual({ ok: true });
    const wrong = serverOf(contract, { ...theirs, platformKey: pem(other.privateKey, 'pkcs8') });
    const { error } = await clientOf(contract, ours, (request) => wrong.fetch(request)).createOrder(ORDER);
    expect(error?.message).toBe('shop: createOrder: unexpected response: HTTP 200 with a signature that is wrong');
  });
});

test('from the environment, a server reads the private key and needs no public one', () => {
  const environment = { SHOP_SECRET: 's', SHOP_PLATFORM_KEY: theirs.platformKey };
  expect(() => serverOf(contract, undefined, { security: {}, environment })).not.toThrow();
  expect(() => serverOf(contract, undefined, { security: {}, environment: { SHOP_SECRET: 's' } })).toThrow(
    'SHOP_PLATFORM_KEY',
  );
});

test('the server returns 500 in place of a stream, which it cannot sign', async () => {
  const failures: unknown[] = [];
  const stream = new Response('{"ok":true}').body;
  const server = serverOf(contract, theirs, {
    handlers: { createOrder: () => new Response(stream, { headers: { 'content-type': 'application/json' } }) },
    onError: ({ error }: { readonly error: unknown }) => failures.push(String(error)),
  });
  const { error } = await clientOf(contract, ours, (request) => server.fetch(request)).createOrder(ORDER);
  expect(error).toMatchObject({ kind: 'api', status: 500 });
  expect(failures).toEqual(['TypeError: A stream or file response cannot be signed']);
});

test('the signed request target is the one that the client called, behind a proxy too', async () => {
  const signing = {
    algorithm: 'hmac-sha256',
    key: { credential: 'secret' },
    message: { join: '\n', parts: ['method', 'url', 'body'] },
    responses: {
      signature: { in: 'header', name: 'X-Response-Signature' },
      message: { join: '\n', parts: ['method', 'url', 'body'] },
      key: { credential: 'secret' },
    },
    credentials: { secret: {} },
  };
  const server = serverOf(contractOf(signing), { secret: 's' }, { publicUrl: 'https://shop.invalid' });
  const inside = async (request: Request): Promise<Response> => {
    const url = request.url.replace('https://shop.invalid', 'http://10.0.0.1');
    const { method, headers } = request;
    return server.fetch(new Request(url, { method, headers, body: await request.text() }));
  };
  expect((await clientOf(contractOf(signing), { secret: 's' }, inside).createOrder(ORDER)).data).toEqual({ ok: true });
});
