import { randomBytes } from 'node:crypto';
import { createSweeper, createTokenStore, openStore, type Store } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from '../oauth/client-of.ts';
import { openPostgres, type TestPostgres } from '../sandbox/harness/index.ts';

const encryptionKey = randomBytes(32).toString('base64');
let postgres: TestPostgres;
/** By name, two handles of one database, like two processes. */
let handles: Readonly<Record<string, readonly [Store, Store]>>;

beforeAll(async () => {
  postgres = await openPostgres();
  const url = await postgres.createDatabase();
  const embedded = await openStore();
  handles = {
    PGlite: [embedded, embedded],
    PostgreSQL: [await openStore({ url }), await openStore({ url })],
  };
});
afterAll(async () => {
  for (const store of Object.values(handles).flat()) await store.close();
  await postgres.stop();
});

describe.each(['PGlite', 'PostgreSQL'])('tokens on %s', (name) => {
  let one: Store;
  let two: Store;
  beforeEach(async () => {
    const pair = handles[name];
    if (pair === undefined) throw new Error(`no ${name}`);
    [one, two] = pair;
    await one.db.execute(sql`DELETE FROM countersign.tokens`);
  });
  const rows = async () =>
    (await one.db.execute<{ key: string; token: string }>(sql`SELECT key, token FROM countersign.tokens`)).rows;

  test('processes share a token, and an older one does not replace it', async () => {
    const [first, second] = [createTokenStore(one.db), createTokenStore(two.db)];
    const token = { value: 'a', at: 2_000, expiresAt: 9_000, refreshToken: 'r', type: 'Bearer', scope: 'read' };
    await first.set('k', token);
    expect(await second.get('k')).toEqual(token);
    await second.set('k', { value: 'old', at: 1_000 });
    expect(await first.get('k')).toEqual(token);
    await second.set('k', { value: 'new', at: 3_000 });
    expect(await first.get('k')).toEqual({ value: 'new', at: 3_000 });
    expect(await first.get('other')).toBeUndefined();
  });

  test('tokens are encrypted, and bound to their key and their row', async () => {
    const store = createTokenStore(one.db, { encryptionKey });
    await store.set('k', { value: 'a-secret-token', at: 1 });
    expect(JSON.stringify(await rows())).not.toContain('a-secret-token');
    expect(await createTokenStore(two.db, { encryptionKey }).get('k')).toEqual({ value: 'a-secret-token', at: 1 });
    const other = createTokenStore(one.db, { encryptionKey: randomBytes(32).toString('base64') });
    expect(await other.get('k')).toBeUndefined();
    await one.db.execute(sql`UPDATE countersign.tokens SET key = 'moved'`);
    expect(await store.get('moved')).toBeUndefined();
  });

  test('the sweeper removes expired tokens without a refresh token', async () => {
    const store = createTokenStore(one.db);
    await store.set('over', { value: 'a', at: 1, expiresAt: 2 });
    await store.set('refreshed', { value: 'a', at: 1, expiresAt: 2, refreshToken: 'r' });
    await store.set('valid', { value: 'a', at: 1, expiresAt: Date.now() + 60_000 });
    const sweeper = createSweeper(two.db);
    await sweeper.sweep();
    await sweeper.stop();
    expect((await rows()).map(({ key }) => key).sort()).toEqual(['refreshed', 'valid']);
  });

  test('two clients make one token request', async () => {
    let requests = 0;
    const fetch = async (input: Request | string | URL): Promise<Response> => {
      const url = input instanceof Request ? input.url : String(input);
      if (!url.endsWith('/token')) return Response.json({ ok: true });
      requests += 1;
      return Response.json({ access_token: 'a-token', token_type: 'Bearer', expires_in: 600 });
    };
    const flows = { clientCredentials: { tokenUrl: 'https://auth.example/token', scopes: { read: 'Read' } } };
    const oauth = { clientId: 'shop', clientSecret: 'the-secret' };
    const make = ({ db }: Store) =>
      clientOf({ type: 'oauth2', flows }, oauth, {
        fetch: fetch as never,
        tokenStore: createTokenStore(db, { encryptionKey }),
      });
    expect((await make(one).read()).data).toEqual({ ok: true });
    expect((await make(two).read()).data).toEqual({ ok: true });
    expect(requests).toBe(1);
    expect(JSON.stringify(await rows())).not.toMatch(/a-token|the-secret/);
  });
});

test('an encryption key of another length is rejected', async () => {
  const store = handles.PGlite?.[0];
  if (!store) throw new Error('no PGlite');
  expect(() => createTokenStore(store.db, { encryptionKey: 'c2hvcnQ=' })).toThrow(
    'encryptionKey must be 32 bytes as base64, received 5 bytes',
  );
});
