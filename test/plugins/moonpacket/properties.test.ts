import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validators } from '../../../generated/moonpacket/src/validators.ts';
import { createClaims } from '../../../plugins/moonpacket/store/claims.ts';
import { draws } from '../../run/deep.ts';
import { awkwardText, expectDeclared, isValid, openTestStores, type TestStore } from '../../sandbox/harness/index.ts';
import { type Fixture, openMoonpacket } from './fixture.ts';

const opened = openTestStores();
afterAll(async () => (await opened).close());

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const value = fc.oneof(fc.string({ unit: 'binary' }), number, fc.boolean());
const attribute = fc.string().filter((name) => !name.includes('\0'));
const rules = fc.dictionary(
  attribute,
  fc
    .record({ eq: value, gt: number, gte: number, lt: number, lte: number }, { requiredKeys: [] })
    .filter((rule) => Object.keys(rule).length > 0),
);
const attributes = fc.dictionary(fc.string(), value);

describe.each([
  { name: 'PGlite', numRuns: draws(200) },
  { name: 'PostgreSQL', numRuns: draws(100) },
])('any request of moonpacket on $name', ({ name, numRuns }) => {
  let moonpacket: Fixture;
  let store: TestStore['store'];

  beforeAll(async () => {
    const found = (await opened).stores.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    store = found.store;
    moonpacket = await openMoonpacket(store);
  });

  test('mode B, for any user id', async () => {
    const id = fc.oneof(fc.constantFrom('666666666', '1001'), fc.string({ unit: 'binary' }), awkwardText);
    await fc.assert(
      fc.asyncProperty(id, async (text) => {
        const user_id = text.toWellFormed();
        const valid = await isValid(validators.getUserAttributes.query, { user_id });
        const response = await moonpacket.ask({ query: `${new URLSearchParams({ user_id })}` });
        const { status } = await expectDeclared(validators.getUserAttributes, response);
        expect(status).toBe(valid ? (['666666666', '1001'].includes(user_id) ? 200 : 404) : 400);
      }),
      { numRuns },
    );
  });

  test('both modes, for any rules and attributes of a game', async () => {
    const claims = createClaims(store.db);
    await fc.assert(
      fc.asyncProperty(rules, attributes, async (nextRules, nextAttributes) => {
        await claims.setRules(nextRules);
        await claims.setUser('any', nextAttributes);
        const modeA = await expectDeclared(validators.getRules, await moonpacket.ask());
        const modeB = await expectDeclared(
          validators.getUserAttributes,
          await moonpacket.ask({ query: 'user_id=any' }),
        );
        expect(modeA).toMatchObject({ status: 200, body: { data: nextRules } });
        expect((modeB.body as { readonly data: unknown }).data).toEqual(nextAttributes);
      }),
      { numRuns: numRuns / 2 },
    );
  });
});
