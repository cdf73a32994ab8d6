import { openStore, type Store } from '@countersign/runtime/store';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAllowList } from '../../../plugins/allow-list.ts';
import { type Call, type Fixture, openDiceyFun } from './fixture.ts';

let store: Store;
let dicey: Fixture;
beforeAll(async () => {
  store = await openStore();
  dicey = await openDiceyFun(store);
});
afterAll(() => store.close());

const key = () => ({ 'api-key': dicey.apiKey });

describe('authToken checks in the order of the document', () => {
  const without = (name: string) => ({ ...dicey.signed(), [name]: '' });
  test.each<[string, () => Call, number, RegExp]>([
    ['a valid request', () => ({ query: dicey.signed(), headers: key() }), 200, /^success$/],
    ['no api-key, and nothing else', () => ({}), 401, /api-key/],
    ['a wrong api-key, and nothing else', () => ({ headers: { 'api-key': 'wrong' } }), 403, /api-key/],
    [
      'a wrong api-key, and everything else right',
      () => ({ query: dicey.signed(), headers: { 'api-key': `${dicey.apiKey}x` } }),
      403,
      /api-key/,
    ],
    ['no agent_id', () => ({ query: without('agent_id'), headers: key() }), 400, /agent_id/],
    ['no secret', () => ({ query: without('secret'), headers: key() }), 400, /secret/],
    ['no time', () => ({ query: without('time'), headers: key() }), 400, /time/],
    ['no signature', () => ({ query: without('signature'), headers: key() }), 400, /signature/],
    [
      'no signature, and a wrong secret',
      () => ({ query: { ...dicey.signed(), secret: 'no', signature: '' }, headers: key() }),
      400,
      /signature/,
    ],
    [
      'a wrong secret that signed, at a wrong time',
      () => ({ query: dicey.signed('1', 'wrong'), headers: key() }),
      403,
      /credentials/,
    ],
    ['another agent', () => ({ query: { ...dicey.signed(), agent_id: 'other' }, headers: key() }), 403, /credentials/],
    ['an invalid time', () => ({ query: dicey.signed('soon'), headers: key() }), 403, /timestamp/i],
    [
      'a wrong time, and a wrong signature',
      () => ({ query: { ...dicey.signed('1'), signature: 'no' }, headers: key() }),
      403,
      /timestamp/i,
    ],
    ['300 s early', () => ({ query: dicey.signed(String(dicey.now() - 300)), headers: key() }), 200, /^success$/],
    ['301 s early', () => ({ query: dicey.signed(String(dicey.now() - 301)), headers: key() }), 403, /timestamp/i],
    ['300 s late', () => ({ query: dicey.signed(String(dicey.now() + 300)), headers: key() }), 200, /^success$/],
    ['301 s late', () => ({ query: dicey.signed(String(dicey.now() + 301)), headers: key() }), 403, /timestamp/i],
    [
      'a wrong signature',
      () => ({ query: { ...dicey.signed(), signature: '0'.repeat(32) }, headers: key() }),
      403,
      /signature/,
    ],
    [
      'a signature in capitals',
      () => ({
        query: { ...dicey.signed(), signature: dicey.signed().signature?.toUpperCase() ?? '' },
        headers: key(),
      }),
      403,
      /signature/,
    ],
  ])('%s', async (_, call, code, message) => {
    const answer = await dicey.send('authToken', 'GET', call());
    expect(answer).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('the token is a JWT that expires', async () => {
    const { iat = 0, exp = 0, sub } = decodeJwt(await dicey.logIn());
    expect([sub, iat, exp - iat]).toEqual([dicey.agentId, dicey.now(), 7200]);
  });
});

describe('the api-key is the first that is not empty', () => {
  const token = () => ({ 'auth-token': dicey.token });
  test.each<[string, () => Call, number]>([
    ['in the header', () => ({ body: {}, headers: { ...token(), ...key() } }), 200],
    ['in the query as api_key', () => ({ body: {}, headers: token(), query: { api_key: dicey.apiKey } }), 200],
    ['in the query as api-key', () => ({ body: {}, headers: token(), query: { 'api-key': dicey.apiKey } }), 200],
    ['in the body as api_key', () => ({ body: { api_key: dicey.apiKey }, headers: token() }), 200],
    ['in the body as api-key', () => ({ body: { 'api-key': dicey.apiKey }, headers: token() }), 200],
    [
      'an empty header, then the query',
      () => ({ body: {}, headers: { ...token(), 'api-key': '' }, query: { api_key: dicey.apiKey } }),
      200,
    ],
    [
      'a wrong header before a right query',
      () => ({ body: {}, headers: { ...token(), 'api-key': 'no' }, query: { api_key: dicey.apiKey } }),
      403,
    ],
    [
      'a wrong query before a right body',
      () => ({ body: { api_key: dicey.apiKey }, headers: token(), query: { api_key: 'no' } }),
      403,
    ],
    [
      'a right header before a wrong query',
      () => ({ body: {}, headers: { ...token(), ...key() }, query: { api_key: 'no' } }),
      200,
    ],
    ['nowhere', () => ({ body: {}, headers: token() }), 401],
  ])('%s', async (_, call, code) => {
    expect((await dicey.post('getGameList', call())).code).toBe(code);
  });
});

describe('the auth-token', () => {
  test('is checked after the api-key: 401 missing, 402 invalid', async () => {
    const codeOf = async (headers: Record<string, string>) => (await dicey.post('getGameList', { headers })).code;
    const [head, body, signature] = dicey.token.split('.');
    expect(await codeOf(key())).toBe(401);
    expect(await codeOf({ 'auth-token': dicey.token })).toBe(401);
    expect(await codeOf({ 'auth-token': 'no', 'api-key': 'no' })).toBe(403);
    expect(await codeOf({ ...key(), 'auth-token': 'xxx.yyy.zzz' })).toBe(402);
    expect(await codeOf({ ...key(), 'auth-token': `${head}.${body}.${signature?.toLowerCase()}` })).toBe(402);
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await codeOf({ ...key(), 'auth-token': `${unsigned}.${body}.` })).toBe(402);
    expect(await codeOf({ ...key(), 'auth-token': dicey.token })).toBe(200);
  });

  test('expires, and a token for the game is rejected', async () => {
    const began = dicey.now() * 1000;
    const { data } = await dicey.post('getGameUrl', { body: { username: 'test_player_001' } });
    const visit = new URL((data as { url: string }).url).searchParams.get('token') ?? '';
    expect(decodeJwt(visit).sub).toBe('1');
    expect((await dicey.post('getGameList', { headers: { ...key(), 'auth-token': visit } })).code).toBe(402);
    dicey.setTime(began + 7199_000);
    expect((await dicey.post('getGameList')).code).toBe(200);
    dicey.setTime(began + 7200_000);
    expect(await dicey.post('getGameList')).toMatchObject({ code: 402, message: expect.stringContaining('expired') });
    const fresh = await dicey.logIn();
    expect((await dicey.post('getGameList', { headers: { ...key(), 'auth-token': fresh } })).code).toBe(200);
    dicey.setTime(began);
  });

  test('of one process is valid in another with the same secret in the store', async () => {
    const other = await openDiceyFun(store);
    expect((await other.post('getGameList', { headers: { ...key(), 'auth-token': dicey.token } })).code).toBe(200);
  });
});

describe('the IP whitelist', () => {
  test.each<[readonly string[], string | undefined, boolean]>([
    [[], '203.0.113.7', true],
    [[], undefined, true],
    [['203.0.113.7'], '203.0.113.7', true],
    [['203.0.113.7'], '203.0.113.8', false],
    [['203.0.113.7'], undefined, false],
    [['203.0.113.7'], 'unknown', false],
    [['203.0.113.0/24', '::1'], '203.0.113.255', true],
    [['203.0.113.0/24', '::1'], '203.0.114.0', false],
    [['203.0.113.0/24', '::1'], '::1', true],
    [['2001:db8::/32'], '2001:db8:ffff::1', true],
    [['0.0.0.0/0'], '198.51.100.1', true],
    [['0.0.0.0/0'], '::1', false],
  ])('%j: %s may call: %s', (entries, address, want) => {
    expect(createAllowList(entries)(address)).toBe(want);
  });

  test.each(['localhost', '203.0.113.0/33', '203.0.113.0/', '1.2.3', '', '::1/129', '10.0.0.0/8/8'])(
    '%j is rejected',
    (entry) => {
      expect(() => createAllowList([entry])).toThrow(RangeError);
    },
  );

  test('returns 403 to a caller who is not on it, even with valid credentials', async () => {
    const listed = await openStore();
    const environment = { DICEYFUN_IP_WHITELIST: '127.0.0.1, 198.51.100.0/24' };
    const guarded = await openDiceyFun(listed, { environment });
    expect((await guarded.post('getGameList', { address: '198.51.100.9' })).code).toBe(200);
    expect((await guarded.post('getGameList', { address: '::ffff:198.51.100.9' })).code).toBe(200);
    expect((await guarded.post('getGameList', { address: '203.0.113.7' })).code).toBe(403);
    const login = { query: guarded.signed(), headers: { 'api-key': guarded.apiKey }, address: '203.0.113.7' };
    expect((await guarded.send('authToken', 'GET', login)).code).toBe(403);
    // The setting applies to that start only.
    const open = await openDiceyFun(listed);
    expect((await open.post('getGameList', { address: '203.0.113.7' })).code).toBe(200);
    await listed.close();
  });
});
