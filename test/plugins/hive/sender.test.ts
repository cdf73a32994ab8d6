import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSender, type SenderOptions } from '../../../plugins/hive/sender.ts';
import type { SuspensionRow } from '../../../plugins/hive/store/receive.ts';
import { createSuspensions } from '../../../plugins/hive/suspensions.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';
import { openStore, type Store } from '../../../runtime/store/index.ts';
import { type Fixture, GAME, openHive, permanent } from './fixture.ts';

const range = (count: number, from = 0): readonly SuspensionRow[] =>
  Array.from({ length: count }, (_, index) => permanent(from + index, '2024-07-15'));

describe('the sender, to the receiver over HTTP', () => {
  let store: Store;
  let hive: Fixture;
  let listening: Listening;
  let seen: { readonly rows: number; readonly index: unknown }[] = [];
  /** Responds instead of the receiver to the next requests. */
  let failures: (() => Response)[] = [];

  beforeAll(async () => {
    store = await openStore();
    hive = await openHive(store);
    listening = await listen({
      fetch: async (request: Request, environment: unknown) => {
        const { data, game_index } = (await request.clone().json()) as { data: unknown[]; game_index: unknown };
        seen.push({ rows: data.length, index: game_index });
        const failure = failures.shift();
        return failure ? failure() : hive.server.fetch(request, environment);
      },
    });
  });
  afterAll(async () => {
    await listening.close();
    await store.close();
  });

  const sender = (options: Partial<SenderOptions> = {}) => {
    seen = [];
    failures = [];
    return createSender({
      endpoint: `${listening.url}/suspensions`,
      gameServerKey: hive.key,
      gameIndex: GAME,
      client: { retry: { base: 1 }, logger: {} },
      ...options,
    });
  };

  test.each([
    { rows: 0, batches: [] },
    { rows: 1, batches: [1] },
    { rows: 100, batches: [100] },
    { rows: 101, batches: [100, 1] },
    { rows: 2000, batches: Array(20).fill(100) },
  ])('sends $rows suspensions in batches of $batches', async ({ rows, batches }) => {
    const report = await sender().send(range(rows));
    expect(seen).toEqual(batches.map((count) => ({ rows: count, index: GAME })));
    expect(report).toMatchObject({ sent: rows, failed: 0 });
    expect(report.batches.map(({ rows: count, attempts }) => [count, attempts])).toEqual(batches.map((n) => [n, 1]));
  });

  test('the receiver stores what was sent', async () => {
    await sender().send(range(250, 10_000));
    const suspensions = createSuspensions(store.db, { gameIndex: GAME });
    const at = new Date('2024-08-01');
    expect(await Promise.all([10_000, 10_249, 10_250].map((id) => suspensions.isSuspended(id, at)))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('a temporary failure is retried', async () => {
    const target = sender();
    const busy = () => Response.json({ result_code: 99, result_message: 'down' }, { status: 500 });
    failures = [busy, busy];
    const report = await target.send(range(150));
    expect(report).toMatchObject({ sent: 150, failed: 0 });
    expect(report.batches.map(({ attempts }) => attempts)).toEqual([3, 1]);
  });

  test('a rejected batch is reported with its rows, and the others continue', async () => {
    const reports: number[] = [];
    const target = sender();
    failures = [
      () => Response.json({ result_code: 0 }),
      () => Response.json({ result_code: 1, result_message: '/data/0/end_date: must be a date' }),
    ];
    const report = await target.send(range(251), ({ index }) => reports.push(index));
    expect(report).toMatchObject({ sent: 151, failed: 100 });
    expect(reports).toEqual([0, 1, 2]);
    expect(report.batches[1]).toMatchObject({ first: 100, rows: 100, attempts: 1, error: { code: 1 } });
  });

  test('a wrong key fails each batch after one attempt', async () => {
    const report = await sender({ gameServerKey: 'never-issued' }).send(range(150));
    expect(report).toMatchObject({ sent: 0, failed: 150 });
    expect(report.batches.map(({ attempts, error }) => [attempts, error?.name])).toEqual([
      [1, 'WrongKeyError'],
      [1, 'WrongKeyError'],
    ]);
  });
});
