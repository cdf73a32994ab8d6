import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKeys } from '../../../plugins/dailyplay/store/api-keys.ts';
import { openTestStores, type TestStore } from '../../sandbox/harness/index.ts';
import { dataOf } from './client.ts';
import { type Fixture, openDailyPlay } from './fixture.ts';

const opened = openTestStores();
const start = Date.UTC(2026, 1, 16, 12);

afterAll(async () => (await opened).close());

describe.each(['PGlite', 'PostgreSQL'])('API keys on %s', (name) => {
  let fixture: Fixture;
  let found: TestStore;

  beforeAll(async () => {
    const { stores } = await opened;
    const store = stores.find((candidate) => candidate.name === name);
    if (store === undefined) throw new Error(`no ${name}`);
    found = store;
    fixture = await openDailyPlay(found.store, start);
  });

  const createKey = async (body: object): Promise<{ readonly key: string; readonly id: number }> => {
    const response = await fixture.client.createApiKey(await fixture.token(), { org_id: 1, name: 'Test', ...body });
    expect(response.status).toBe(200);
    return dataOf(response);
  };

  test('a key is shown once, and stored only as a hash', async () => {
    const { key, ...created } = (await createKey({
      name: 'Production CRM',
      description: 'CRM',
      allowed_game_ids: [42, 43],
      rate_limit_per_minute: 60,
      rate_limit_per_day: 10_000,
      expires_at: '2027-01-01T07:00:00+07:00',
    })) as { readonly key: string } & Record<string, unknown>;
    expect(key).toMatch(/^dpk_[A-Za-z0-9_-]{43}$/);
    expect(created).toEqual({
      id: expect.any(Number),
      org_id: 1,
      name: 'Production CRM',
      description: 'CRM',
      key_prefix: key.slice(0, 12),
      allowed_game_ids: [42, 43],
      rate_limit_per_minute: 60,
      rate_limit_per_day: 10_000,
      expires_at: '2027-01-01T00:00:00.000Z',
      created_at: '2026-02-16T12:00:00.000Z',
      revoked_at: null,
    });
    const list = await fixture.client.listApiKeys(await fixture.token(), '1');
    const text = await list.text();
    expect(text).not.toContain(key);
    expect((JSON.parse(text) as { data: unknown[] }).data).toContainEqual(created);
    const { rows } = await found.store.db.execute<Record<string, unknown>>('SELECT * FROM dailyplay.api_keys');
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  test.each([
    ['0031-12-31T23:59:59.999Z', '0031-12-31T23:59:59.999Z'],
    ['9999-12-31T23:59:59.999-01:00', '9999-12-31T23:59:59.999Z'],
  ])('an expires_at of %s is returned as %s', async (given, want) => {
    expect(await createKey({ expires_at: given })).toHaveProperty('expires_at', want);
  });

  test.each([
    { body: { game_id: 42 }, want: 200 },
    { body: { game_id: 43, stream_id: 7 }, want: 200 },
    { body: { game_id: 44 }, want: 403 },
    { body: { stream_id: 7 }, want: 403 },
  ])('a key for games 42 and 43: $body is $want', async ({ body, want }) => {
    const { key } = await createKey({ allowed_game_ids: [42, 43] });
    expect((await fixture.client.createSession(key, body)).status).toBe(want);
  });

  test.each([
    { after: -1, want: 200 },
    { after: 0, want: 401 },
  ])('a key $after ms from its expires_at: $want', async ({ after, want }) => {
    const { key } = await createKey({ expires_at: '2026-02-16T13:00:00Z' });
    fixture.setTime(Date.UTC(2026, 1, 16, 13) + after);
    expect((await fixture.client.createSession(key, { game_id: 42 })).status).toBe(want);
    fixture.setTime(start);
  });

  test('a revoked key is rejected, and cannot be revoked twice', async () => {
    const { key, id } = await createKey({});
    const keys = createApiKeys(found.store.db);
    expect(await keys.revoke(5, id, new Date(start))).toBe(false);
    expect(await keys.revoke(1, id, new Date(start))).toBe(true);
    expect(await keys.revoke(1, id, new Date(start))).toBe(false);
    expect((await fixture.client.createSession(key, { game_id: 42 })).status).toBe(401);
  });

  test.each([
    { limits: { rate_limit_per_minute: 3, rate_limit_per_day: 100 }, allowed: 3, atMost: 60 },
    { limits: { rate_limit_per_minute: 100, rate_limit_per_day: 2 }, allowed: 2, atMost: 86_400 },
  ])('limits $limits allow $allowed calls, and then return 429', async ({ limits, allowed, atMost }) => {
    const { key } = await createKey(limits);
    const answers = await Promise.all(
      Array.from({ length: allowed + 5 }, () => fixture.client.createSession(key, { game_id: 42 })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(allowed).fill(200), ...Array(5).fill(429)]);
    for (const { status, headers } of answers) {
      if (status !== 429) continue;
      const wait = headers.get('retry-after') ?? '';
      expect(wait).toMatch(/^[1-9]\d*$/);
      expect(Number(wait)).toBeLessThanOrEqual(atMost);
      expect(Number(wait)).toBeGreaterThan(atMost - 30);
    }
  });

  test('a user of another organization is rejected', async () => {
    const token = await fixture.token();
    expect((await fixture.client.listApiKeys(token, '2')).status).toBe(403);
    expect((await fixture.client.createApiKey(token, { org_id: 2, name: 'x' })).status).toBe(403);
    const stranger = await fixture.issuer.issue('user_stranger', start);
    expect((await fixture.client.listApiKeys(stranger, '1')).status).toBe(403);
  });

  test('tokens of another issuer are rejected with 401', async () => {
    const good = await fixture.token();
    const [header = '', payload = '', signature = ''] = good.split('.');
    const { privateKey } = await generateKeyPair('RS256');
    const claims = { sub: 'user_demo', iss: 'urn:countersign:sandbox:clerk', exp: start / 1000 + 60 };
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'sandbox' }).sign(privateKey);
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'sandbox' })
      .sign(new TextEncoder().encode(JSON.stringify(fixture.issuer.jwks.keys[0])));
    const none = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${payload}.`;
    const late = await fixture.issuer.issue('user_demo', start, -10);
    const early = `${header}.${payload}.${signature.slice(0, -4)}AAAA`;
    for (const token of ['', 'x', 'a.b.c', forged, symmetric, none, late, early]) {
      expect((await fixture.client.listApiKeys(token, '1')).status, token).toBe(401);
    }
    expect((await fixture.client.listApiKeys(good, '1')).status).toBe(200);
  });
});
