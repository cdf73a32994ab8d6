/** getMyScore over HTTP on PostgreSQL, with 10,000, 100,000 and 1,000,000 scores in the leaderboard. */
import { openStore, transact } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { rebuildBuckets } from '../../plugins/plattr/store/split-buckets.ts';
import { openPostgres, startProcess, together } from '../../test/sandbox/harness/index.ts';
import { ratioLine } from '../measure.ts';
import { percentile } from './percentile.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const CALLERS = 100;
const CALLS = 2000;
const WIDTH = 2;
/** Limit for p95 in milliseconds, with the largest number of scores. */
const LIMIT = 20;

type Caller = { readonly headers: Record<string, string> };

/** Inserts other players with whole scores below 10⁹, as fast as the database accepts them. */
async function load(databaseUrl: string): Promise<void> {
  const store = await openStore({ url: databaseUrl });
  const most = Math.max(...SIZES);
  await store.db.execute(sql`
    INSERT INTO plattr.users (app_id, kind, subject, created_at)
    SELECT 1, 'device', 'rival ' || n, 0 FROM generate_series(1, ${sql.raw(String(most))}) AS n`);
  for (const size of SIZES) {
    const { rows } = await store.db.execute<{ id: number }>(sql`
      INSERT INTO plattr.leaderboards (app_id, key) VALUES (1, ${`size ${size}`}) RETURNING id::int AS id`);
    const board = rows[0]?.id ?? 0;
    await store.db.execute(sql`
      INSERT INTO plattr.scores (leaderboard_id, user_id, value, sort_key)
      SELECT ${board}::bigint, id, score, ('x' || encode(float8send(score), 'hex'))::bit(64)::bigint
      FROM (SELECT id, floor(random() * 1e9)::float8 AS score FROM plattr.users WHERE subject LIKE 'rival %'
        ORDER BY id LIMIT ${sql.raw(String(size))}) AS rival`);
    await transact(store.db, (tx) => rebuildBuckets(tx, board));
  }
  await store.db.execute(sql`VACUUM ANALYZE`);
  await store.close();
}

async function logIn(baseUrl: string, appKey: string): Promise<Caller> {
  const headers = { 'x-app-key': appKey, 'x-auth-uuid': crypto.randomUUID() };
  const response = await fetch(`${baseUrl}/v1/auth/anonymous`, { headers });
  const { access_token } = (await response.json()) as { access_token: string };
  return { headers: { ...headers, 'x-auth-token': access_token } };
}

async function call(url: string, { headers }: Caller, method = 'GET'): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, { method, headers });
  const { result_code } = (await response.json()) as { result_code: number };
  if (result_code !== 0) throw new Error(`${method} ${url} answered ${result_code}`);
  return performance.now() - began;
}

/** @returns lines to print, each with its target */
export async function benchMyScore(): Promise<readonly string[]> {
  const postgres = await openPostgres();
  const databaseUrl = await postgres.createDatabase();
  const server = await startProcess({ providers: ['plattr'], databaseUrl });
  try {
    const [plattr] = server.providers;
    const appKey = plattr?.credentials.find(({ name }) => name === 'X-APP-KEY')?.value;
    if (plattr === undefined || appKey === undefined) throw new Error('Plattr is not served');
    await load(databaseUrl);
    const callers = await together(Array.from({ length: CALLERS }), WIDTH, () => logIn(plattr.baseUrl, appKey));
    const lines: string[] = [];
    const p95s: number[] = [];
    for (const size of SIZES) {
      const board = `${plattr.baseUrl}/v1/leaderboards/${encodeURIComponent(`size ${size}`)}`;
      await together(callers, WIDTH, (caller) =>
        call(`${board}/scores/${Math.floor(Math.random() * 1e9)}`, caller, 'POST'),
      );
      const pick = (index: number): Caller => callers[index % CALLERS] as Caller;
      const ask = (count: number) =>
        together(Array.from({ length: count }), WIDTH, (_, index) => call(`${board}/my_score`, pick(index)));
      await ask(200);
      const times = await ask(CALLS);
      const p95 = percentile(times, 0.95);
      p95s.push(p95);
      lines.push(
        `my_score, ${size.toLocaleString('en')} scores: p50 ${percentile(times, 0.5).toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`,
      );
    }
    const [small = 0, , large = 0] = p95s;
    return [
      ...lines,
      ratioLine('my_score, 1,000,000 scores: p95 in ms', large, { atMost: LIMIT }),
      ratioLine('my_score, p95 of 10⁶ to p95 of 10⁴ scores (log n: 1.5)', large / small, { atMost: 1.5 }),
    ];
  } finally {
    await server.stop();
    await postgres.stop();
  }
}
