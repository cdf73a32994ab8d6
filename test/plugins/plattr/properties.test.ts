import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validators } from '../../../generated/plattr/src/validators.ts';
import { areCalculable, type Change } from '../../../plugins/plattr/rules/changes.ts';
import { draws } from '../../run/deep.ts';
import { awkward, isValid, mutated, openTestStores } from '../../sandbox/harness/index.ts';
import { type Operation, openPlattr, type Request, type User } from './fixture.ts';

const opened = openTestStores();
afterAll(async () => (await opened).close());

const JSON_TYPE = 'application/json';
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('\0', '\ud800', '"', '__proto__', 'x'.repeat(3000)),
);
const key = fc.oneof(
  fc.constantFrom('a', 'b', '__proto__'),
  text.filter((value) => value !== ''),
);
const amount = fc.oneof(fc.integer().map(String), fc.constantFrom('0.5', '-1.25', '1e3', '', 'one'), text);
const change = fc.record(
  { key, value: amount, command: fc.constantFrom('set', 'inc', 'dec') },
  { requiredKeys: ['key', 'value'] },
);
const condition = fc.record({ key, operator: fc.constantFrom('>', '==', '>=', '<', '<=', '!='), value: amount });
const changes = fc.array(change, { maxLength: 5 });
/** Texts for a path or query: without lone surrogates. */
const wire = fc
  .oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    awkward.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  )
  .map((value) => value.toWellFormed());
const segment = wire.filter((value) => !['', '.', '..'].includes(value));

/** How the server parses a text in a path or query that must be a number up to `most`, or one that keeps its digits. */
const toNumber = (value: string, most = Number.MAX_SAFE_INTEGER): unknown => {
  const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
  return Math.abs(number) <= most || String(number) === value ? number : value;
};

describe.each([
  { name: 'PGlite', numRuns: draws(150) },
  { name: 'PostgreSQL', numRuns: draws(75) },
])('any request of Plattr on $name', ({ name, numRuns }) => {
  let user: User;
  beforeAll(async () => {
    const found = (await opened).stores.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    user = await (await openPlattr(found.store)).logIn();
  });
  const codeOf = async (
    operation: Operation,
    method: 'GET' | 'POST',
    path: string,
    request?: Request,
  ): Promise<number> => (await user.call(operation, method, path, request)).result_code;

  const calculable = (list: readonly Change[]): number => (areCalculable(list) ? 0 : 1001);

  test('setData', async () => {
    const body = mutated(
      fc.record({ data: changes, condition: fc.array(condition, { maxLength: 3 }) }, { requiredKeys: ['data'] }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        const valid = await isValid(validators.setData.body[JSON_TYPE], given);
        const code = await codeOf('setData', 'POST', '/data', { body: given });
        const allowed = valid && calculable((given as { data: Change[] }).data) === 0 ? [0, 2001] : [1001];
        expect(allowed).toContain(code);
      }),
      { numRuns },
    );
  });

  test('getData returns what setData stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.tuple(
            wire.filter((value) => value !== ''),
            text,
          ),
          { selector: ([first]) => first, maxLength: 5 },
        ),
        async (pairs) => {
          expect((await user.set(pairs.map(([each, value]) => ({ key: each, value })))).result_code).toBe(0);
          expect(Object.entries((await user.get(...pairs.map(([each]) => each))) ?? {}).toSorted()).toEqual(
            pairs.toSorted(),
          );
        },
      ),
      { numRuns },
    );
  });

  test('createMail, updateMail and listMails', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(fc.record({ content: text })), async (body) => {
        const valid = await isValid(validators.createMail.body[JSON_TYPE], body);
        const { result_code, id = 0 } = await user.call('createMail', 'POST', '/mails', { body });
        expect(result_code).toBe(valid ? 0 : 1001);
        expect(await codeOf('updateMail', 'POST', `/mails/update/${id}`, { body })).toBe(valid ? 0 : 1001);
        if (valid)
          expect((await user.mails({ limit: 1 })).mails).toEqual([
            { id, content: (body as { content: string }).content },
          ]);
      }),
      { numRuns },
    );
  });

  test('createReward, getReward, applyReward and invalidateReward', async () => {
    const given = mutated(fc.record({ change: changes, mail_content: text }, { requiredKeys: ['change'] }));
    const used = mutated(fc.record({ delete_mail: fc.boolean() }, { requiredKeys: [] }));
    await fc.assert(
      fc.asyncProperty(given, used, fc.constantFrom('apply', 'invalidate'), async (body, use, how) => {
        const valid = await isValid(validators.createReward.body[JSON_TYPE], body);
        const { result_code, id = -1 } = await user.call('createReward', 'POST', '/rewards', { body });
        expect(result_code).toBe(valid ? calculable((body as { change: Change[] }).change) : 1001);
        const made = result_code === 0;
        expect((await user.reward(id)).result_code).toBe(made ? 0 : 1002);
        const operation = how === 'apply' ? 'applyReward' : 'invalidateReward';
        const usable = await isValid(validators[operation].body[JSON_TYPE], use);
        const code = await codeOf(operation, 'POST', `/rewards/${how}/${id}`, { body: use });
        const allowed = usable ? (made ? (how === 'apply' ? [0, 2001] : [0]) : [1002]) : [1001];
        expect(allowed).toContain(code);
      }),
      { numRuns },
    );
  });

  test('ids and limits of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(segment, wire, async (id, limit) => {
        const path = encodeURIComponent(id);
        const known = await isValid(validators.getReward.path, { id: toNumber(id) });
        for (const [operation, method, place] of [
          ['deleteMail', 'POST', 'mails/delete'],
          ['getReward', 'GET', 'rewards'],
          ['applyReward', 'POST', 'rewards/apply'],
        ] as const) {
          const code = await codeOf(operation, method, `/${place}/${path}`);
          expect(known ? [0, 1002, 2001] : [1001], `${operation} ${id}`).toContain(code);
        }
        const query = { after_mail_id: toNumber(id), limit: toNumber(limit) };
        const valid = await isValid(validators.listMails.query, query);
        expect((await user.mails({ after_mail_id: id, limit })).result_code).toBe(valid ? 0 : 1001);
      }),
      { numRuns },
    );
  });

  test('leaderboards and scores of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(segment, segment, async (board, score) => {
        const path = `/leaderboards/${encodeURIComponent(board)}/scores/${encodeURIComponent(score)}`;
        const input = { leaderboard_id: board, score: toNumber(score, Number.MAX_VALUE) };
        const valid = await isValid(validators.submitScore.path, input);
        expect(await codeOf('submitScore', 'POST', path), score).toBe(valid ? 0 : 1001);
        if (!valid) return;
        const { value = Number.NaN } = await user.mine(board);
        expect(value).toBeGreaterThanOrEqual(Number(input.score) + 0);
      }),
      { numRuns },
    );
  });

  test('windows and ranges of any kind', async () => {
    await user.submit('one', 5);
    const query = fc.record({ rank_min: wire, rank_max: wire, range_min: wire, range_max: wire }, { requiredKeys: [] });
    const close = fc.record({
      rank_min: fc.nat(20).map(String),
      rank_max: fc.nat(20).map(String),
      range_min: fc.integer({ min: 0, max: 9 }).map(String),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(query, close), async (given) => {
        const typed = Object.fromEntries(
          Object.entries(given).map(([each, value]) => [
            each,
            toNumber(value, each.startsWith('range') ? Number.MAX_VALUE : undefined),
          ]),
        );
        const search = new URLSearchParams(given);
        const listed = await codeOf('listScores', 'GET', `/leaderboards/one/scores?${search}`);
        expect(listed).toBe((await isValid(validators.listScores.query, typed)) ? 0 : 1001);
        const mine = await codeOf('getMyScore', 'GET', `/leaderboards/one/my_score?${search}`);
        const { rank_min: _, rank_max: __, ...range } = typed;
        expect((await isValid(validators.getMyScore.query, range)) ? [0, 1002] : [1001]).toContain(mine);
      }),
      { numRuns },
    );
  });

  test('bodies that are not JSON, and requests without an operation', async () => {
    const code = (raw: string, headers = {}) => codeOf('createMail', 'POST', '/mails', { raw, headers });
    expect(await code('{')).toBe(1001);
    expect(await code('{"content":"a"}', { 'content-type': 'text/plain' })).toBe(1001);
    expect(await code(`{"content":"${'x'.repeat(1_100_000)}"}`)).toBe(1001);
    expect(await code('['.repeat(100_000))).toBe(1001);
    expect(await codeOf('getReward', 'GET', '/nothing/1')).toBe(1002);
  });
});
