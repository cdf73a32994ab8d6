/** More providers outside the catalogue: JSON with sorted names, base64 of a body, tokens, sets of values. */
import { createHash, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { contractOf, serverOf } from './scheme.ts';
import { body, hmac, NOW, SECONDS, type Stranger, secret, sha256, testStrangers, withHeaders } from './stranger.ts';

const hash = (name: string, text: string): string => createHash(name).update(text).digest('hex');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = (half: 'publicKey' | 'privateKey'): string => JSON.stringify(ec[half].export({ format: 'jwk' }));
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const strangers: Readonly<Record<string, Stranger>> = {
  'Gate.io': {
    place: { name: 'SIGN' },
    signing: {
      algorithm: 'hmac-sha512',
      timestamp: { in: 'header', name: 'Timestamp', unit: 's', tolerance: 60 },
      message: {
        join: '\n',
        parts: [
          'method',
          'path',
          { query: { encode: 'raw' } },
          { digest: { algorithm: 'sha512', of: 'body' } },
          'timestamp',
        ],
      },
      key: { credential: 'secret' },
      credentials: { apiKey: { in: 'header', name: 'KEY' }, secret: {} },
    },
    keys: { apiKey: 'k', secret: 's' },
    sign: (wire) =>
      withHeaders(wire, {
        key: 'k',
        timestamp: SECONDS,
        sign: hmac('sha512', 's', `POST\n/orders\npage=1\n${hash('sha512', body(wire))}\n${SECONDS}`).toString('hex'),
      }),
  },
  Mailgun: {
    // Its document signs the timestamp and the token.
    signsBody: false,
    place: { name: 'signature' },
    signing: {
      algorithm: 'hmac-sha256',
      signature: { in: 'body', pointer: '/signature/signature' },
      timestamp: { in: 'body', pointer: '/signature/timestamp', unit: 's', tolerance: 300 },
      nonce: { in: 'body', pointer: '/signature/token', bytes: 25 },
      message: { parts: ['timestamp', 'nonce'], ambiguous: 'accepted' },
      ...secret,
    },
    keys: { secret: 's' },
    sign: (wire) => {
      const token = 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0';
      const signature = hmac('sha256', 's', SECONDS + token).toString('hex');
      const signed = { signature: { timestamp: SECONDS, token, signature }, ...JSON.parse(body(wire)) };
      return { ...wire, body: Buffer.from(JSON.stringify(signed)) };
    },
  },
  'Twitch EventSub': {
    isOtherExample: true,
    place: { name: 'Twitch-Eventsub-Message-Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      prefix: 'sha256=',
      id: { in: 'header', name: 'Twitch-Eventsub-Message-Id', form: 'uuid' },
      timestamp: { in: 'header', name: 'Twitch-Eventsub-Message-Timestamp', unit: 'iso', tolerance: 600 },
      message: { parts: ['id', 'timestamp', 'body'], ambiguous: 'accepted' },
      challenge: {
        when: { of: { header: 'Twitch-Eventsub-Message-Type' }, equals: 'webhook_callback_verification' },
        text: { member: '/challenge' },
      },
      ...secret,
    },
    keys: { secret: 's' },
    sign: (wire) => {
      const [id, time] = [
        `e76c6bd4-55c9-4987-8304-${hash('sha1', body(wire)).slice(0, 12)}`,
        '2026-01-31T12:34:56.634234626Z',
      ];
      return withHeaders(wire, {
        'twitch-eventsub-message-id': id,
        'twitch-eventsub-message-timestamp': time,
        'twitch-eventsub-message-signature': `sha256=${hmac('sha256', 's', id + time + body(wire)).toString('hex')}`,
      });
    },
  },
  Plaid: {
    place: { name: 'Plaid-Verification' },
    signing: {
      algorithm: 'ecdsa-p256-sha256',
      timestamp: { unit: 's', tolerance: 300 },
      jwt: {
        header: { kid: '{keyId}' },
        claims: { iat: '{timestamp}', request_body_sha256: { digest: { of: 'body' } } },
      },
      key: { credential: 'key', encoding: 'jwk' },
      credentials: { keyId: {}, key: {} },
    },
    keys: { keyId: 'K1', key: jwk('privateKey') },
    // Plaid publishes its keys by id: a receiver requests them.
    receiver: async ({ keyId }: { readonly keyId: string }) =>
      keyId === 'K1' ? [{ keyId, key: jwk('publicKey') }] : null,
    sign: (wire) => {
      const claims = { iat: NOW / 1000, request_body_sha256: sha256(body(wire)) };
      const text = `${part({ alg: 'ES256', kid: 'K1', typ: 'JWT' })}.${part(claims)}`;
      const made = signBytes('sha256', Buffer.from(text), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
      return withHeaders(wire, { 'plaid-verification': `${text}.${made.toString('base64url')}` });
    },
  },
  Skrill: {
    place: { name: 'md5sig' },
    request: {
      type: 'form',
      body: { transaction_id: 't-1', merchant_id: '2', mb_amount: '1250', mb_currency: 'EUR', status: '2' },
    },
    signing: {
      algorithm: 'md5',
      output: { encoding: 'HEX' },
      signature: { in: 'form', name: 'md5sig' },
      message: {
        parts: [
          { form: { names: ['merchant_id', 'transaction_id'], each: '{value}', join: '' } },
          { encode: 'upper', of: { digest: { algorithm: 'md5', of: { credential: 'word' } } } },
          { form: { names: ['mb_amount', 'mb_currency', 'status'], each: '{value}', join: '' } },
        ],
      },
      credentials: { word: {} },
      replay: 'none',
    },
    keys: { word: 'w' },
    sign: (wire) => {
      const values = Object.fromEntries(new URLSearchParams(body(wire)));
      const { merchant_id: merchant, transaction_id: transaction, mb_amount: amount, mb_currency: currency } = values;
      const text = `${merchant}${transaction}${hash('md5', 'w').toUpperCase()}${amount}${currency}${values.status}`;
      return { ...wire, body: Buffer.from(`${body(wire)}&md5sig=${hash('md5', text).toUpperCase()}`) };
    },
  },
  Cryptomus: {
    place: { name: 'sign' },
    signing: {
      algorithm: 'md5',
      signature: { in: 'body', name: 'sign' },
      message: { parts: [{ encode: 'base64', of: 'body' }, { credential: 'apiKey' }] },
      credentials: { apiKey: {} },
      replay: 'none',
    },
    keys: { apiKey: 'k' },
    sign: (wire) => {
      const sign = hash('md5', `${wire.body.toString('base64')}k`);
      return { ...wire, body: Buffer.from(JSON.stringify({ ...JSON.parse(body(wire)), sign })) };
    },
  },
  NOWPayments: {
    place: { name: 'x-nowpayments-sig' },
    request: { body: { price_amount: 1250, fee: { currency: 'btc', amount: 0.1 }, é: 'ü/\n' } },
    signing: {
      algorithm: 'hmac-sha512',
      message: { parts: [{ encode: 'sorted-json', of: 'body' }] },
      ...secret,
      replay: 'none',
    },
    keys: { secret: 's' },
    sign: (wire) => {
      const { price_amount, fee, ...rest } = JSON.parse(body(wire));
      const sorted = { fee: { amount: fee.amount, currency: fee.currency }, price_amount, ...rest };
      return withHeaders(wire, { 'x-nowpayments-sig': hmac('sha512', 's', JSON.stringify(sorted)).toString('hex') });
    },
  },
  'Coinbase CDP': {
    isOtherExample: true,
    place: { name: 'X-Hook0-Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      packed: { values: { t: '{timestamp}', h: 'content-type', v1: '{signature}' } },
      timestamp: { unit: 's', tolerance: 300 },
      message: {
        join: '.',
        parts: [
          'timestamp',
          { packed: 'h' },
          { headers: { names: { packed: 'h' }, each: '{value}', join: '.' } },
          'body',
        ],
      },
      ...secret,
    },
    keys: { secret: 's' },
    sign: (wire) => {
      const sent = withHeaders(wire, { 'x-hook0-id': 'e-1' });
      const text = `${SECONDS}.content-type x-hook0-id.application/json.e-1.${body(wire)}`;
      const made = hmac('sha256', 's', text).toString('hex');
      return withHeaders(sent, { 'x-hook0-signature': `t=${SECONDS},h=content-type x-hook0-id,v1=${made}` });
    },
  },
  Persona: {
    isOtherExample: true,
    place: { name: 'Persona-Signature' },
    signing: {
      algorithm: 'hmac-sha256',
      packed: { groups: ' ', values: { t: '{timestamp}', v1: '{signature}' } },
      timestamp: { unit: 's', tolerance: 300 },
      message: { join: '.', parts: ['timestamp', 'body'] },
      ...secret,
    },
    keys: { secret: 's' },
    // While keys are rotated.
    sign: (wire) => {
      const set = (key: string) => `t=${SECONDS},v1=${hmac('sha256', key, `${SECONDS}.${body(wire)}`).toString('hex')}`;
      return withHeaders(wire, { 'persona-signature': `${set('new')} ${set('s')}` });
    },
  },
};

testStrangers(strangers);

/** The signature of Persona, as a receiver with the key `s` may get it. */
const set = (key: string, time = SECONDS): string =>
  `t=${time},v1=${hmac('sha256', key, `${time}.{"amount":1250}`).toString('hex')}`;
const OLD = String(Number(SECONDS) - 3600);

test.each([
  ['one set', set('s'), 200],
  ['the receiver’s set first', `${set('s')} ${set('new')}`, 200],
  ['the receiver’s set last', `${set('new')} ${set('s')}`, 200],
  ['two sets with other keys', `${set('new')} ${set('newer')}`, 401],
  ['two sets without a space', `${set('new')},${set('s')}`, 200],
  ['only expired sets', `${set('new', OLD)} ${set('s', OLD)}`, 401],
  ['an expired set after a valid timestamp', `t=${SECONDS} ${set('s', OLD)}`, 401],
  ['only a timestamp', `t=${SECONDS}`, 401],
  ['only a signature', set('s').replace(/^t=\d+,/, ''), 401],
  ['only spaces', '  ', 401],
])('Persona: %s', async (_, header, status) => {
  const { signing, place, keys } = strangers.Persona as Stranger;
  const server = serverOf(contractOf(signing, {}, place), keys, { clock: () => NOW });
  const headers = { 'content-type': 'application/json', 'persona-signature': header };
  const sent = new Request('https://a.invalid/orders', { method: 'POST', headers, body: '{"amount":1250}' });
  expect((await server.fetch(sent)).status).toBe(status);
});
