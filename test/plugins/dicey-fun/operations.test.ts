import type { Store } from '@countersign/runtime/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGameTable } from '../../../plugins/dicey-fun/store/game-table.ts';
import { diceWalletRecord } from '../../../plugins/dicey-fun/store/tables.ts';
import { openTestStores } from '../../sandbox/harness/index.ts';
import { type Fixture, type Operation, openDiceyFun } from './fixture.ts';

type Row = Readonly<Record<string, unknown>> & { readonly id: number; readonly create_time: number };

const opened = openTestStores();
afterAll(async () => (await opened).close());

describe.each(['PGlite', 'PostgreSQL'])('Dicey Fun on %s', (name) => {
  let store: Store;
  let dicey: Fixture;
  beforeAll(async () => {
    const found = (await opened).stores.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    store = found.store;
    dicey = await openDiceyFun(store);
  });
  const dataOf = async <T>(operation: Operation, body?: unknown): Promise<T> =>
    (await dicey.post(operation, { body })).data as T;

  describe('games', () => {
    const dafuwen = {
      provider: 'Dicey Fun',
      provider_code: 'DF',
      game_code: 'dafuwen',
      game_key: 'dafuwen',
      game_type: 'slot',
      logo: '',
      game_url: 'https://game.example.com/',
      hall_url: 'https://game.example.com/',
      status: 1,
      sort: 1,
    };
    test.each([
      [undefined, '大富翁'],
      [{}, '大富翁'],
      [{ lang: 'zh' }, '大富翁'],
      [{ lang: 'en' }, 'Dafuweng'],
    ])('%j returns the game of the document', async (body, game_name) => {
      const game_list = [{ ...dafuwen, game_name }];
      expect(await dataOf('getGameList', body)).toEqual({ game_list });
      const hall = { provider: 'Dicey Fun', provider_code: 'DF', hall_url: 'https://game.example.com/' };
      expect(await dataOf('getGameHall', body)).toEqual({ ...hall, game_list });
    });

    test('are sorted, without disabled ones and without secrets', async () => {
      const games = createGameTable(store.db);
      const dafuwenRow = await games.read('dafuwen');
      if (dafuwenRow === undefined) throw new Error('no game');
      const { id: _, ...fields } = dafuwenRow;
      const sensitiveConfig = { key: 'top-secret' };
      await games.save({ ...fields, gameKey: 'first', sort: 0, sensitiveConfig }, 0);
      await games.save({ ...fields, gameKey: 'hidden', status: 0, sensitiveConfig }, 0);
      const answer = await dicey.post('getGameList');
      const keys = (answer.data as { game_list: { game_key: string }[] }).game_list.map(({ game_key }) => game_key);
      expect(keys).toEqual(['first', 'dafuwen']);
      const hall = await dicey.post('getGameHall');
      for (const text of [answer, hall].map((each) => JSON.stringify(each))) {
        expect(text).not.toMatch(/sensitive|merchant_config|top-secret|rtp/);
      }
      await games.destroy('first');
      await games.destroy('hidden');
    });

    test('a URL has a token and the language, and creates a player once', async () => {
      const username = `new ${name}`;
      expect((await dicey.post('getPlayerInfo', { body: { username } })).code).toBe(404);
      const calls = Array.from({ length: 20 }, () => dataOf<{ url: string }>('getGameUrl', { username, lang: 'en' }));
      const urls = (await Promise.all(calls)).map(({ url }) => new URL(url));
      expect(new Set(urls.map(({ origin, pathname }) => `${origin}${pathname}`))).toEqual(
        new Set(['https://game.example.com/']),
      );
      expect(urls.map(({ searchParams }) => searchParams.get('lang'))).toEqual(urls.map(() => 'en'));
      expect(new Set(urls.map(({ searchParams }) => searchParams.get('token'))).size).toBe(20);
      const player = await dataOf<{ id: number }>('getPlayerInfo', { username });
      expect(player).toEqual({ id: expect.any(Number), username, phone: null, coin: 0 });
    });
  });

  describe('the wallet', () => {
    test('adds and subtracts, and returns the balance before and after', async () => {
      const username = `wallet ${name}`;
      const transfer = (coin: number) => dicey.post('setPlayerWallet', { body: { username, coin } });
      const record = (coin: number, type: number, wallet_before: number) => ({
        code: 200,
        data: { coin, type, wallet_before, wallet_after: wallet_before + coin, create_time: dicey.now(), admin_id: 1 },
      });
      expect(await transfer(1)).toMatchObject({ code: 404, message: 'Player not found' });
      await dataOf('getGameUrl', { username });
      expect(await transfer(-1)).toMatchObject({ code: 422, message: 'Insufficient balance' });
      expect(await transfer(100)).toMatchObject(record(100, 0, 0));
      expect(await transfer(-101)).toMatchObject({ code: 422 });
      expect(await transfer(-100)).toMatchObject(record(-100, 1, 100));
      for (const coin of [0, 0.5, '1', null, 2 ** 53]) expect((await transfer(coin as number)).code).toBe(400);
      expect(await transfer(Number.MAX_SAFE_INTEGER)).toMatchObject(record(Number.MAX_SAFE_INTEGER, 0, 0));
      expect(await transfer(1)).toMatchObject({ code: 422, message: 'Balance too large' });
      expect(await transfer(-Number.MAX_SAFE_INTEGER)).toMatchObject(
        record(-Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER),
      );
      const records = await dataOf<Row[]>('getPlayerWalletRecord', { username });
      expect(records.map(({ wallet_after }) => wallet_after)).toEqual([0, Number.MAX_SAFE_INTEGER, 0, 100]);
    });
  });

  describe('records', () => {
    const operations = ['getPlayerGameRecord', 'getPlayerWalletRecord', 'getPlayerTicketRecord'] as const;

    test.each(operations)('%s: newest id first, 20 by default, each with its player', async (operation) => {
      const rows = await dataOf<Row[]>(operation, { username: 'test_player_001', limit: 2000 });
      expect(rows.length).toBeGreaterThan(4);
      expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted((a, b) => b - a));
      const player = { id: 1, username: 'test_player_001', phone: '13800000001' };
      for (const row of rows) expect(row).toMatchObject({ player_id: 1, dice_player: player });
      const everyone = await dataOf<Row[]>(operation);
      expect(everyone).toHaveLength(Math.min(20, everyone.length));
      expect(new Set(everyone.map(({ player_id }) => player_id)).size).toBeGreaterThan(1);
      for (const username of ['nobody', '', '\0', '\ud800']) expect(await dataOf(operation, { username })).toEqual([]);
    });

    test.each(operations)('%s: a range includes both ends', async (operation) => {
      const all = await dataOf<Row[]>(operation, { limit: 2000 });
      const times = all.map(({ create_time }) => create_time).toSorted((a, b) => a - b);
      const [start = 0, end = 0] = [times.at(3), times.at(-4)];
      const within = all.filter(({ create_time }) => create_time >= start && create_time <= end);
      expect(within.length).toBeLessThan(all.length);
      const range = { start_create_time: start, end_create_time: end, limit: 2000 };
      expect(await dataOf(operation, range)).toEqual(within);
      expect(await dataOf(operation, { start_create_time: start, limit: 2000 })).toEqual(
        all.filter(({ create_time }) => create_time >= start),
      );
      const inverted = { start_create_time: end, end_create_time: start };
      if (start < end) expect(await dicey.post(operation, { body: inverted })).toMatchObject({ code: 400, data: {} });
    });

    test('accept a limit from 1 to 2,000, and else use 20', async () => {
      const now = dicey.now();
      const row = { adminId: 1, coin: 1, type: 0 as const, walletBefore: 0, walletAfter: 1 };
      const many = Array.from({ length: 2100 }, (_, index) => ({
        ...row,
        playerId: 999_999,
        createTime: now - index,
        updateTime: now,
      }));
      // A statement has at most 65,535 parameters.
      for (const part of [many.slice(0, 1050), many.slice(1050)]) await store.db.insert(diceWalletRecord).values(part);
      const lengthOf = async (limit: number): Promise<number> =>
        (await dataOf<Row[]>('getPlayerWalletRecord', { limit })).length;
      for (const [limit, want] of [
        [1, 1],
        [2000, 2000],
        [1999, 1999],
        [0, 20],
        [-1, 20],
        [2001, 20],
      ] as const) {
        expect(await lengthOf(limit), `limit ${limit}`).toBe(want);
      }
      const [orphan] = await dataOf<Row[]>('getPlayerWalletRecord', { limit: 1 });
      expect(orphan).toMatchObject({ player_id: 999_999, dice_player: null });
    });

    test('leave the window second by second, over a leap day and in any time zone of the server', async () => {
      const before = process.env.TZ;
      const written = Date.UTC(2028, 1, 28, 23, 59, 59);
      dicey.setTime(written);
      const token = await dicey.logIn();
      const username = `leap ${name}`;
      const at = async (operation: Operation, body: unknown) =>
        (await dicey.post(operation, { body, headers: { 'api-key': dicey.apiKey, 'auth-token': token } })).data;
      await at('getGameUrl', { username });
      await at('setPlayerWallet', { username, coin: 7 });
      for (const zone of ['UTC', 'Asia/Seoul', 'America/Los_Angeles']) {
        process.env.TZ = zone;
        for (const [offset, want] of [
          [0, 1],
          [604_800, 1],
          [604_801, 0],
        ] as const) {
          dicey.setTime(written + offset * 1000);
          const headers = { 'api-key': dicey.apiKey, 'auth-token': await dicey.logIn() };
          const answer = await dicey.post('getPlayerWalletRecord', { body: { username }, headers });
          expect(answer.data, `${zone} ${offset}`).toHaveLength(want);
        }
      }
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
      dicey.setTime(Date.UTC(2026, 1, 16, 12));
    });

    test('of the seed sum to the balances', async () => {
      for (const username of ['test_player_001', 'test_player_002', 'test_player_003']) {
        const rows = (await dataOf<Row[]>('getPlayerWalletRecord', { username, limit: 2000 })).toReversed();
        let balance = 0;
        for (const row of rows) {
          expect(row.wallet_before).toBe(balance);
          balance += Number(row.coin);
          expect(row.wallet_after).toBe(balance);
        }
        expect(await dataOf('getPlayerInfo', { username })).toMatchObject({ coin: balance });
        expect(new Set(rows.map(({ type }) => type))).toEqual(new Set([0, 1, 2]));
      }
    });
  });
});
