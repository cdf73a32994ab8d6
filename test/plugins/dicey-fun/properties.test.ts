import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validators } from '../../../generated/dicey-fun/src/validators.ts';
import { resolveWindow } from '../../../plugins/dicey-fun/rules/record-window.ts';
import { draws } from '../../run/deep.ts';
import { awkward, isValid, mutated, openTestStores } from '../../sandbox/harness/index.ts';
import { type Fixture, type Operation, openDiceyFun } from './fixture.ts';

const opened = openTestStores();
afterAll(async () => (await opened).close());

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('\0', '\ud800', '"', '__proto__'),
);
const username = fc.oneof(fc.constantFrom('test_player_001', 'x'.repeat(5000)), text);
const lang = fc.constantFrom('zh', 'en');
const optional = { requiredKeys: [] as never[] };
const bodyOf = (operation: Exclude<Operation, 'authToken'>) => validators[operation].body['application/json'];
const second = (now: number) => fc.oneof(fc.integer({ min: now - 700_000, max: now + 700_000 }), fc.maxSafeInteger());

describe.each([
  { name: 'PGlite', numRuns: draws(200) },
  { name: 'PostgreSQL', numRuns: draws(100) },
])('any request of Dicey Fun on $name', ({ name, numRuns }) => {
  let dicey: Fixture;
  beforeAll(async () => {
    const found = (await opened).stores.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    dicey = await openDiceyFun(found.store);
  });

  /** Sends a body of any kind. `codes` are the possible codes of a valid one. */
  const check = async (
    operation: Exclude<Operation, 'authToken'>,
    base: fc.Arbitrary<object>,
    codes: (body: never) => readonly number[],
  ) => {
    await fc.assert(
      fc.asyncProperty(mutated(base), async (body) => {
        const valid = await isValid(bodyOf(operation), body);
        const { code } = await dicey.post(operation, { body });
        expect(valid ? codes(body as never) : [400]).toContain(code);
      }),
      { numRuns },
    );
  };

  test.each(['getGameList', 'getGameHall'] as const)('%s', (operation) =>
    check(operation, fc.record({ lang }, optional), () => [200]),
  );

  test('getGameUrl', async () => {
    const time = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 1e300, Number.MAX_SAFE_INTEGER));
    await check('getGameUrl', fc.record({ username, time, lang }, { requiredKeys: ['username'] }), () => [200]);
  });

  test('getPlayerInfo', () => check('getPlayerInfo', fc.record({ username }), () => [200, 404]));

  test('a created player is found by exactly its name', async () => {
    await fc.assert(
      fc.asyncProperty(
        username.filter((value) => value !== ''),
        async (value) => {
          expect((await dicey.post('getGameUrl', { body: { username: value } })).code).toBe(200);
          const { data } = await dicey.post('getPlayerInfo', { body: { username: value } });
          expect(data).toMatchObject({ username: value });
        },
      ),
      { numRuns },
    );
  });

  test('setPlayerWallet', async () => {
    const coin = fc.oneof(fc.integer(), fc.maxSafeInteger());
    await check('setPlayerWallet', fc.record({ username, coin }), () => [200, 404, 422]);
    const { data } = await dicey.post('getPlayerInfo', { body: { username: 'test_player_001' } });
    expect((data as { coin: number }).coin).toBeGreaterThanOrEqual(0);
  });

  test.each(['getPlayerGameRecord', 'getPlayerWalletRecord', 'getPlayerTicketRecord'] as const)(
    '%s',
    async (operation) => {
      const limit = fc.oneof(fc.integer({ min: -2, max: 2002 }), fc.maxSafeInteger());
      const filter = { username, start_create_time: second(dicey.now()), end_create_time: second(dicey.now()), limit };
      await check(operation, fc.record(filter, optional), (body) => [resolveWindow(body, dicey.now()) ? 200 : 400]);
    },
  );

  test('authToken, with any query', async () => {
    const key = fc.constantFrom('agent_id', 'secret', 'time', 'signature');
    const value = fc
      .oneof(
        fc.string(),
        awkward.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
      )
      .map((given) => given.toWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.option(fc.tuple(key, value), { nil: undefined }), async (change) => {
        const right = dicey.signed();
        const query = change === undefined ? right : { ...right, [change[0]]: change[1] };
        const { code } = await dicey.send('authToken', 'GET', { query, headers: { 'api-key': dicey.apiKey } });
        const same = Object.entries(right).every(([name, want]) => query[name] === want);
        const missing = Object.values(query).some((given) => given === '');
        expect(code).toBe(missing ? 400 : same ? 200 : 403);
      }),
      { numRuns },
    );
  });

  test('bodies that are not JSON, and requests without an operation', async () => {
    const json = { 'api-key': dicey.apiKey, 'auth-token': dicey.token };
    const code = async (raw: string, headers: Record<string, string> = {}) =>
      (await dicey.post('getPlayerInfo', { raw, headers: { ...json, ...headers } })).code;
    expect(await code('{')).toBe(400);
    expect(await code('{"username":"a"}', { 'content-type': 'text/plain' })).toBe(400);
    expect(await code(`{"username":"${'x'.repeat(1_100_000)}"}`)).toBe(400);
    expect(await code(`${'['.repeat(100_000)}`)).toBe(400);
    expect((await dicey.send('getGameList', 'PUT', { body: {}, headers: json })).code).toBe(404);
  });
});
