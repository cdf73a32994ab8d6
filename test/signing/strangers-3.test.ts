/** Recipes of providers whose queries, forms or JSON bodies contain computed values and constants, in both directions. */
import { createHash } from 'node:crypto';
import { checkVector, signerOf } from '@countersign/runtime/signing';
import { expect, test } from 'vitest';
import { clientOf, contractOf, serverOf } from './scheme.ts';
import { body, clock, hmac, NOW, SECONDS, type Stranger, secret, testStrangers } from './stranger.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const sorted = (query: URLSearchParams, write: (text: string) => string = (text) => text): string =>
  [...query]
    .map(([name, value]) => `${write(name)}=${write(value)}`)
    .sort()
    .join('&');

/** A GET whose query gets additional values, and then the signature of the whole. */
const signQuery =
  (name: string, more: Readonly<Record<string, string>>, sign: (url: URL) => string): Stranger['sign'] =>
  (wire) => {
    const url = new URL(wire.url);
    for (const [key, value] of Object.entries(more)) url.searchParams.set(key, value);
    url.searchParams.set(name, sign(url));
    return { ...wire, url: url.href };
  };

const PUSHER: Stranger = {
  place: { in: 'query', name: 'auth_signature' },
  signing: {
    algorithm: 'hmac-sha256',
    timestamp: { in: 'query', name: 'auth_timestamp', unit: 's', tolerance: 600 },
    computed: {
      auth_version: { in: 'query', value: { text: '1.0' } },
      body_md5: { in: 'query', value: { digest: { algorithm: 'md5', of: 'body' } } },
    },
    message: { join: '\n', parts: ['method', 'path', { query: { own: true, sort: 'name', encode: 'none' } }] },
    key: { credential: 'secret' },
    credentials: { key: { in: 'query', name: 'auth_key' }, secret: {} },
  },
  keys: { key: 'k', secret: 's' },
  sign: (wire) => {
    const more = { auth_key: 'k', auth_timestamp: SECONDS, auth_version: '1.0', body_md5: md5(body(wire)) };
    return signQuery('auth_signature', more, ({ pathname, searchParams }) =>
      hmac('sha256', 's', `POST\n${pathname}\n${sorted(searchParams)}`).toString('hex'),
    )(wire);
  },
};

const RPC = {
  AccessKeyId: 'k',
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  Timestamp: '2026-01-31T12:34:56Z',
};

const strangers: Readonly<Record<string, Stranger>> = {
  'Pusher Channels': PUSHER,
  'Alibaba Cloud, RPC style': {
    place: { in: 'query', name: 'Signature' },
    signing: {
      algorithm: 'hmac-sha1',
      output: { encoding: 'base64' },
      timestamp: { in: 'query', name: 'Timestamp', unit: 'iso-seconds', tolerance: 900 },
      nonce: { in: 'query', name: 'SignatureNonce', form: 'uuid' },
      computed: {
        SignatureMethod: { in: 'query', value: { text: 'HMAC-SHA1' } },
        SignatureVersion: { in: 'query', value: { text: '1.0' } },
      },
      message: {
        join: '&',
        parts: [
          'method',
          { encode: 'rfc3986', of: { text: '/' } },
          { encode: 'rfc3986', of: { query: { own: true, sort: 'name', encode: 'rfc3986' } } },
        ],
      },
      key: { parts: [{ credential: 'secret' }, { text: '&' }] },
      credentials: { accessKeyId: { in: 'query', name: 'AccessKeyId' }, secret: {} },
    },
    request: { method: 'get', type: 'none', query: { symbol: 'a b*~/', Action: 'DescribeRegions' } },
    keys: { accessKeyId: 'k', secret: 's' },
    sign: signQuery('Signature', { ...RPC, SignatureNonce: 'n-1' }, ({ searchParams }) =>
      hmac('sha1', 's&', `GET&%2F&${escaped(sorted(searchParams, escaped))}`).toString('base64'),
    ),
  },
  'AWS, signature version 2': {
    place: { in: 'query', name: 'Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      output: { encoding: 'base64' },
      timestamp: { in: 'query', name: 'Timestamp', unit: 'iso-seconds', tolerance: 900 },
      computed: {
        SignatureMethod: { in: 'query', value: { text: 'HmacSHA256' } },
        SignatureVersion: { in: 'query', value: { text: '2' } },
      },
      message: {
        join: '\n',
        parts: ['method', 'host', 'path', { query: { own: true, sort: 'name', encode: 'rfc3986' } }],
      },
      ...secret,
      credentials: { id: { in: 'query', name: 'AWSAccessKeyId' }, secret: {} },
    },
    request: { method: 'get', type: 'none', query: { symbol: 'a b', Action: 'List' } },
    keys: { id: 'k', secret: 's' },
    sign: signQuery(
      'Signature',
      {
        AWSAccessKeyId: 'k',
        SignatureMethod: 'HmacSHA256',
        SignatureVersion: '2',
        Timestamp: '2026-01-31T12:34:56Z',
      },
      ({ host, pathname, searchParams }) =>
        hmac('sha256', 's', `GET\n${host}\n${pathname}\n${sorted(searchParams, escaped)}`).toString('base64'),
    ),
  },
  'a form with the type of its signature': {
    place: { in: 'form', name: 'sign' } as never,
    signing: {
      algorithm: 'md5',
      signature: { in: 'form', name: 'sign' },
      computed: { sign_type: { in: 'form', value: { text: 'MD5' } } },
      message: {
        parts: [{ form: { sort: 'name', encode: 'none', own: true, except: ['sign_type'] } }, { credential: 'secret' }],
      },
      credentials: { secret: {} },
      replay: 'none',
    },
    request: { type: 'form', body: { amount: '1250', note: 'a b' } },
    keys: { secret: 's' },
    sign: (wire) => {
      const form = new URLSearchParams(body(wire));
      const sign = md5(`${sorted(form)}s`);
      form.set('sign_type', 'MD5');
      form.set('sign', sign);
      return { ...wire, body: Buffer.from(String(form)) };
    },
  },
  'a JSON body with the version and the hash of a credential': {
    place: { in: 'header', name: 'X-Sign' },
    signing: {
      algorithm: 'hmac-sha256',
      computed: {
        version: { in: 'body', value: { text: '3' } },
        merchantHash: { in: 'body', value: { digest: { of: { credential: 'merchant' } } } },
      },
      message: { parts: ['body'] },
      key: { credential: 'secret' },
      credentials: { merchant: {}, secret: {} },
      replay: 'none',
    },
    keys: { merchant: 'm', secret: 's' },
    sign: (wire) => {
      const merchantHash = createHash('sha256').update('m').digest('hex');
      const text = JSON.stringify({ ...JSON.parse(body(wire)), version: '3', merchantHash });
      return {
        ...wire,
        headers: { ...wire.headers, 'x-sign': hmac('sha256', 's', text).toString('hex') },
        body: Buffer.from(text),
      };
    },
  },
  'a cookie with a constant': {
    place: { in: 'header', name: 'X-Sign' },
    signing: {
      algorithm: 'hmac-sha256',
      computed: { channel: { in: 'cookie', value: { text: 'web' } } },
      message: { parts: ['body'] },
      ...secret,
      replay: 'none',
    },
    keys: { secret: 's' },
    sign: (wire) => ({
      ...wire,
      headers: { ...wire.headers, cookie: 'channel=web', 'x-sign': hmac('sha256', 's', body(wire)).toString('hex') },
    }),
  },
};

testStrangers(strangers);

test("Pusher's published example", async () => {
  const { scheme } = contractOf(PUSHER.signing, PUSHER.request, PUSHER.place);
  const signer = signerOf(scheme, {});
  const vector = {
    credentials: { key: '278d425bdf160c739803', secret: '7ad3773142a6692b25b8' },
    method: 'POST',
    url: 'https://api.pusherapp.com/apps/3/events?auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0&body_md5=ec365a775a4cd0599faeb73354201b6f',
    body: '{"name":"foo","channels":["project-3"],"data":"{\\"some\\":\\"data\\"}"}',
    timestamp: '1353088179',
    signature: 'da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c',
  };
  expect(signer && (await checkVector(scheme, signer, vector))).toBe(undefined);
});

test.each([
  ['another digest', (url: URL) => url.searchParams.set('body_md5', md5('{}'))],
  ['no digest', (url: URL) => url.searchParams.delete('body_md5')],
  ['another constant', (url: URL) => url.searchParams.set('auth_version', '2.0')],
])('a server rejects %s with a valid signature', async (_, change) => {
  const server = serverOf(contractOf(PUSHER.signing, {}, PUSHER.place), PUSHER.keys, { clock: () => NOW });
  const url = new URL('https://shop.invalid/orders?page=1');
  const more = { auth_key: 'k', auth_timestamp: SECONDS, auth_version: '1.0', body_md5: md5('{"amount":1}') };
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  const ask = async (sent: URL): Promise<number> => {
    const made = hmac('sha256', 's', `POST\n${sent.pathname}\n${sorted(sent.searchParams)}`).toString('hex');
    const target = `${sent.href}&auth_signature=${made}`;
    const headers = { 'content-type': 'application/json' };
    return (await server.fetch(new Request(target, { method: 'POST', headers, body: '{"amount":1}' }))).status;
  };
  const changed = new URL(url);
  change(changed);
  expect([await ask(url), await ask(changed)]).toEqual([200, 401]);
});

test('each attempt of a client computes its values again, and overrides those of the caller', async () => {
  const { createOrder, sent } = clientOf(contractOf(PUSHER.signing, {}, PUSHER.place), PUSHER.keys, undefined, {
    clock,
  });
  await createOrder({ query: { page: '1' }, body: { amount: 1 } });
  await createOrder({ query: { page: '1' }, body: { amount: 2 } });
  expect(sent.map(({ url }) => new URL(url).searchParams.getAll('body_md5'))).toEqual([
    [md5('{"amount":1}')],
    [md5('{"amount":2}')],
  ]);
});
