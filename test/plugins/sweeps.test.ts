import { openStore, type Store } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandbox as dailyplay } from '../../plugins/dailyplay/sandbox.ts';
import { sweepSessions } from '../../plugins/dailyplay/store/sessions.ts';
import { sandbox as hive } from '../../plugins/hive/sandbox.ts';
import { sweepChanges } from '../../plugins/hive/store/receive.ts';
import { openProvider } from '../sandbox/harness/index.ts';

let store: Store;

beforeAll(async () => {
  store = await openStore();
  await openProvider(store, 'dailyplay', dailyplay);
  await openProvider(store, 'hive', hive);
});
afterAll(() => store.close());

test('sessions are deleted 30 days after their end', async () => {
  await store.db.execute(sql`
    INSERT INTO dailyplay.sessions (token, org_id, api_key_id, game_id, external_ref, created_at, expires_at)
    SELECT gen_random_uuid(), 5, id, 42, days::text, now() - interval '90 days', now() - make_interval(days => days)
    FROM (SELECT min(id) AS id FROM dailyplay.api_keys) AS key, (VALUES (-1), (29), (31), (60)) AS age (days)`);
  expect(await sweepSessions(store.db)).toBe(2);
  expect(await sweepSessions(store.db)).toBe(0);
  const { rows } = await store.db.execute(sql`SELECT external_ref FROM dailyplay.sessions ORDER BY id`);
  expect(rows).toEqual([{ external_ref: '-1' }, { external_ref: '29' }]);
});

test('changes of suspensions are deleted after 90 days, except those that hold', async () => {
  await store.db.execute(sql`DELETE FROM hive.suspensions`);
  await store.db.execute(sql`DELETE FROM hive.changes`);
  await store.db.execute(sql`
    INSERT INTO hive.changes (game_index, player_id, status, start_date, end_date, received_at)
    SELECT 1, player, 'B', '2024-07-10', '2024-07-20', now() - make_interval(days => days)
    FROM (VALUES (1, 91), (2, 91), (3, 89)) AS change (player, days)`);
  await store.db.execute(sql`
    INSERT INTO hive.suspensions SELECT game_index, player_id, status, start_date, end_date, id
    FROM hive.changes WHERE player_id = 1`);
  expect(await sweepChanges(store.db)).toBe(1);
  const { rows } = await store.db.execute<{ player: string }>(sql`
    SELECT player_id::text AS player FROM hive.changes ORDER BY player_id`);
  expect(rows).toEqual([{ player: '1' }, { player: '3' }]);
});
