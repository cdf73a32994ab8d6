/** Why the mock rejected a signed request: the name of the check that failed. Real HTTP; node:crypto signs. */
import { createHash, createHmac, createPrivateKey, sign as signBytes } from 'node:crypto';
import { createGateway, type Gateway } from '@countersign/runtime/mock';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPreset } from '../../scripts/commands/init/presets.ts';
import { providerOf } from '../receiving/support.ts';
import { contractOf } from './scheme.ts';

const KEY = { algorithm: 'hmac-sha256', key: { credential: 'secret' }, credentials: { secret: {} } };
const header = (name: string) => ({ in: 'header', name }) as const;

/** By path of the mock. */
const SCHEMES = {
  window: {
    ...KEY,
    timestamp: {
      ...header('x-time'),
      unit: 'ms',
      tolerance: 5,
      window: { ...header('x-window'), unit: 'ms', value: 5000, max: 60 },
    },
    message: { join: '\n', parts: ['timestamp', 'body'] },
  },
  nonce: {
    ...KEY,
    prefix: 'v0=',
    timestamp: { ...header('x-time'), unit: 's', tolerance: 300 },
    nonce: { ...header('x-nonce'), bytes: 16 },
    message: { join: '\n', parts: ['timestamp', 'nonce', 'body'] },
  },
  digest: {
    ...KEY,
    computed: { 'x-digest': { digest: { of: 'body' } } },
    message: { parts: [{ header: 'x-digest' }] },
  },
  zoom: readPreset('zoom').signing,
  slack: readPreset('slack').signing,
  discord: readPreset('discord').signing,
  meta: readPreset('meta').signing,
} as const;

type Name = keyof typeof SCHEMES;
const gateways = new Map<Name, { gateway: Gateway; on: Listening; secret: string }>();
beforeAll(async () => {
  for (const [name, signing] of Object.entries(SCHEMES)) {
    const { document } = contractOf(signing as never, { query: {} }, { name: 'x-sign' });
    const provider = await providerOf(document as never);
    const gateway = createGateway({ providers: [{ name: 'shop', load: async () => provider }], atRoot: true });
    const { secret = '', secretToken, signingSecret, publicKey, verifyToken } = provider.credentials;
    const known = secretToken ?? signingSecret ?? publicKey ?? verifyToken ?? secret;
    gateways.set(name as Name, { gateway, on: await listen(gateway), secret: known });
  }
});
afterAll(() => Promise.all([...gateways.values()].map(({ on }) => on.close())));

const BODY = '{"amount":1,"note":"x"}';
async function ask(name: Name, headers: Record<string, string>, body = BODY) {
  const { gateway, on } = gateways.get(name) as { gateway: Gateway; on: Listening };
  const all = { 'content-type': 'application/json', ...headers };
  const response = await fetch(`${on.url}/orders`, { method: 'POST', headers: all, body });
  await response.text();
  return [response.status, gateway.log.recent().at(-1)?.problems.join(' ')] as const;
}
const sign = (name: Name, ...parts: string[]): string =>
  createHmac('sha256', gateways.get(name)?.secret ?? '')
    .update(parts.join('\n'))
    .digest('hex');

describe('a time window that the request states', () => {
  const at = (age: number, window?: number) => {
    const time = String(Date.now() - age);
    return { 'x-time': time, 'x-sign': sign('window', time, BODY), ...(window && { 'x-window': String(window) }) };
  };
  test('applies, up to the limit of the scheme', async () => {
    expect([await ask('window', at(20_000, 30_000)), await ask('window', at(1000))]).toEqual([
      [200, ''],
      [200, ''],
    ]);
    const [first, explained] = await ask('window', at(40_000, 30_000));
    expect([first, explained]).toEqual([
      401,
      expect.stringMatching(/40\.?\d* s behind .* `x-window` .* allows 30 s\./),
    ]);
    expect((await ask('window', at(120_000, 600_000)))[1]).toContain('allows 60 s.');
    expect((await ask('window', at(20_000)))[1]).toContain('The mock allows 5 s.');
  });
});

describe('the response names the check that failed', () => {
  const now = () => String(Math.floor(Date.now() / 1000));
  const right = (nonce: string) => {
    const time = now();
    return { 'x-time': time, 'x-nonce': nonce, 'x-sign': `v0=${sign('nonce', time, nonce, BODY)}` };
  };

  test('a wrong prefix', async () => {
    const headers = right('a'.repeat(32));
    const told = await ask('nonce', { ...headers, 'x-sign': headers['x-sign'].replace('v0=', 'v1=') });
    expect(told).toEqual([401, 'The header `x-sign` does not begin with `v0=`.']);
  });

  test.each(['x-time', 'x-nonce', 'x-sign'])('no %s', async (name) => {
    const told = await ask('nonce', { ...right('b'.repeat(32)), [name]: '' });
    expect(told).toEqual([401, `The header \`${name}\` is missing.`]);
  });

  test('an invalid timestamp', async () => {
    const told = await ask('nonce', { ...right('c'.repeat(32)), 'x-time': 'soon' });
    expect(told).toEqual([401, 'The timestamp `soon` is not valid. The mock expects it in s.']);
  });

  test('a replay', async () => {
    const headers = right('d'.repeat(32));
    expect((await ask('nonce', headers))[0]).toBe(200);
    expect(await ask('nonce', headers)).toEqual([
      401,
      'The request was replayed: its nonce was already used. Generate a new one for each attempt.',
    ]);
  });

  test('a signature of another body, with the text that the mock signed', async () => {
    const [status, told] = await ask('nonce', right('e'.repeat(32)), '{"amount":2}');
    expect([status, told]).toEqual([
      401,
      expect.stringContaining('The signature does not match. The mock computed its signature from `'),
    ]);
    expect(told).toContain('{"amount":2}');
  });

  test('a digest', async () => {
    const digest = createHash('sha256').update(BODY).digest('hex');
    const headers = { 'x-digest': digest, 'x-sign': sign('digest', digest) };
    expect((await ask('digest', headers))[0]).toBe(200);
    expect(await ask('digest', headers, '{"amount":2}')).toEqual([
      401,
      'The header `x-digest` does not match the request. Sign the request again after each change.',
    ]);
  });
});

describe('the mock responds to handshakes, signed with its demo credentials', () => {
  const time = () => String(Math.floor(Date.now() / 1000));
  const versioned = (name: Name, prefix: string, body: string) => {
    const at = time();
    const made = createHmac('sha256', gateways.get(name)?.secret ?? '')
      .update(`v0:${at}:${body}`)
      .digest('hex');
    return { [`${prefix}-request-timestamp`]: at, 'x-sign': `v0=${made}` };
  };
  const ed25519 = (body: string) => {
    const seed = `302e020100300506032b657004220420${gateways.get('discord')?.secret}`;
    const key = createPrivateKey({ key: Buffer.from(seed, 'hex'), format: 'der', type: 'pkcs8' });
    const at = time();
    return { 'x-signature-timestamp': at, 'x-sign': signBytes(null, Buffer.from(at + body), key).toString('hex') };
  };
  const plainToken = 'qgg8';
  const zoom = { event: 'endpoint.url_validation', payload: { plainToken } };
  const slack = { type: 'url_verification', challenge: '3eZb' };
  const encrypted = () =>
    createHmac('sha256', gateways.get('zoom')?.secret ?? '')
      .update(plainToken)
      .digest('hex');

  test.each([
    [
      'zoom',
      zoom,
      (body: string) => versioned('zoom', 'x-zm', body),
      () => ({ plainToken, encryptedToken: encrypted() }),
    ],
    ['slack', slack, (body: string) => versioned('slack', 'x-slack', body), () => ({ challenge: '3eZb' })],
    ['discord', { type: 1 }, ed25519, () => ({ type: 1 })],
  ] as const)('of %s', async (name, value, headersOf, answer) => {
    const body = JSON.stringify(value);
    const url = `${gateways.get(name)?.on.url}/orders`;
    const ask = async (headers: Record<string, string>) => {
      const all = { 'content-type': 'application/json', ...headers };
      const response = await fetch(url, { method: 'POST', headers: all, body });
      return [response.status, response.ok ? await response.json() : undefined];
    };
    const headers = headersOf(body);
    expect(await ask(headers)).toEqual([200, answer()]);
    const wrong = headers['x-sign'].replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    expect(await ask({ ...headers, 'x-sign': wrong })).toEqual([401, undefined]);
  });

  test('of Meta, with its demo token', async () => {
    const { on, secret } = gateways.get('meta') as { on: Listening; secret: string };
    const ask = async (token: string) => {
      const query = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158' };
      const response = await fetch(`${on.url}/orders?${new URLSearchParams(query)}`);
      return [response.status, response.ok && (await response.text())];
    };
    expect([await ask(secret), await ask('another')]).toEqual([
      [200, '1158'],
      [403, false],
    ]);
  });
});
