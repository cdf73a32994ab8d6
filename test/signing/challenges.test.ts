/** The challenges by which a provider verifies a receiver's URL. The generated server responds. Real HTTP. */
import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Preset } from '../../scripts/commands/init/presets.ts';
import { readPreset } from '../../scripts/commands/init/presets.ts';
import { contractOf, serverOf } from './scheme.ts';

type Keys = Readonly<Record<string, string>>;
const now = (): string => String(Math.floor(Date.now() / 1000));
const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const raw = (publicKey.export({ format: 'der', type: 'spki' }) as Buffer).subarray(-32).toString('hex');

const signers: { readonly [preset: string]: (body: string, key: string) => Record<string, string> } = {
  zoom: (body, key) => {
    const time = now();
    return { 'x-zm-request-timestamp': time, 'x-zm-signature': `v0=${hmac(key, `v0:${time}:${body}`)}` };
  },
  slack: (body, key) => {
    const time = now();
    return { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${hmac(key, `v0:${time}:${body}`)}` };
  },
  discord: (body) => {
    const time = now();
    const made = signBytes(null, Buffer.from(time + body), privateKey).toString('hex');
    return { 'x-signature-timestamp': time, 'x-signature-ed25519': made };
  },
  meta: (body, key) => ({ 'x-hub-signature-256': `sha256=${hmac(key, body)}` }),
};

const keys: { readonly [preset: string]: Keys | readonly Keys[] } = {
  zoom: [{ secretToken: 'old' }, { secretToken: 'zoom-secret' }],
  slack: { signingSecret: 'slack-secret' },
  discord: { publicKey: raw },
  meta: { appSecret: 'meta-secret', verifyToken: 'a token of my own' },
};

let handled = 0;
const servers = new Map<string, Listening>();
beforeAll(async () => {
  for (const [name, own] of Object.entries(keys)) {
    const { title: _, document: __, ...preset } = readPreset(name);
    const contract = contractOf(
      preset.signing as Preset['signing'],
      { type: 'json', query: {} },
      { name: preset.name },
    );
    const handlers = {
      createOrder: () => {
        handled += 1;
        return { data: { ok: true } };
      },
    };
    servers.set(name, await listen(serverOf(contract, own, { handlers })));
  }
});
afterAll(() => Promise.all([...servers.values()].map(({ close }) => close())));

async function post(preset: string, value: unknown, key = ''): Promise<readonly unknown[]> {
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json', ...(key !== '' && signers[preset]?.(body, key)) };
  const before = handled;
  const response = await fetch(`${servers.get(preset)?.url}/orders`, { method: 'POST', headers, body });
  const text = await response.text();
  return [response.status, response.ok ? JSON.parse(text) : '', handled - before];
}

const zoom = { event: 'endpoint.url_validation', payload: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw' }, event_ts: 1 };
const slack = {
  token: 'x',
  challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
  type: 'url_verification',
};
const encryptedToken = hmac('zoom-secret', 'qgg8vlvZRS6UYooatFL8Aw');

describe('a challenge that is signed like an event', () => {
  test.each([
    ['zoom', zoom, 'zoom-secret', [200, { plainToken: 'qgg8vlvZRS6UYooatFL8Aw', encryptedToken }, 0]],
    ['slack', slack, 'slack-secret', [200, { challenge: slack.challenge }, 0]],
    ['discord', { type: 1 }, 'pair', [200, { type: 1 }, 0]],
  ] as const)('of %s gets its response without the handler', async (preset, body, key, answer) => {
    expect(await post(preset, body, key)).toEqual(answer);
  });

  test.each([
    ['zoom', zoom, 'another'],
    ['zoom', zoom, ''],
    ['slack', slack, 'another'],
    ['discord', { type: 1 }, ''],
  ] as const)('of %s is rejected with a wrong signature or none', async (preset, body, key) => {
    expect(await post(preset, body, key)).toEqual([401, '', 0]);
  });

  test.each([
    ['zoom', { event: 'meeting.started', payload: {} }, 'zoom-secret'],
    ['zoom', { payload: { plainToken: 'x' } }, 'zoom-secret'],
    ['zoom', [], 'zoom-secret'],
    ['slack', { type: 'event_callback', challenge: 'x' }, 'slack-secret'],
    ['discord', { type: 2 }, 'pair'],
    ['discord', { type: { '1': 1 } }, 'pair'],
  ] as const)('is not assumed where %s sends an event', async (preset, body, key) => {
    expect(await post(preset, body, key)).toEqual([200, { ok: true }, 1]);
  });
});

describe('a challenge by GET', () => {
  const get = async (query: Record<string, string>, method = 'GET'): Promise<readonly unknown[]> => {
    const response = await fetch(`${servers.get('meta')?.url}/orders?${new URLSearchParams(query)}`, { method });
    return [response.status, response.headers.get('content-type'), response.ok ? await response.text() : ''];
  };
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': 'a token of my own', 'hub.challenge': '1158201444' };

  test('gets its text as the response if the token is correct', async () => {
    expect(await get(right)).toEqual([200, 'text/plain; charset=utf-8', '1158201444']);
  });

  test.each([
    ['a wrong token', { ...right, 'hub.verify_token': 'another' }, 403],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': 'x' }, 403],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }, 405],
    ['nothing', {}, 405],
  ] as const)('is rejected with %s', async (_, query, status) => {
    expect((await get(query))[0]).toBe(status);
  });

  test('leaves events unchanged', async () => {
    expect(await post('meta', { amount: 1 }, 'meta-secret')).toEqual([200, { ok: true }, 1]);
  });
});
