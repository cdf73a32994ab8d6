import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validators } from '../../../generated/hive/src/validators.ts';
import { isLocalDate } from '../../../plugins/hive/local-date.ts';
import { draws } from '../../run/deep.ts';
import { expectDeclared, isValid, mutated, openTestStores } from '../../sandbox/harness/index.ts';
import { type Fixture, openHive } from './fixture.ts';

const opened = openTestStores();
afterAll(async () => (await opened).close());

const two = (most: number) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, '0'));
/** Includes invalid days and hours. */
const date = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), two(13), two(32), two(24), two(60), two(60))
  .map(([year, month, day, hour, minute, second]) => {
    return `${String(year).padStart(4, '0')}-${month}-${day} ${hour}:${minute}:${second}`;
  });
const sureDate = fc
  .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 19).replace('T', ' '));
const row = (dates: fc.Arbitrary<string>) =>
  fc.record({
    player_id: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    status: fc.constantFrom('P', 'B'),
    start_date: dates,
    end_date: dates,
  });
const batch = (rows: fc.Arbitrary<unknown>) =>
  fc.record({
    game_index: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    server_url: fc.string({ unit: 'binary' }),
    data: fc.array(rows, { minLength: 1, maxLength: 20 }),
  });
const body = fc.oneof(mutated(batch(row(sureDate))), batch(fc.oneof(row(sureDate), row(date), mutated(row(sureDate)))));

/** The contract's format also requires a day that exists in the calendar, which its pattern does not express. */
function datesOf(value: unknown): readonly string[] {
  const { data } = value as { readonly data: readonly { readonly start_date: string; readonly end_date: string }[] };
  return data.flatMap(({ start_date, end_date }) => [start_date, end_date]);
}

describe.each([
  { name: 'PGlite', numRuns: draws(400) },
  { name: 'PostgreSQL', numRuns: draws(200) },
])('any batch on $name', ({ name, numRuns }) => {
  let hive: Fixture;

  beforeAll(async () => {
    const found = (await opened).stores.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    hive = await openHive(found.store);
  });

  test('is stored if the contract accepts it, and otherwise rejected with code 1', async () => {
    const validator = validators.pushSuspensions.body['application/json'];
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const valid = (await isValid(validator, value)) && datesOf(value).every(isLocalDate);
        const request = new Request('http://sandbox/suspensions', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${hive.key}` },
          body: JSON.stringify(value),
        });
        const answer = await expectDeclared(validators.pushSuspensions, await hive.server.fetch(request));
        expect(answer.status).toBe(200);
        expect(answer.body).toMatchObject({ result_code: valid ? 0 : 1 });
      }),
      { numRuns },
    );
  });
});
