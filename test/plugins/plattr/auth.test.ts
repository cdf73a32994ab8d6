import { openStore, type Store } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Listening } from '../../../runtime/server/node.ts';
import { type Fixture, openPlattr } from './fixture.ts';
import { startNaver } from './naver-stand-in.ts';

let store: Store;
let naver: Listening & { readonly asked: string[] };
let plattr: Fixture;
beforeAll(async () => {
  naver = await startNaver(
    new Map([
      ['good-token', '32742776'],
      ['other.token', '32742776'],
      ['broken-token', 'broken'],
    ]),
  );
  store = await openStore();
  plattr = await openPlattr(store, { environment: { NAVER_BASE_URL: naver.url } });
});
afterAll(async () => {
  await store.close();
  await naver.close();
});

const device = '5f0c1f6e-3a3b-4c3e-9d64-0a7f4f1f2b11';

describe('credentials of each call', () => {
  test.each<[string, () => Record<string, string>, number]>([
    ['none', () => ({}), 401],
    ['no device', () => ({ 'x-app-key': plattr.appKey }), 401],
    ['no app key', () => ({ 'x-auth-uuid': device }), 401],
    ['an unknown app key', () => ({ 'x-app-key': 'unknown', 'x-auth-uuid': device }), 403],
    ['a device that is not a UUID', () => ({ 'x-app-key': plattr.appKey, 'x-auth-uuid': 'my phone' }), 401],
    ['both', () => ({ 'x-app-key': plattr.appKey, 'x-auth-uuid': device }), 0],
  ])('login with %s', async (_, headers, code) => {
    const answer = await plattr.send('loginAnonymous', 'GET', '/auth/anonymous', { headers: headers() });
    expect(answer.result_code).toBe(code);
  });

  test.each<[string, Record<string, string>, number]>([
    ['no token', { 'x-auth-token': '' }, 401],
    ['a wrong token', { 'x-auth-token': 'iuojsdof-SDFSDF-sdf24-123' }, 401],
    ['an unknown app key', { 'x-app-key': 'unknown' }, 403],
    ['another device', { 'x-auth-uuid': '00000000-0000-4000-8000-000000000000' }, 401],
    ['the device in capitals', { 'x-auth-uuid': device.toUpperCase() }, 0],
  ])('a call that needs the user, with %s', async (_, headers, code) => {
    const user = await plattr.logIn(device);
    expect((await user.call('getData', 'GET', '/data', { headers })).result_code).toBe(code);
  });

  test('a token is valid until it expires, and a login creates another', async () => {
    const user = await plattr.logIn(device);
    const began = plattr.now();
    plattr.setTime(began + 86_399_999);
    expect((await user.mails()).result_code).toBe(0);
    plattr.setTime(began + 86_400_000);
    expect(await user.mails()).toMatchObject({ result_code: 401, result_message: expect.stringContaining('expired') });
    const again = await plattr.logIn(device);
    expect(again.headers['x-auth-token']).not.toBe(user.headers['x-auth-token']);
    expect((await again.mails()).result_code).toBe(0);
    plattr.setTime(began);
  });

  test('credentials are stored only as hashes', async () => {
    const user = await plattr.logIn(device);
    const { rows } = await store.db.execute<{ text: string }>(sql`
      SELECT string_agg(t, ' ') AS text FROM (
        SELECT apps::text AS t FROM plattr.apps UNION ALL SELECT users::text FROM plattr.users
        UNION ALL SELECT sessions::text FROM plattr.sessions) AS all_rows`);
    for (const secret of Object.values(user.headers)) expect(rows[0]?.text).not.toContain(secret);
  });
});

describe('anonymous login', () => {
  test('returns the user of the device again, with the requested data', async () => {
    const first = await plattr.logIn(undefined, 'level', 'score');
    expect(first.login).toEqual({ result_code: 0, access_token: expect.any(String), user_data: {} });
    await first.set([
      { key: 'level', value: '7' },
      { key: '__proto__', value: 'p' },
    ]);
    const again = await plattr.logIn(first.device, 'level', 'score', '__proto__');
    expect(Object.entries(again.login.user_data ?? {})).toEqual([
      ['level', '7'],
      ['__proto__', 'p'],
    ]);
    expect((await first.mails()).result_code).toBe(0);
  });

  test('creates one user for many parallel logins of one device', async () => {
    const fresh = crypto.randomUUID();
    const users = await Promise.all(Array.from({ length: 20 }, () => plattr.logIn(fresh)));
    await users[0]?.set([{ key: 'k', value: 'v' }]);
    for (const user of users) expect(await user.get('k')).toEqual({ k: 'v' });
  });
});

describe('login with Naver', () => {
  const logIn = async (token: string, uuid: string = crypto.randomUUID()) => {
    const headers = { 'x-app-key': plattr.appKey, 'x-auth-uuid': uuid };
    const path = `/auth/naver/${encodeURIComponent(token)}?key=level`;
    return plattr.userOf(uuid, await plattr.send('loginNaver', 'GET', path, { headers }));
  };

  test('returns the same user on each device and with each token of the Naver user', async () => {
    const phone = await logIn('good-token');
    expect(phone.login).toEqual({ result_code: 0, access_token: expect.any(String), user_data: {} });
    await phone.set([{ key: 'level', value: '9' }]);
    const tablet = await logIn('other.token');
    expect(tablet.login.user_data).toEqual({ level: '9' });
    // The device's anonymous user is a different one.
    expect((await plattr.logIn(phone.device, 'level')).login.user_data).toEqual({});
  });

  test.each(['wrong-token', 'tökén', 'two words', 'line\nbreak', '../me', '%'])(
    'returns 1001 to the token %j',
    async (token) => {
      expect((await logIn(token)).login.result_code).toBe(1001);
    },
  );

  test('returns 9999 if Naver fails, and creates no user', async () => {
    naver.asked.length = 0;
    expect((await logIn('broken-token')).login.result_code).toBe(9999);
    expect(naver.asked.length).toBeGreaterThan(0);
  });
});

test('withdrawal deletes all data of the user, and of no one else', async () => {
  const [user, other] = [await plattr.logIn(), await plattr.logIn()];
  const give = async (who: typeof user): Promise<void> => {
    await who.set([{ key: 'level', value: '1' }]);
    await who.mail('hello');
    await who.give([{ key: 'star', value: '1', command: 'inc' }], 'a star');
    await who.submit('withdrawal', 5);
  };
  await give(user);
  await give(other);
  const counts = async () => {
    const { rows } = await store.db.execute(sql`
      SELECT (SELECT count(*)::int FROM plattr.users) AS users, (SELECT count(*)::int FROM plattr.sessions) AS sessions,
        (SELECT count(*)::int FROM plattr.user_data) AS data, (SELECT count(*)::int FROM plattr.mails) AS mails,
        (SELECT count(*)::int FROM plattr.rewards) AS rewards, (SELECT count(*)::int FROM plattr.scores) AS scores`);
    return rows[0];
  };
  const before = (await counts()) as Record<string, number>;
  expect(await user.withdraw()).toEqual({ result_code: 0 });
  expect(await counts()).toEqual({
    users: (before.users ?? 0) - 1,
    sessions: (before.sessions ?? 0) - 1,
    data: (before.data ?? 0) - 1,
    mails: (before.mails ?? 0) - 2,
    rewards: (before.rewards ?? 0) - 1,
    scores: (before.scores ?? 0) - 1,
  });
  expect((await user.get('level')) ?? 'refused').toBe('refused');
  expect((await user.withdraw()).result_code).toBe(401);
  expect(await other.mine('withdrawal')).toEqual({ result_code: 0, scores_count: 1, value: 5, rank: 1 });
  const again = await plattr.logIn(user.device, 'level');
  expect(again.login.user_data).toEqual({});
  expect((await again.mails()).mails).toEqual([]);
});
