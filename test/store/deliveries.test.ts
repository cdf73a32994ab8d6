import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDeliveryStore, createSweeper, openStore, type Store } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres, type TestPostgres } from '../sandbox/harness/index.ts';

let postgres: TestPostgres;
let url: string;
let handles: Readonly<Record<string, readonly [Store, Store]>>;

beforeAll(async () => {
  postgres = await openPostgres();
  url = await postgres.createDatabase();
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

const response = { status: 200, contentType: 'application/json', body: '{"coin":5}' };

describe.each(['PGlite', 'PostgreSQL'])('messages on %s', (name) => {
  let one: Store;
  let two: Store;
  beforeEach(async () => {
    [one, two] = handles[name] as readonly [Store, Store];
    await one.db.execute(sql`DELETE FROM countersign.deliveries`);
  });
  const stores = () => [createDeliveryStore(one.db), createDeliveryStore(two.db)] as const;

  test('one of many claims a message, and the others get its response', async () => {
    const both = stores();
    const claims = await Promise.all(Array.from({ length: 60 }, (_, at) => both[at % 2]?.claim('m')));
    const mine = claims.filter((claim) => claim?.state === 'mine');
    expect([mine.length, claims.filter((claim) => claim?.state === 'running').length]).toEqual([1, 59]);
    if (mine[0]?.state === 'mine') await mine[0].finish(response, 60);
    for (const store of both) expect(await store.claim('m')).toEqual({ state: 'done', response });
    expect((await both[0].claim('another')).state).toBe('mine');
  });

  test('a released message is free, and a finished one is free after its lifetime', async () => {
    const [first, second] = stores();
    const claim = await first.claim('m');
    if (claim.state === 'mine') await claim.release();
    const again = await second.claim('m');
    expect(again.state).toBe('mine');
    if (again.state === 'mine') await again.finish({ status: 204, contentType: undefined, body: 'a\0b' }, 60);
    expect(await first.claim('m')).toEqual({
      state: 'done',
      response: { status: 204, contentType: undefined, body: null },
    });
    await one.db.execute(sql`UPDATE countersign.deliveries SET expires_at = now() - interval '1 second'`);
    expect((await first.claim('m')).state).toBe('mine');
    expect((await second.claim('m')).state).toBe('running');
  });

  test('the owner of a lost claim cannot change the next one', async () => {
    const [first, second] = stores();
    const lost = await first.claim('m');
    await one.db.execute(sql`UPDATE countersign.deliveries SET expires_at = now() - interval '1 second'`);
    const next = await second.claim('m');
    expect(next.state).toBe('mine');
    if (lost.state === 'mine') {
      await lost.release();
      await lost.finish(response, 60);
    }
    expect((await first.claim('m')).state).toBe('running');
    if (next.state === 'mine') await next.release();
  });

  test('a claim is renewed as long as its process lives', async () => {
    const expiry = async (): Promise<number> => {
      const { rows } = await two.db.execute<{ at: string }>(
        sql`SELECT extract(epoch FROM expires_at)::text AS at FROM countersign.deliveries WHERE key = 'm'`,
      );
      return Number(rows[0]?.at);
    };
    const store = createDeliveryStore(one.db, { lease: 3 });
    const claim = await store.claim('m');
    const first = await expiry();
    await expect.poll(expiry, { timeout: 30_000 }).toBeGreaterThan(first);
    if (claim.state === 'mine') await claim.finish(response, 60);
    expect((await store.claim('m')).state).toBe('done');
  });

  test('expired messages are deleted, and no others', async () => {
    const [store] = stores();
    for (const key of ['old', 'new']) {
      const claim = await store.claim(key);
      if (claim.state === 'mine') await claim.finish(response, 60);
    }
    await one.db.execute(
      sql`UPDATE countersign.deliveries SET expires_at = now() - interval '1 second' WHERE key = 'old'`,
    );
    const sweeper = createSweeper(two.db);
    await sweeper.sweep();
    await sweeper.stop();
    const { rows } = await one.db.execute<{ key: string }>(sql`SELECT key FROM countersign.deliveries`);
    expect(rows).toEqual([{ key: 'new' }]);
  });
});

describe('processes of one database', () => {
  const started: ChildProcess[] = [];
  afterAll(async () => {
    for (const child of started) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill();
        await once(child, 'exit');
      }
    }
  });

  async function start(mode = '') {
    const script = fileURLToPath(new URL('deliver-process.ts', import.meta.url));
    const child = spawn(process.execPath, [script, url, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout });
    const [base] = (await once(reader, 'line')) as [string];
    reader.on('line', (line) => lines.push(line));
    return { base, lines };
  }
  const deliver = async (base: string, id: string): Promise<readonly [number, string] | 'no response'> => {
    const init = { method: 'POST', headers: { 'x-delivery': id } };
    const response = await fetch(`${base}/event`, init).catch(() => undefined);
    return response ? [response.status, await response.text()] : 'no response';
  };

  test('handle a message once together, and take over a message from a process that died', async () => {
    const [a, b, dying] = await Promise.all([start(), start(), start('dies')]);
    const answers = await Promise.all([a, b, a, b].map(({ base }) => deliver(base, 'msg_1')));
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(200);
    expect(await deliver(b.base, 'msg_1')).toEqual(answers[0]);
    expect([...a.lines, ...b.lines]).toEqual(['run']);

    expect(await deliver(dying.base, 'msg_2')).toBe('no response');
    // The claim ends with its lease: until then a second delivery waits for it.
    expect((await deliver(a.base, 'msg_2'))[0]).toBe(200);
    expect([...a.lines, ...b.lines]).toEqual(['run', 'run']);
  });
});
