import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStores } from '../../sandbox/harness/index.ts';
import { dataOf } from './client.ts';
import { type Fixture, openDailyPlay } from './fixture.ts';

const MINUTE = 60_000;
const opened = openTestStores();

afterAll(async () => (await opened).close());

describe.each(['PGlite', 'PostgreSQL'])('sessions on %s', (name) => {
  let fixture: Fixture;
  const start = Date.UTC(2026, 1, 16, 12);

  beforeAll(async () => {
    const { stores } = await opened;
    const found = stores.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    fixture = await openDailyPlay(found.store, start);
  });

  const create = async (body: unknown): Promise<Record<string, unknown>> => {
    const response = await fixture.client.createSession(fixture.apiKey, body);
    expect(response.status).toBe(200);
    return dataOf(response);
  };

  test.each([
    {
      given: { game_id: 42 },
      want: { game_id: 42, stream_id: null, external_ref: null, expires_at: '2026-02-17T12:00:00.000Z' },
    },
    {
      given: { stream_id: 7, game_id: null },
      want: { game_id: null, stream_id: 7, external_ref: null, expires_at: '2026-02-17T12:00:00.000Z' },
    },
    {
      given: { game_id: 42, stream_id: 7, external_ref: 'user-12345', expires_in_minutes: 60 },
      want: { game_id: 42, stream_id: 7, external_ref: 'user-12345', expires_at: '2026-02-16T13:00:00.000Z' },
    },
    {
      // Across a leap day: a year of minutes from February 2028 ends a day earlier in the calendar.
      given: { game_id: 1, expires_in_minutes: 525_600 },
      want: { game_id: 1, stream_id: null, external_ref: null, expires_at: '2027-02-16T12:00:00.000Z' },
    },
  ])('creates $given', async ({ given, want }) => {
    const { token, ...data } = await create(given);
    expect(data).toEqual(want);
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a leap day counts as a day', async () => {
    fixture.setTime(Date.UTC(2028, 1, 28, 23, 30));
    expect((await create({ game_id: 1 })).expires_at).toBe('2028-02-29T23:30:00.000Z');
    fixture.setTime(start);
  });

  test.each([
    {},
    { game_id: null, stream_id: null },
    { game_id: '42' },
    { game_id: 42, expires_in_minutes: 0 },
    { game_id: 42, expires_in_minutes: 525_601 },
    { game_id: 42, metadata: [] },
  ])('rejects %j with 400', async (body) => {
    expect((await fixture.client.createSession(fixture.apiKey, body)).status).toBe(400);
  });

  test.each([['dpk_unknown'], ['nonsense'], [`dpk_${'A'.repeat(43)}`]])('rejects the key %s with 401', async (key) => {
    expect((await fixture.client.createSession(key, { game_id: 42 })).status).toBe(401);
  });

  test('returns metadata exactly as it was sent', async () => {
    const metadata = { z: 1, a: { deep: [null, true, 1.5, '\0 \ud800 é 😀'] }, __proto__x: { 'b"': [] } };
    const { token } = await create({ game_id: 42, metadata, external_ref: 'half \ud800' });
    const state = await dataOf(await fixture.client.validateSession({ token: String(token) }));
    expect(state.metadata).toEqual(metadata);
    expect(Object.keys(state.metadata as object)).toEqual(Object.keys(metadata));
    expect(state.external_ref).toBe('half \ud800');
  });

  test.each([
    { levels: 1000, want: 200 },
    { levels: 1001, want: 400 },
    { levels: 100_000, want: 400 },
  ])('metadata nested $levels levels: $want', async ({ levels, want }) => {
    const metadata = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    const body = `{"game_id":1,"metadata":${metadata}}`;
    expect((await fixture.client.createSession(fixture.apiKey, body)).status).toBe(want);
  });

  test('validateSession does not consume a token, and consumeSession consumes it once', async () => {
    const { client } = fixture;
    const { token } = await create({ game_id: 42, external_ref: 'user-12345', metadata: { campaign: 'summer-promo' } });
    for (let look = 0; look < 3; look += 1) {
      const state = await dataOf(await client.validateSession({ token: String(token) }));
      expect(state).toMatchObject({
        valid: true,
        status: 'active',
        game_id: 42,
        metadata: { campaign: 'summer-promo' },
      });
    }
    const consumed = await client.consumeSession({ token, player_uuid: 'player-uuid-here' });
    expect(consumed.status).toBe(200);
    expect(await dataOf(consumed)).toMatchObject({
      org_id: 5,
      stream_id: null,
      game_id: 42,
      external_ref: 'user-12345',
      metadata: { campaign: 'summer-promo' },
    });
    const again = await client.consumeSession({ token });
    expect(again.status).toBe(410);
    expect(await again.json()).toEqual({
      success: false,
      error: 'Session is invalid, already consumed, or expired',
    });
    const state = await dataOf(await client.validateSession({ token: String(token) }));
    expect(state).toMatchObject({ valid: false, status: 'consumed' });
  });

  test('a token in upper case is the same token', async () => {
    const { token } = await create({ game_id: 42 });
    expect((await fixture.client.consumeSession({ token: String(token).toUpperCase() })).status).toBe(200);
    expect((await fixture.client.consumeSession({ token })).status).toBe(410);
  });

  test.each([
    { after: 60 * MINUTE - 1, valid: true, consume: 200 },
    { after: 60 * MINUTE, valid: false, consume: 410 },
  ])('after $after ms of 60 minutes, valid is $valid', async ({ after, valid, consume }) => {
    const { client } = fixture;
    const { token } = await create({ game_id: 42, expires_in_minutes: 60 });
    fixture.setTime(start + after);
    const state = await dataOf(await client.validateSession({ token: String(token) }));
    expect(state).toMatchObject({ valid, status: valid ? 'active' : 'expired' });
    expect((await client.consumeSession({ token })).status).toBe(consume);
    fixture.setTime(start);
  });

  test('an unknown token: 404 from validateSession, 410 from consumeSession', async () => {
    const token = crypto.randomUUID();
    expect((await fixture.client.validateSession({ token })).status).toBe(404);
    expect((await fixture.client.consumeSession({ token })).status).toBe(410);
  });
});
