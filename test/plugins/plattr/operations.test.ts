import type { Store } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestStores, together } from '../../sandbox/harness/index.ts';
import { type Fixture, openPlattr, type User } from './fixture.ts';

const opened = openTestStores();
afterAll(async () => (await opened).close());

const done = { result_code: 0 };
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe.each(['PGlite', 'PostgreSQL'])('Plattr on %s', (name) => {
  let store: Store;
  let plattr: Fixture;
  let user: User;
  beforeAll(async () => {
    const found = (await opened).stores.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    store = found.store;
    plattr = await openPlattr(store);
  });
  beforeEach(async () => {
    user = await plattr.logIn();
  });

  describe('data', () => {
    test('a change applies if all conditions hold, and otherwise changes nothing', async () => {
      await user.set([
        { key: 'money', value: '250' },
        { key: 'level', value: '20' },
      ]);
      const buy = () =>
        user.set(
          [
            { key: 'money', value: '100', command: 'dec' },
            { key: 'level', value: '21' },
          ],
          [
            { key: 'money', operator: '>', value: '100' },
            { key: 'level', operator: '==', value: '20' },
          ],
        );
      expect(await buy()).toEqual(done);
      expect(await user.get('money', 'level')).toEqual({ money: '150', level: '21' });
      expect((await buy()).result_code).toBe(2001);
      expect(await user.get('money', 'level')).toEqual({ money: '150', level: '21' });
    });

    test.each([
      [
        'the last of many conditions fails',
        [{ key: 'a', value: 'z' }],
        [
          { key: 'a', operator: '==', value: '1' },
          { key: 'b', operator: '>', value: '2' },
        ],
        2001,
      ],
      [
        'the last of many changes is invalid',
        [
          { key: 'a', value: 'z' },
          { key: 't', value: '1', command: 'inc' },
        ],
        undefined,
        2001,
      ],
      [
        'an amount is not a number, regardless of the conditions',
        [
          { key: 'a', value: 'z' },
          { key: 'b', value: 'x', command: 'inc' },
        ],
        [{ key: 'b', operator: '>', value: '2' }],
        1001,
      ],
    ])('nothing changes if %s', async (_, changes, conditions, code) => {
      await user.set([
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
        { key: 't', value: 'text' },
      ]);
      expect((await user.set(changes, conditions)).result_code).toBe(code);
      expect(await user.get('a', 'b', 't')).toEqual({ a: '1', b: '2', t: 'text' });
    });

    test('every one of many parallel increments counts', async () => {
      const counted = await Promise.all(range(1, 50).map(() => user.set([{ key: 'n', value: '1.5', command: 'inc' }])));
      expect(counted).toEqual(counted.map(() => done));
      expect(await user.get('n')).toEqual({ n: '75' });
    });

    test('of many parallel purchases, as many succeed as the balance allows', async () => {
      await user.set([{ key: 'money', value: '30' }]);
      const buy = () =>
        user.set(
          [
            { key: 'money', value: '10', command: 'dec' },
            { key: 'hats', value: '1', command: 'inc' },
          ],
          [{ key: 'money', operator: '>=', value: '10' }],
        );
      const codes = (await Promise.all(range(1, 20).map(buy))).map(({ result_code }) => result_code);
      expect(codes.filter((code) => code === 0)).toHaveLength(3);
      expect(codes.filter((code) => code === 2001)).toHaveLength(17);
      expect(await user.get('money', 'hats')).toEqual({ money: '0', hats: '3' });
    });

    test('keys and values of any kind are returned, and only the requested ones', async () => {
      const odd = ['', ' ', '"', '"quoted"', '\0', 'é', '😀', 'sha256:', 'x'.repeat(9000), '__proto__', "'; --"];
      expect(await user.set(odd.filter((key) => key !== '').map((key) => ({ key, value: key })))).toEqual(done);
      const asked = odd.filter((key) => key !== '' && key.length < 100);
      expect(Object.entries((await user.get(...asked, ...asked)) ?? {})).toEqual(asked.map((key) => [key, key]));
      expect(await user.get('nothing', '')).toEqual({});
      expect(await user.get()).toEqual({});
    });
  });

  describe('mails', () => {
    test('are paged by descending id', async () => {
      const ids: number[] = [];
      for (const index of range(1, 25)) ids.push((await user.mail(`mail ${index}`)).id ?? 0);
      const descending = ids.toReversed();
      const idsOf = async (values = {}) => ((await user.mails(values)).mails ?? []).map(({ id }) => id);
      expect(await idsOf()).toEqual(descending.slice(0, 10));
      expect(await idsOf({ after_mail_id: descending[9] })).toEqual(descending.slice(10, 20));
      expect(await idsOf({ after_mail_id: descending[19] })).toEqual(descending.slice(20));
      expect(await idsOf({ after_mail_id: descending[24] })).toEqual([]);
      expect(await idsOf({ limit: 1 })).toEqual(descending.slice(0, 1));
      expect(await idsOf({ limit: Number.MAX_SAFE_INTEGER })).toEqual(descending);
      for (const limit of [0, -1, 1.5, 'x', '']) expect((await user.mails({ limit })).result_code).toBe(1001);
    });

    test('can be replaced and deleted only by their user', async () => {
      const { id = 0 } = await user.mail('hello \0 "world"');
      const stranger = await plattr.logIn();
      for (const call of [
        stranger.updateMail(id, 'x'),
        stranger.deleteMail(id),
        user.deleteMail(id + 1000),
        user.updateMail(-1, 'x'),
      ]) {
        expect((await call).result_code).toBe(1002);
      }
      expect((await user.mails()).mails).toEqual([{ id, content: 'hello \0 "world"' }]);
      expect(await user.updateMail(id, '')).toEqual(done);
      expect((await user.mails()).mails).toEqual([{ id, content: '' }]);
      expect(await user.deleteMail(id)).toEqual(done);
      expect((await user.deleteMail(id)).result_code).toBe(1002);
    });

    test('are deleted 1,000 per call, the oldest first', async () => {
      const { id: newest = 0 } = await user.mail('first');
      const stranger = await plattr.logIn();
      await stranger.mail('mine');
      await store.db.execute(sql`
        INSERT INTO plattr.mails (user_id, content) SELECT user_id, 'mail ' || n FROM plattr.mails, generate_series(1, 1004) AS n
        WHERE id = ${newest}`);
      const count = async () => ((await user.mails({ limit: 5000 })).mails ?? []).map(({ content }) => content);
      expect(await count()).toHaveLength(1005);
      expect(await user.deleteAllMails()).toEqual(done);
      expect(await count()).toEqual(
        range(1000, 1004)
          .toReversed()
          .map((n) => `mail ${n}`),
      );
      expect(await user.deleteAllMails()).toEqual(done);
      expect(await user.deleteAllMails()).toEqual(done);
      expect(await count()).toEqual([]);
      expect((await stranger.mails()).mails).toHaveLength(1);
    });
  });

  describe('rewards', () => {
    const star = [{ key: 'star', value: '1', command: 'inc' }];

    test('with a mail: both exist, and the mail names its reward', async () => {
      const given = await user.give(star, 'a star');
      expect(given).toEqual({ result_code: 0, id: expect.any(Number), mail_id: expect.any(Number) });
      const { id = 0, mail_id } = given;
      expect((await user.mails()).mails).toEqual([{ id: mail_id, content: 'a star', reward_id: id }]);
      expect(await user.reward(id)).toEqual({ result_code: 0, change: star, valid: true });
      expect(await user.get('star')).toEqual({});
      expect(await user.apply(id)).toEqual(done);
      expect(await user.get('star')).toEqual({ star: '1' });
      expect((await user.apply(id, { delete_mail: true })).result_code).toBe(2001);
      expect(await user.get('star')).toEqual({ star: '1' });
      expect((await user.mails()).mails).toHaveLength(1);
      expect(await user.reward(id)).toEqual({ result_code: 0, change: star, valid: false });
    });

    test.each([
      ['apply', { delete_mail: true }, 0],
      ['apply', { delete_mail: false }, 1],
      ['apply', {}, 1],
      ['invalidate', { delete_mail: true }, 0],
      ['invalidate', undefined, 1],
    ] as const)('%s with %j leaves %i mails', async (operation, body, left) => {
      await user.mail('another');
      const { id = 0 } = await user.give(star, 'a star');
      expect(await user[operation](id, body)).toEqual(done);
      expect((await user.mails()).mails).toHaveLength(1 + left);
      expect((await user.reward(id)).valid).toBe(false);
      expect(await user.get('star')).toEqual(operation === 'apply' ? { star: '1' } : {});
    });

    test('stay invalid once they are invalidated, and are unknown to other users', async () => {
      const { id = 0 } = await user.give(star);
      const stranger = await plattr.logIn();
      for (const call of [stranger.reward(id), stranger.apply(id), stranger.invalidate(id), user.apply(id + 1000)]) {
        expect((await call).result_code).toBe(1002);
      }
      expect(await user.invalidate(id)).toEqual(done);
      expect(await user.invalidate(id)).toEqual(done);
      expect((await user.apply(id)).result_code).toBe(2001);
      expect(await user.get('star')).toEqual({});
    });

    test('that cannot be applied yet can be applied later', async () => {
      const { id = 0 } = await user.give([{ key: 'other', value: 'x' }, ...star], 'a star');
      await user.set([{ key: 'star', value: 'many' }]);
      expect((await user.apply(id, { delete_mail: true })).result_code).toBe(2001);
      expect(await user.reward(id)).toMatchObject({ valid: true });
      expect(await user.get('other', 'star')).toEqual({ star: 'many' });
      expect((await user.mails()).mails).toHaveLength(1);
      await user.set([{ key: 'star', value: '4' }]);
      expect(await user.apply(id)).toEqual(done);
      expect(await user.get('other', 'star')).toEqual({ other: 'x', star: '5' });
    });

    test('with an amount that is not a number return 1001', async () => {
      expect((await user.give([{ key: 'star', value: 'one', command: 'inc' }], 'x')).result_code).toBe(1001);
      expect((await user.mails()).mails).toEqual([]);
    });
  });

  describe('leaderboards', () => {
    const placesOf = ({ scores = [] }: Awaited<ReturnType<User['scores']>>) =>
      scores.map(({ value, rank }) => [value, rank]);

    test('share ranks in competition order, and return at most ten', async () => {
      const board = `ranks ${name}`;
      const values = [100, 90, 90, 80, 80, 80, 70, 60, 50, 40, 30, 20];
      const users = await together(values, 1, async (value, index) => {
        const player = await plattr.logIn();
        await player.set([{ key: 'level', value: String(index) }]);
        await player.submit(board, value);
        return player;
      });
      const ranks = [1, 2, 2, 4, 4, 4, 7, 8, 9, 10, 11, 12];
      const all = values.map((value, index) => [value, ranks[index]]);
      expect(placesOf(await user.scores(board, 1, 100))).toEqual(all.slice(0, 10));
      expect(placesOf(await user.scores(board, 11, 20))).toEqual(all.slice(10));
      expect(placesOf(await user.scores(board, 3, 5))).toEqual(all.slice(2, 5));
      expect(placesOf(await user.scores(board, 13, 20))).toEqual([]);
      expect(placesOf(await user.scores(board, 5, 4))).toEqual([]);
      for (const [index, player] of users.entries()) {
        expect(await player.mine(board)).toEqual({
          result_code: 0,
          scores_count: 12,
          value: values[index],
          rank: ranks[index],
        });
      }
      const { scores = [] } = await user.scores(board, 1, 2, {}, ['level', 'nothing']);
      expect(scores.map((score) => ({ ...score, user_id: 0 }))).toEqual([
        { user_id: 0, value: 100, rank: 1, user_data: { level: '0' } },
        { user_id: 0, value: 90, rank: 2, user_data: { level: '1' } },
      ]);

      // Ranks are counted within the range, which includes both bounds.
      const inner = { range_min: 60, range_max: 90 };
      expect(placesOf(await user.scores(board, 1, 10, inner))).toEqual([
        [90, 1],
        [90, 1],
        [80, 3],
        [80, 3],
        [80, 3],
        [70, 6],
        [60, 7],
      ]);
      expect(await users[3]?.mine(board, inner)).toEqual({ result_code: 0, scores_count: 7, value: 80, rank: 3 });
      expect((await users[0]?.mine(board, inner))?.result_code).toBe(1002);
      expect((await users[8]?.mine(board, { range_min: 50.5 }))?.result_code).toBe(1002);
      expect(placesOf(await user.scores(board, 1, 10, { range_min: 90, range_max: 60 }))).toEqual([]);
      expect((await user.mine(board)).result_code).toBe(1002);
    });

    test('keep the highest score of a user', async () => {
      const board = `best ${name}`;
      for (const [score, best] of [
        [-1.5, -1.5],
        [-2, -1.5],
        [0, 0],
        [10.25, 10.25],
        [10.25, 10.25],
        [3, 10.25],
      ] as const) {
        expect(await user.submit(board, score)).toEqual(done);
        expect(await user.mine(board)).toEqual({ result_code: 0, scores_count: 1, value: best, rank: 1 });
      }
      for (const score of ['x', '1e400', 'NaN', '']) {
        const path = `/leaderboards/${encodeURIComponent(board)}/scores/${score}`;
        if (score !== '') expect((await user.call('submitScore', 'POST', path)).result_code).toBe(1001);
      }
      expect((await user.scores(board, 0, 10)).result_code).toBe(1001);
      expect((await user.scores(`none ${name}`, 1, 10)).scores).toEqual([]);
    });
  });
});
