import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refuseSuspended } from '../../../plugins/hive/refuse-suspended.ts';
import type { SuspensionRow } from '../../../plugins/hive/store/receive.ts';
import { createSuspensions } from '../../../plugins/hive/suspensions.ts';
import { openTestStores, type TestStore } from '../../sandbox/harness/index.ts';
import { type Fixture, GAME, openHive, period, permanent } from './fixture.ts';

const opened = openTestStores();
afterAll(async () => (await opened).close());

describe.each(['PGlite', 'PostgreSQL'])('the receiver of suspensions on %s', (name) => {
  let hive: Fixture;
  let store: TestStore['store'];

  beforeAll(async () => {
    const found = (await opened).stores.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    store = found.store;
    hive = await openHive(store);
  });
  beforeEach(async () => {
    await store.db.execute(sql`DELETE FROM hive.suspensions`);
    await store.db.execute(sql`DELETE FROM hive.changes`);
  });

  /** Everything that is stored, as text. */
  const held = async (): Promise<readonly string[]> => {
    const { rows } = await store.db.execute<{ row: string }>(sql`
      SELECT concat_ws(' ', player_id, status, start_date, end_date) AS row FROM hive.suspensions ORDER BY player_id`);
    return rows.map(({ row }) => row);
  };

  test('stores the document’s example, and the same again changes nothing', async () => {
    const rows = [
      period(1, '2024-07-10 20:56:59', '2024-07-13 20:56:59'),
      period(2, '2024-07-10 20:56:59', '2024-07-20 20:56:59'),
      permanent(3, '2024-07-10 20:56:59'),
    ];
    for (let delivery = 0; delivery < 3; delivery += 1) {
      expect(await hive.pushRows(...rows)).toEqual({ status: 200, body: { result_code: 0 } });
      expect(await held()).toEqual([
        '1 B 2024-07-10 20:56:59 2024-07-13 20:56:59',
        '2 B 2024-07-10 20:56:59 2024-07-20 20:56:59',
        '3 P 2024-07-10 20:56:59 9999-12-31 00:00:00',
      ]);
    }
    const { rows: counted } = await store.db.execute(sql`SELECT count(*)::text AS n FROM hive.changes`);
    expect(counted).toEqual([{ n: '3' }]);
  });

  test.each<{ readonly title: string; readonly batches: readonly (readonly SuspensionRow[])[]; readonly want: string }>(
    [
      {
        title: 'a later suspension replaces an earlier one',
        batches: [[period(1, '2024-07-10', '2024-07-20')], [permanent(1, '2024-07-15')]],
        want: '1 P 2024-07-15 00:00:00 9999-12-31 00:00:00',
      },
      {
        title: 'the same rows in reverse order have the same result',
        batches: [[permanent(1, '2024-07-15')], [period(1, '2024-07-10', '2024-07-20')]],
        want: '1 P 2024-07-15 00:00:00 9999-12-31 00:00:00',
      },
      {
        title: 'of two with the same start, the last one received holds',
        batches: [[period(1, '2024-07-10', '2024-07-20')], [period(1, '2024-07-10', '2024-07-12')]],
        want: '1 B 2024-07-10 00:00:00 2024-07-12 00:00:00',
      },
      {
        title: 'an old delivery that arrives again does not undo a change',
        batches: [
          [period(1, '2024-07-10', '2024-07-20')],
          [period(1, '2024-07-10', '2024-07-12')],
          [period(1, '2024-07-10', '2024-07-20')],
        ],
        want: '1 B 2024-07-10 00:00:00 2024-07-12 00:00:00',
      },
      {
        title: 'of two rows in one batch, the later start holds',
        batches: [[permanent(1, '2024-07-15'), period(1, '2024-07-10', '2024-07-20')]],
        want: '1 P 2024-07-15 00:00:00 9999-12-31 00:00:00',
      },
      {
        title: 'of two rows with the same start in one batch, the last one holds',
        batches: [[permanent(1, '2024-07-10'), period(1, '2024-07-10', '2024-07-20')]],
        want: '1 B 2024-07-10 00:00:00 2024-07-20 00:00:00',
      },
    ],
  )('$title', async ({ batches, want }) => {
    for (const rows of batches) expect((await hive.pushRows(...rows)).body).toEqual({ result_code: 0 });
    expect(await held()).toEqual([want]);
  });

  test.each([
    { title: 'an invalid day', row: period(2, '2024-02-30', '2024-03-01'), names: '/data/1/start_date' },
    { title: 'a leap day outside a leap year', row: period(2, '2023-02-01', '2023-02-29'), names: '/data/1/end_date' },
    { title: 'hour 24', row: period(2, '2024-02-01', '2024-02-02 24:00:00'), names: '/data/1/end_date' },
    {
      title: 'another status',
      row: { ...period(2, '2024-02-01', '2024-02-02'), status: 'X' },
      names: '/data/1/status',
    },
    { title: 'no player', row: { status: 'P', start_date: '2024-02-01 00:00:00' }, names: '/data/1' },
  ])('one invalid row ($title) rejects the batch, and the response names it', async ({ row, names }) => {
    const { status, body } = await hive.pushRows(permanent(1, '2024-07-15'), row as SuspensionRow);
    expect({ status, code: body.result_code }).toEqual({ status: 200, code: 1 });
    expect(body.result_message).toContain(names);
    expect(await held()).toEqual([]);
  });

  test.each([
    { rows: 0, code: 1 },
    { rows: 1, code: 0 },
    { rows: 100, code: 0 },
    { rows: 101, code: 1 },
  ])('a batch of $rows rows returns $code', async ({ rows, code }) => {
    const batch = Array.from({ length: rows }, (_, player) => permanent(player, '2024-07-15'));
    expect((await hive.pushRows(...batch)).body.result_code).toBe(code);
    expect(await held()).toHaveLength(code === 0 ? rows : 0);
  });

  test('a wrong key is rejected with 401 and code 2', async () => {
    const body = { game_index: GAME, server_url: 'x', data: [permanent(1, '2024-07-15')] };
    expect(await hive.push(body, 'never-issued')).toMatchObject({ status: 401, body: { result_code: 2 } });
    expect(await held()).toEqual([]);
  });

  test('parallel batches with the same players are all stored, and the latest holds', async () => {
    const batches = Array.from({ length: 20 }, (_, batch) => {
      const rows = Array.from({ length: 50 }, (_, player) =>
        period(player, `2024-07-${String(batch + 1).padStart(2, '0')}`, '2024-08-01'),
      );
      return batch % 2 === 0 ? rows : rows.toReversed();
    });
    const answers = await Promise.all([...batches, ...batches].map((rows) => hive.pushRows(...rows)));
    expect(answers.map(({ body }) => body)).toEqual(Array(40).fill({ result_code: 0 }));
    const want = Array.from({ length: 50 }, (_, player) => `${player} B 2024-07-20 00:00:00 2024-08-01 00:00:00`);
    expect(await held()).toEqual(want);
  });

  test.each([
    { zone: 'UTC', at: '2024-07-09T23:59:59.999Z', want: false },
    { zone: 'UTC', at: '2024-07-10T00:00:00.000Z', want: true },
    { zone: 'UTC', at: '2024-07-12T23:59:59.999Z', want: true },
    { zone: 'UTC', at: '2024-07-13T00:00:00.000Z', want: false },
    { zone: 'Asia/Seoul', at: '2024-07-09T14:59:59.999Z', want: false },
    { zone: 'Asia/Seoul', at: '2024-07-09T15:00:00.000Z', want: true },
    { zone: 'Asia/Seoul', at: '2024-07-12T15:00:00.000Z', want: false },
    { zone: 'America/New_York', at: '2024-07-10T03:59:59.999Z', want: false },
    { zone: 'America/New_York', at: '2024-07-10T04:00:00.000Z', want: true },
  ])('from 10 to 13 July in $zone, at $at suspended is $want', async ({ zone, at, want }) => {
    await hive.pushRows(period(1, '2024-07-10', '2024-07-13'));
    expect(await createSuspensions(store.db, { timeZone: zone }).isSuspended(1, new Date(at))).toBe(want);
  });

  test('a permanent suspension has no end, and does not affect other players', async () => {
    await hive.pushRows(permanent(1, '2024-07-10'));
    const suspensions = createSuspensions(store.db, { gameIndex: GAME });
    expect(await suspensions.find(1, new Date('9999-12-31T23:00:00Z'))).toEqual({ status: 'P', until: undefined });
    expect(await suspensions.isSuspended(2, new Date('2024-08-01'))).toBe(false);
    const other = createSuspensions(store.db, { gameIndex: GAME + 1 });
    expect(await other.isSuspended(1, new Date('2024-08-01'))).toBe(false);
    expect(() => createSuspensions(store.db, { timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  });

  test('the middleware rejects suspended players, and all players if the store fails', async () => {
    await hive.pushRows(period(1, '2024-07-10', '2024-07-13'), permanent(3, '2024-07-10'));
    const clock = () => Date.UTC(2024, 6, 11);
    const playerOf = (context: { req: { header(name: string): string | undefined } }): number | undefined => {
      const player = context.req.header('player');
      return player === undefined ? undefined : Number(player);
    };
    const appOf = (suspensions: ReturnType<typeof createSuspensions>) =>
      new Hono()
        .use(refuseSuspended({ suspensions, playerOf, clock }))
        .get('/', (context) => context.text('in'))
        .onError((_, context) => context.text('closed', 503));
    const app = appOf(createSuspensions(store.db));
    const ask = async (player?: string) => {
      const response = await app.request('/', { headers: player === undefined ? {} : { player } });
      return [response.status, await response.text()];
    };
    expect(await ask('1')).toEqual([403, '{"error":"You are suspended","until":"2024-07-13T00:00:00.000Z"}']);
    expect(await ask('3')).toEqual([403, '{"error":"You are suspended","until":null}']);
    expect(await ask('2')).toEqual([200, 'in']);
    expect(await ask()).toEqual([200, 'in']);
    const broken = { find: () => Promise.reject(new Error('down')), isSuspended: () => Promise.resolve(false) };
    expect((await appOf(broken).request('/', { headers: { player: '2' } })).status).toBe(503);
  });
});
