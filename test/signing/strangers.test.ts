/**
 * Recipes of providers that are not in the catalogue, written from their documents, against node:crypto: what docs/signers.md
 * must suffice for. Both directions.
 */
import { createHash, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { clientOf, contractOf } from './scheme.ts';
import {
  body,
  bodyMac,
  clock,
  hmac,
  NOW,
  pair,
  pem,
  SECONDS,
  type Stranger,
  secret,
  sha256,
  target,
  testStrangers,
  withHeaders,
} from './stranger.ts';

const strangers: Readonly<Record<string, Stranger>> = {
  'Coinbase Commerce': {
    place: { name: 'X-CC-Webhook-Signature' },
    signing: { algorithm: 'hmac-sha256', message: { parts: ['body'] }, ...secret, replay: 'none' },
    keys: { secret: 's' },
    sign: bodyMac('sha256', 'hex', 'x-cc-webhook-signature'),
  },
  Intercom: {
    place: { name: 'X-Hub-Signature' },
    signing: { algorithm: 'hmac-sha1', prefix: 'sha1=', message: { parts: ['body'] }, ...secret, replay: 'none' },
    keys: { secret: 's' },
    sign: bodyMac('sha1', 'hex', 'x-hub-signature', 'sha1='),
  },
  Mux: {
    place: { name: 'Mux-Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      packed: { values: { t: '{timestamp}', v1: '{signature}' } },
      timestamp: { unit: 's', tolerance: 300 },
      message: { join: '.', parts: ['timestamp', 'body'] },
      ...secret,
    },
    keys: { secret: 's' },
    sign: (wire) =>
      withHeaders(wire, {
        'mux-signature': `t=${SECONDS},v1=${hmac('sha256', 's', `${SECONDS}.${body(wire)}`).toString('hex')}`,
      }),
  },
  Zendesk: {
    place: { name: 'X-Zendesk-Webhook-Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      output: { encoding: 'base64' },
      timestamp: { in: 'header', name: 'X-Zendesk-Webhook-Signature-Timestamp', unit: 'iso-seconds', tolerance: 300 },
      message: { parts: ['timestamp', 'body'], ambiguous: 'accepted' },
      ...secret,
    },
    keys: { secret: 's' },
    sign: (wire) =>
      withHeaders(wire, {
        'x-zendesk-webhook-signature-timestamp': '2026-01-31T12:34:56Z',
        'x-zendesk-webhook-signature': hmac('sha256', 's', `2026-01-31T12:34:56Z${body(wire)}`).toString('base64'),
      }),
  },
  Bitstamp: {
    place: { name: 'X-Auth-Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      timestamp: { in: 'header', name: 'X-Auth-Timestamp', unit: 'ms', tolerance: 150 },
      nonce: { in: 'header', name: 'X-Auth-Nonce', form: 'uuid' },
      computed: { 'X-Auth-Version': { text: 'v2' } },
      message: {
        parts: [
          { text: 'BITSTAMP {apiKey}' },
          'method',
          'host',
          'path',
          { query: { encode: 'raw', begin: '?' } },
          { header: 'content-type' },
          'nonce',
          'timestamp',
          { header: 'X-Auth-Version' },
          'body',
        ],
        ambiguous: 'accepted',
      },
      key: { credential: 'secret' },
      credentials: { apiKey: { in: 'header', name: 'X-Auth', prefix: 'BITSTAMP ' }, secret: {} },
    },
    keys: { apiKey: 'k', secret: 's' },
    sign: (wire) => {
      const { host, pathname, search } = new URL(wire.url);
      const nonce = 'f93c979d-b00d-43a9-9b9c-fd4cd9547fa6';
      const text = `BITSTAMP kPOST${host}${pathname}${search}application/json${nonce}${NOW}v2${body(wire)}`;
      return withHeaders(wire, {
        'x-auth': 'BITSTAMP k',
        'x-auth-nonce': nonce,
        'x-auth-timestamp': String(NOW),
        'x-auth-version': 'v2',
        'x-auth-signature': hmac('sha256', 's', text).toString('hex'),
      });
    },
  },
  KuCoin: {
    place: { name: 'KC-API-SIGN' },
    signing: {
      algorithm: 'hmac-sha256',
      output: { encoding: 'base64' },
      timestamp: { in: 'header', name: 'KC-API-TIMESTAMP', unit: 'ms', tolerance: 5 },
      computed: {
        'KC-API-PASSPHRASE': {
          hmac: { key: { credential: 'secret' }, encoding: 'base64', of: { credential: 'passphrase' } },
        },
        'KC-API-KEY-VERSION': { text: '2' },
      },
      message: { parts: ['timestamp', 'method', 'target', 'body'], ambiguous: 'accepted' },
      key: { credential: 'secret' },
      credentials: { apiKey: { in: 'header', name: 'KC-API-KEY' }, secret: {}, passphrase: {} },
    },
    keys: { apiKey: 'k', secret: 's', passphrase: 'p' },
    sign: (wire) =>
      withHeaders(wire, {
        'kc-api-key': 'k',
        'kc-api-timestamp': String(NOW),
        'kc-api-key-version': '2',
        'kc-api-passphrase': hmac('sha256', 's', 'p').toString('base64'),
        'kc-api-sign': hmac('sha256', 's', `${NOW}POST${target(wire)}${body(wire)}`).toString('base64'),
      }),
  },
  Tuya: {
    place: { name: 'sign' },
    signing: {
      algorithm: 'hmac-sha256',
      output: { encoding: 'HEX' },
      timestamp: { in: 'header', name: 't', unit: 'ms', tolerance: 300 },
      nonce: { in: 'header', name: 'nonce', bytes: 16 },
      computed: { sign_method: { text: 'HMAC-SHA256' } },
      message: {
        parts: [
          { credential: 'clientId' },
          { credential: 'accessToken' },
          'timestamp',
          'nonce',
          {
            join: '\n',
            parts: [
              'method',
              { digest: { of: 'body' } },
              { text: '' },
              { parts: ['path', { query: { sort: 'name', begin: '?' } }] },
            ],
          },
        ],
        ambiguous: 'accepted',
      },
      key: { credential: 'secret' },
      credentials: {
        clientId: { in: 'header', name: 'client_id' },
        accessToken: { in: 'header', name: 'access_token', optional: true },
        secret: {},
      },
    },
    request: { query: { b: '2', a: '1' } },
    keys: { clientId: 'c', accessToken: 'a', secret: 's' },
    sign: (wire) => {
      const { pathname, searchParams } = new URL(wire.url);
      const query = [...searchParams]
        .map((each) => each.join('='))
        .sort()
        .join('&');
      const url = query === '' ? pathname : `${pathname}?${query}`;
      const text = `ca${NOW}n-1POST\n${sha256(body(wire))}\n\n${url}`;
      return withHeaders(wire, {
        client_id: 'c',
        access_token: 'a',
        t: String(NOW),
        nonce: 'n-1',
        sign_method: 'HMAC-SHA256',
        sign: hmac('sha256', 's', text).toString('hex').toUpperCase(),
      });
    },
  },
  HTX: {
    place: { in: 'query', name: 'Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      output: { encoding: 'base64' },
      timestamp: { in: 'query', name: 'Timestamp', unit: 'iso-local', tolerance: 300 },
      message: {
        join: '\n',
        parts: ['method', 'host', 'path', { query: { own: true, sort: 'name', encode: 'rfc3986' } }],
      },
      key: { credential: 'secret' },
      credentials: { accessKey: { in: 'query', name: 'AccessKeyId' }, secret: {} },
    },
    request: {
      method: 'get',
      type: 'none',
      query: { SignatureMethod: 'HmacSHA256', SignatureVersion: '2', symbol: 'btc usdt' },
    },
    keys: { accessKey: 'k', secret: 's' },
    sign: (wire) => {
      const url = new URL(wire.url);
      url.searchParams.set('AccessKeyId', 'k');
      url.searchParams.set('Timestamp', '2026-01-31T12:34:56');
      const pairs = [...url.searchParams].map((each) => each.map(encodeURIComponent).join('=')).sort();
      const text = ['GET', url.host, url.pathname, pairs.join('&')].join('\n');
      url.searchParams.set('Signature', hmac('sha256', 's', text).toString('base64'));
      return { ...wire, url: url.href };
    },
  },
  Worldline: {
    // Its document signs the method, the type, the date and the target.
    signsBody: false,
    place: { name: 'Authorization' },
    signing: {
      algorithm: 'hmac-sha256',
      output: { encoding: 'base64' },
      packed: { prefix: 'GCS v1HMAC:', values: { '.': '{apiKey}:{signature}' } },
      timestamp: { in: 'header', name: 'Date', unit: 'http', tolerance: 300 },
      message: { join: '\n', parts: ['method', { header: 'Content-Type' }, 'timestamp', 'target'], end: '\n' },
      key: { credential: 'secret' },
      credentials: { apiKey: {}, secret: {} },
    },
    keys: { apiKey: 'k', secret: 's' },
    sign: (wire) => {
      const date = 'Sat, 31 Jan 2026 12:34:56 GMT';
      const made = hmac('sha256', 's', `POST\napplication/json\n${date}\n${target(wire)}\n`).toString('base64');
      return withHeaders(wire, { date, authorization: `GCS v1HMAC:k:${made}` });
    },
  },
  'HTTP signatures before RFC 9421': {
    place: { name: 'Signature' },
    signing: {
      algorithm: 'rsa-sha256',
      output: { encoding: 'base64' },
      packed: {
        separator: ',',
        quote: '"',
        values: {
          keyId: '{keyId}',
          algorithm: 'rsa-sha256',
          headers: '(request-target) host date digest',
          signature: '{signature}',
        },
      },
      timestamp: { in: 'header', name: 'Date', unit: 'http', tolerance: 300 },
      computed: { Digest: { parts: [{ text: 'SHA-256=' }, { digest: { encoding: 'base64', of: 'body' } }] } },
      message: {
        join: '\n',
        parts: [
          { parts: [{ text: '(request-target): ' }, { encode: 'lower', of: 'method' }, { text: ' ' }, 'target'] },
          { headers: { names: ['host', 'date', 'digest'], each: '{name}: {value}' } },
        ],
      },
      key: { credential: 'key' },
      credentials: { keyId: {}, key: {} },
    },
    keys: { keyId: 'k', key: pem('pkcs8') },
    receiver: { keyId: 'k', key: pem('spki') },
    sign: (wire) => {
      const date = 'Sat, 31 Jan 2026 12:34:56 GMT';
      const digest = `SHA-256=${createHash('sha256').update(wire.body).digest('base64')}`;
      const text = `(request-target): post ${target(wire)}\nhost: ${new URL(wire.url).host}\ndate: ${date}\ndigest: ${digest}`;
      const made = signBytes('sha256', Buffer.from(text), pair.privateKey).toString('base64');
      const header = `keyId="k",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="${made}"`;
      return withHeaders(wire, { date, digest, signature: header });
    },
  },
  Fireblocks: {
    place: { name: 'Authorization' },
    signing: {
      algorithm: 'rsa-sha256',
      prefix: 'Bearer ',
      jwt: {
        claims: {
          uri: '{target}',
          nonce: '{nonce}',
          iat: '{timestamp}',
          exp: '{expires}',
          sub: '{apiKey}',
          bodyHash: { digest: { of: 'body' } },
        },
      },
      timestamp: { unit: 's', tolerance: 30 },
      nonce: { bytes: 16 },
      key: { credential: 'key' },
      credentials: { apiKey: { in: 'header', name: 'X-API-Key' }, key: {} },
    },
    keys: { apiKey: 'k', key: pem('pkcs8') },
    receiver: { apiKey: 'k', key: pem('spki') },
    sign: (wire) => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = {
        uri: target(wire),
        nonce: 'n-1',
        iat: NOW / 1000,
        exp: NOW / 1000 + 30,
        sub: 'k',
        bodyHash: sha256(body(wire)),
      };
      const message = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
      const made = signBytes('sha256', Buffer.from(message), pair.privateKey).toString('base64url');
      return withHeaders(wire, { 'x-api-key': 'k', authorization: `Bearer ${message}.${made}` });
    },
  },
  VNPay: {
    place: { in: 'query', name: 'vnp_SecureHash' },
    signing: {
      algorithm: 'hmac-sha512',
      timestamp: { in: 'query', name: 'vnp_CreateDate', unit: 'compact', zone: '+07:00', tolerance: 900 },
      message: { parts: [{ query: { own: true, sort: 'name', encode: 'form' } }] },
      ...secret,
    },
    request: { method: 'get', type: 'none', query: { vnp_TmnCode: 'DEMO', vnp_OrderInfo: 'Thanh toan don 1' } },
    keys: { secret: 's' },
    sign: (wire) => {
      const url = new URL(wire.url);
      url.searchParams.set('vnp_CreateDate', '20260131193456');
      url.searchParams.sort();
      const made = hmac('sha512', 's', String(url.searchParams)).toString('hex');
      url.searchParams.set('vnp_SecureHash', made);
      return { ...wire, url: url.href };
    },
  },
};

testStrangers(strangers);

test('node:crypto accepts an RSA signature of our client', async () => {
  const stranger = strangers['HTTP signatures before RFC 9421'] as Stranger;
  const { createOrder, sent } = clientOf(contractOf(stranger.signing, {}, stranger.place), stranger.keys, undefined, {
    clock,
  });
  await createOrder({ query: {}, body: { amount: 1250 } });
  const { headers = {} } = sent[0] ?? {};
  const text = `(request-target): post /orders\nhost: shop.invalid\ndate: ${headers.date}\ndigest: ${headers.digest}`;
  const made = Buffer.from(/signature="(.*?)"/.exec(headers.signature ?? '')?.[1] ?? '', 'base64');
  expect(verifyBytes('sha256', Buffer.from(text), pair.publicKey, made)).toBe(true);
});
