import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClaims } from '../../../plugins/moonpacket/store/claims.ts';
import { openTestStores, type TestStore } from '../../sandbox/harness/index.ts';
import { type Fixture, NOW, openMoonpacket } from './fixture.ts';

const opened = openTestStores();
afterAll(async () => (await opened).close());
const SECONDS = NOW / 1000;

describe.each(['PGlite', 'PostgreSQL'])('the endpoint that moonpacket calls, on %s', (name) => {
  let moonpacket: Fixture;
  let store: TestStore['store'];

  beforeAll(async () => {
    const found = (await opened).stores.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    store = found.store;
    moonpacket = await openMoonpacket(store);
  });

  const bodyOf = async (response: Promise<Response>) => {
    const { status } = await response;
    return { status, body: await (await response).json() };
  };

  test('mode A returns the rules, mode B a user', async () => {
    expect(await bodyOf(moonpacket.ask())).toEqual({
      status: 200,
      body: { data: { level: { gt: 99 }, status: { eq: 'active' }, is_blacklist: { eq: false } } },
    });
    expect(await bodyOf(moonpacket.ask({ query: 'user_id=666666666' }))).toEqual({
      status: 200,
      body: { data: { level: 100, status: 'active', is_blacklist: false } },
    });
    expect(await bodyOf(moonpacket.ask({ query: 'user_id=nobody' }))).toEqual({
      status: 404,
      body: { error: 'User not found' },
    });
  });

  test.each([
    { title: 'seconds', signed: { timestamp: String(SECONDS) }, want: 200 },
    { title: 'milliseconds', signed: { timestamp: String(NOW) }, want: 200 },
    { title: '300 s behind', signed: { timestamp: String(SECONDS - 300) }, want: 200 },
    { title: '301 s behind', signed: { timestamp: String(SECONDS - 301) }, want: 401 },
    { title: '300 s ahead', signed: { timestamp: String(SECONDS + 300) }, want: 200 },
    { title: '301 s ahead', signed: { timestamp: String(SECONDS + 301) }, want: 401 },
    { title: 'no time', signed: { timestamp: 'now' }, want: 401 },
    { title: 'another key', signed: { apiKey: 'mp_other' }, want: 401 },
    { title: 'another secret', signed: { secret: 'other' }, want: 401 },
    { title: 'another query signed', signed: { query: 'user_id=1001', object: { user_id: '1002' } }, want: 401 },
    { title: 'no key', signed: { without: 'x-api-key' }, want: 401 },
    { title: 'no timestamp', signed: { without: 'x-api-timestamp' }, want: 401 },
    { title: 'no nonce', signed: { without: 'x-api-nonce' }, want: 401 },
    { title: 'no signature', signed: { without: 'x-api-signature' }, want: 401 },
    { title: 'an empty user', signed: { query: 'user_id=' }, want: 400 },
    { title: '255 characters', signed: { query: `user_id=${'x'.repeat(255)}` }, want: 404 },
    { title: '256 characters', signed: { query: `user_id=${'x'.repeat(256)}` }, want: 400 },
    { title: 'NUL', signed: { query: 'user_id=%00' }, want: 400 },
  ])('$title: $want', async ({ signed, want }) => {
    const response = await moonpacket.ask(signed);
    expect(response.status).toBe(want);
    if (want !== 200) expect(await response.json()).toEqual({ error: expect.any(String) });
  });

  test('a nonce is accepted once, for parallel requests to any process', async () => {
    const other = await openMoonpacket(store);
    const asks = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? moonpacket : other).ask({ nonce: `once-${name}` }),
    );
    const statuses = (await Promise.all(asks)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(19).fill(401)]);
  });

  test('only allowed addresses can call if any are configured', async () => {
    const environment = { MOONPACKET_ALLOWED_ADDRESSES: '192.0.2.7, 2001:db8::/32' };
    const guarded = await openMoonpacket(store, { environment });
    const from = (remoteAddress: string) => guarded.ask({}, { incoming: { socket: { remoteAddress } } });
    expect((await from('192.0.2.7')).status).toBe(200);
    expect((await from('::ffff:192.0.2.7')).status).toBe(200);
    expect((await from('2001:db8::1')).status).toBe(200);
    expect((await from('192.0.2.8')).status).toBe(403);
    expect((await guarded.ask()).status).toBe(403);
  });

  test('the endpoint returns the rules and users that the game set last', async () => {
    const claims = createClaims(store.db);
    const before = await claims.rules();
    await claims.setRules({ kyc: { eq: true }, level: { gte: 10, lt: 1e21 } });
    await claims.setUser('1001', { kyc: true, nick: '\ud800 "\0"', level: -0.5 });
    expect(await bodyOf(moonpacket.ask())).toMatchObject({
      body: { data: { kyc: { eq: true }, level: { gte: 10, lt: 1e21 } } },
    });
    expect(await bodyOf(moonpacket.ask({ query: 'user_id=1001' }))).toEqual({
      status: 200,
      body: { data: { kyc: true, nick: '\ud800 "\0"', level: -0.5 } },
    });
    await claims.setRules(before);
  });
});
