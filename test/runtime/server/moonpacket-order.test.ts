import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createMoonpacketServer } from '../../../generated/moonpacket/src/server.ts';
import { type Ask, overBoth } from './support.ts';

const NOW = 1698765432_500;
const SECONDS = Math.floor(NOW / 1000);
const keys = { apiKey: '1234567890', secret: 'mysecretkey' };
const retired = { apiKey: '1234567890', secret: 'the-secret-before' };

type Services = { readonly users: ReadonlyMap<string, Record<string, string | number | boolean>> };

function createReceiver() {
  return createMoonpacketServer<Services>({
    clock: () => NOW,
    services: { users: new Map([['666666666', { level: 100, status: 'active', is_blacklist: false }]]) },
    security: { moonpacketSignature: [keys, retired] },
    handlers: {
      getRules: () => ({ data: { level: { gt: 99 }, status: { eq: 'active' }, is_blacklist: { eq: false } } }),
      getUserAttributes: ({ query }, { services }) => {
        const data = services.users.get(query.user_id);
        return data ? { data } : { error: { code: 404, message: 'User not found' } };
      },
    },
  });
}

let serial = 0;

type Signed = { key?: string; secret?: string; timestamp?: string | number; nonce?: string; signature?: string };

function headers(query: Record<string, string>, given: Signed = {}): Record<string, string> {
  serial += 1;
  const { key = keys.apiKey, secret = keys.secret, timestamp = SECONDS, nonce = `nonce-${serial}` } = given;
  const message = `${JSON.stringify(query)}${timestamp}${nonce}`;
  const right = createHmac('sha256', secret).update(message).digest('hex');
  return {
    'x-api-key': key,
    'x-api-timestamp': String(timestamp),
    'x-api-nonce': nonce,
    'x-api-signature': given.signature ?? right,
    'content-type': 'application/json',
  };
}

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers({})).filter(([key]) => key !== name));
}

const late = SECONDS - 301;

/** Each row also fails every check after the one that rejects it, if possible. */
const order: readonly [name: string, headers: Record<string, string>, status: number, reason?: RegExp][] = [
  ['no headers', {}, 401, /^missing: X-API-KEY, X-API-TIMESTAMP, X-API-NONCE, X-API-SIGNATURE/],
  ['no key', without('x-api-key'), 401, /^missing/],
  ['no timestamp', without('x-api-timestamp'), 401, /^missing/],
  ['no nonce', without('x-api-nonce'), 401, /^missing/],
  ['no signature', without('x-api-signature'), 401, /^missing/],
  ['a wrong key', headers({}, { key: '1234567891', timestamp: late, signature: 'x' }), 401, /^credentials/],
  ['301 s ago', headers({}, { timestamp: late, signature: 'x' }), 401, /^timestamp/],
  ['301 s ago, signed rightly', headers({}, { timestamp: late }), 401, /^timestamp/],
  ['301 s ahead', headers({}, { timestamp: SECONDS + 301 }), 401, /^timestamp/],
  ['300,001 ms ago', headers({}, { timestamp: NOW - 300_001 }), 401, /^timestamp/],
  ['no time at all', headers({}, { timestamp: 'yesterday' }), 401, /^timestamp/],
  ['another secret', headers({}, { secret: 'x' }), 401, /^signature/],
  ['signed for another query', headers({ user_id: '1' }), 401, /^signature/],
  [
    'upper case',
    headers({}, { signature: headers({}, { nonce: 'up' })['x-api-signature']?.toUpperCase() ?? '', nonce: 'up' }),
    401,
    /^signature/,
  ],
  ['all right', headers({}), 200],
  ['all right in milliseconds', headers({}, { timestamp: NOW }), 200],
  ['300 s ago', headers({}, { timestamp: SECONDS - 300 }), 200],
  ['300 s ahead', headers({}, { timestamp: SECONDS + 300 }), 200],
  ['300,000 ms ago', headers({}, { timestamp: NOW - 300_000 }), 200],
  ['the secret before, still valid', headers({}, { secret: retired.secret }), 200],
];

test('every check runs in order, with its code', async () => {
  const check = async (ask: Ask) => {
    for (const [name, given, status, reason] of order) {
      const response = await ask('/check', { headers: given });
      const body = await response.json();
      expect({ name, status: response.status }).toEqual({ name, status });
      if (reason) expect({ name, ...body }).toEqual({ name, error: expect.stringMatching(reason) });
      else expect(body).toEqual({ data: expect.objectContaining({ level: { gt: 99 } }) });
    }
  };
  // A separate server each: the other mode would find every nonce used.
  await overBoth(createReceiver(), async (ask, how) => (how === 'fetch' ? check(ask) : undefined));
  await overBoth(createReceiver(), async (ask, how) => (how === 'http' ? check(ask) : undefined));
});

test('both modes work on one path', async () => {
  await overBoth(createReceiver(), async (ask) => {
    const known = { user_id: '666666666' };
    const user = await ask('/check?user_id=666666666', { headers: headers(known) });
    expect([user.status, await user.json()]).toEqual([
      200,
      { data: { level: 100, status: 'active', is_blacklist: false } },
    ]);
    const nobody = await ask('/check?user_id=1', { headers: headers({ user_id: '1' }) });
    expect([nobody.status, await nobody.json()]).toEqual([404, { error: 'User not found' }]);
    const rules = await ask('/check', { headers: headers({}) });
    expect(rules.status).toBe(200);
  });
});

test('a nonce is accepted once, also for parallel requests', async () => {
  await overBoth(createReceiver(), async (ask, how) => {
    const given = headers({}, { nonce: `once-${how}` });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await ask('/check', { headers: given })).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(19);
    const again = await ask('/check', { headers: given });
    expect(await again.json()).toEqual({ error: 'nonce was already used' });
    const wrong = headers({}, { nonce: `wrong-${how}`, signature: 'x' });
    expect((await ask('/check', { headers: wrong })).status).toBe(401);
    const right = headers({}, { nonce: `wrong-${how}` });
    expect((await ask('/check', { headers: right })).status, 'a rejected call uses no nonce').toBe(200);
  });
});

test('a used nonce is rejected as long as its timestamp is valid', async () => {
  let now = NOW;
  const server = createMoonpacketServer({
    clock: () => now,
    security: { moonpacketSignature: keys },
    handlers: { getRules: () => ({ data: {} }) },
  });
  const ask = async (given: Record<string, string>) =>
    (await server.fetch(new Request('http://test.local/check', { headers: given }))).status;
  const ahead = headers({}, { timestamp: SECONDS + 300, nonce: 'ahead' });
  expect(await ask(ahead)).toBe(200);
  for (const passed of [1, 299, 300, 301, 599, 600]) {
    now = NOW + passed * 1000;
    expect(await ask(ahead), `${passed} s later`).toBe(401);
  }
});

test('a handler that exceeds the deadline is aborted', async () => {
  let aborted: unknown;
  const server = createMoonpacketServer({
    deadline: 60,
    logger: {},
    security: { moonpacketSignature: keys },
    handlers: {
      getRules: async (_, { signal, deadline, now }) => {
        expect((deadline ?? 0) - now).toBe(60);
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        aborted = signal.reason;
        throw signal.reason;
      },
    },
  });
  await overBoth(server, async (ask) => {
    aborted = undefined;
    const response = await ask('/check', { headers: headers({}, { timestamp: Math.floor(Date.now() / 1000) }) });
    expect([response.status, await response.json()]).toEqual([500, { error: 'the response timed out' }]);
    expect(aborted).toMatchObject({ name: 'DeadlineError', message: 'no response within 60 ms' });
  });
});
