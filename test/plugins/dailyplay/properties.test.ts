import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validators } from '../../../generated/dailyplay/src/validators.ts';
import { draws } from '../../run/deep.ts';
import { awkwardText, expectDeclared, isValid, mutated, openTestStores } from '../../sandbox/harness/index.ts';
import { dataOf } from './client.ts';
import { type Fixture, openDailyPlay } from './fixture.ts';

const JSON_TYPE = 'application/json';
const opened = openTestStores();
afterAll(async () => (await opened).close());

/** What the validators remove from open objects, so that no prototype is ever set. */
const withoutPrototype = (value: unknown): unknown =>
  value === null ? null : Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== '__proto__'));

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const text = fc.string({ unit: 'binary', maxLength: 255 }).map((value) => value.replaceAll('\0', ''));
const optional = { requiredKeys: [] as never[] };

const session = fc.oneof(
  fc.record({ game_id: id, stream_id: fc.option(id) }, { requiredKeys: ['game_id'] }),
  fc.record({ stream_id: id, game_id: fc.option(id) }, { requiredKeys: ['stream_id'] }),
);
const options = fc.record(
  {
    external_ref: text,
    metadata: fc.dictionary(fc.string(), fc.jsonValue()),
    expires_in_minutes: fc.integer({ min: 1, max: 525_600 }),
  },
  optional,
);
const sessionBody = mutated(fc.tuple(session, options).map(([target, rest]) => ({ ...target, ...rest })));

const instant = fc
  .date({ min: new Date(-62_135_596_800_000), max: new Date(253_402_300_799_999), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom('Z', '+00:00', '-12:00', '+14:00').map((zone) => date.toISOString().replace('Z', zone)),
  );
const keyBody = mutated(
  fc.record(
    {
      org_id: fc.constantFrom(1, 2, 5),
      name: text.filter((value) => value !== ''),
      description: text,
      allowed_game_ids: fc.uniqueArray(id, { minLength: 1, maxLength: 5 }),
      rate_limit_per_minute: fc.integer({ min: 1, max: 1_000_000 }),
      rate_limit_per_day: fc.integer({ min: 1, max: 1_000_000_000 }),
      expires_at: fc.oneof(instant, fc.constant('2016-12-31T23:59:60Z')),
    },
    { requiredKeys: ['org_id', 'name'] },
  ),
);

describe.each([
  { name: 'PGlite', numRuns: draws(300) },
  { name: 'PostgreSQL', numRuns: draws(150) },
])('any request of DailyPlay on $name', ({ name, numRuns }) => {
  let fixture: Fixture;
  let known: string;

  beforeAll(async () => {
    const found = (await opened).stores.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    fixture = await openDailyPlay(found.store);
    known = String((await dataOf(await fixture.client.createSession(fixture.apiKey, { game_id: 1 }))).token);
  });

  test('createSession', async () => {
    await fc.assert(
      fc.asyncProperty(sessionBody, async (body) => {
        const valid = await isValid(validators.createSession.body[JSON_TYPE], body);
        const response = await fixture.client.createSession(fixture.apiKey, body);
        const answer = await expectDeclared(validators.createSession, response);
        expect(answer.status).toBe(valid ? 200 : 400);
        if (!valid) return;
        // What was accepted is stored unchanged.
        const { token } = (answer.body as { readonly data: { readonly token: string } }).data;
        const state = await expectDeclared(validators.validateSession, await fixture.client.validateSession({ token }));
        const {
          metadata = null,
          external_ref = null,
          game_id = null,
          stream_id = null,
        } = body as Record<string, unknown>;
        expect(state.body).toMatchObject({ data: { valid: true, external_ref, game_id, stream_id } });
        expect((state.body as { data: { metadata: unknown } }).data.metadata).toEqual(withoutPrototype(metadata));
      }),
      { numRuns },
    );
  });

  test('validateSession', async () => {
    const token = fc.oneof(fc.uuid(), fc.constant(known), fc.string(), awkwardText);
    await fc.assert(
      fc.asyncProperty(token, async (value) => {
        // A query cannot carry a lone surrogate.
        const query = { token: value.toWellFormed() };
        const valid = await isValid(validators.validateSession.query, { action: 'validate-session', ...query });
        const { status } = await expectDeclared(
          validators.validateSession,
          await fixture.client.validateSession(query),
        );
        expect(status).toBe(valid ? (query.token.toLowerCase() === known ? 200 : 404) : 400);
      }),
      { numRuns },
    );
  });

  test('consumeSession', async () => {
    const good = fc.record({ token: fc.uuid(), player_uuid: text }, { requiredKeys: ['token'] });
    await fc.assert(
      fc.asyncProperty(mutated(good), fc.boolean(), async (body, real) => {
        const valid = await isValid(validators.consumeSession.body[JSON_TYPE], body);
        const created = real && valid;
        const sent = created
          ? {
              ...(body as object),
              token: (await dataOf(await fixture.client.createSession(fixture.apiKey, { game_id: 1 }))).token,
            }
          : body;
        const { status } = await expectDeclared(validators.consumeSession, await fixture.client.consumeSession(sent));
        expect(status).toBe(created ? 200 : valid ? 410 : 400);
      }),
      { numRuns },
    );
  });

  test('listApiKeys', async () => {
    const token = await fixture.token();
    await fc.assert(
      fc.asyncProperty(fc.oneof(id.map(String), fc.constantFrom('1', '5'), awkwardText), async (value) => {
        const org = value.toWellFormed();
        const { status } = await expectDeclared(validators.listApiKeys, await fixture.client.listApiKeys(token, org));
        const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(org) ? Number(org) : org;
        const valid = await isValid(validators.listApiKeys.query, { org_id: number });
        expect(status).toBe(valid ? (number === 1 || number === 5 ? 200 : 403) : 400);
      }),
      { numRuns },
    );
  });

  test('createApiKey', async () => {
    const token = await fixture.token();
    await fc.assert(
      fc.asyncProperty(keyBody, async (body) => {
        const valid = await isValid(validators.createApiKey.body[JSON_TYPE], body);
        const response = await fixture.client.createApiKey(token, body);
        const { status } = await expectDeclared(validators.createApiKey, response);
        const member = valid && [1, 5].includes((body as { readonly org_id: number }).org_id);
        expect(status).toBe(valid ? (member ? 200 : 403) : 400);
      }),
      { numRuns },
    );
    await expectDeclared(validators.listApiKeys, await fixture.client.listApiKeys(token, '1'));
  });

  test('bodies that are not JSON, and requests without an operation', async () => {
    const { send } = fixture.client;
    const query = { action: 'consume-session' };
    const token = crypto.randomUUID();
    for (const [call, want] of [
      [{ query, body: '{' }, 400],
      [{ query, body: '' }, 400],
      [{ query, body: `{"token":"${token}"}`, headers: { 'content-type': 'text/plain' } }, 400],
      [{ query, body: `{"token":"${token}","player_uuid":"${'x'.repeat(1_100_000)}"}` }, 400],
      [{ query: { action: 'nonsense' }, body: '{}' }, 404],
    ] as const) {
      const response = await send('POST', call);
      expect(response.status).toBe(want);
      expect(await response.json()).toMatchObject({ success: false, error: expect.any(String) });
    }
  });
});
