/**
 * `npm run bench:scale`: the cost of one transfer in CPU, storage and write-ahead log, and the connections and memory
 * of one process. Figures of one run, for docs/scale.md.
 */
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { diceyFunOf } from '../../test/sandbox/dicey-fun-http.ts';
import { openPostgres, startProcess } from '../../test/sandbox/harness/index.ts';
import { cpuTimeOf } from '../sandbox/cpu-time.ts';
import { keepCalling } from '../sandbox/keep-calling.ts';

const PLAYERS = 16;
/** Calls after which the engines have compiled hot code. */
const WARM_UP = 4_000;
const TRANSFERS = 16_000;

const line = (what: string, value: number, unit: string): void =>
  console.log(`${what.padEnd(44)} ${value.toFixed(value < 10 ? 3 : 0).padStart(10)} ${unit}`);

const postgres = await openPostgres();
const databaseUrl = await postgres.createDatabase();
const server = await startProcess({ providers: ['dicey-fun'], databaseUrl });
const database = new pg.Client({ connectionString: databaseUrl });
// PostgreSQL ends before this process does.
database.on('error', () => {});
await database.connect();
const number = async (query: string): Promise<number> => Number((await database.query(query)).rows[0]?.n);
const backends = async (): Promise<number[]> =>
  (
    await database.query(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
  ).rows.map(({ pid }) => pid);

try {
  const dicey = await diceyFunOf(server);
  for (let i = 0; i < PLAYERS; i += 1) await dicey.create(`scale ${i}`);
  const [provider] = server.providers;
  const transfer = (amount: number) =>
    Promise.all(
      Array.from({ length: PLAYERS }, (_, i) =>
        keepCalling({
          url: `${provider?.baseUrl}/api/v1/setPlayerWallet`,
          headers: dicey.headers,
          body: (call) => JSON.stringify({ username: `scale ${i}`, coin: call % 2 === 0 ? 5 : -5 }),
          amount: amount / PLAYERS,
          check(status, text) {
            if (status !== 200 || !text.includes('"code":200')) throw new Error(`HTTP ${status}: ${text}`);
          },
        }),
      ),
    );
  await transfer(WARM_UP);

  const SIZE = "SELECT pg_total_relation_size('dicey_fun.dice_player_wallet_record') AS n";
  const LOG = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS n";
  const [size, log] = [await number(SIZE), await number(LOG)];
  const pids = await backends();
  const [ours, theirs] = [await cpuTimeOf([server.child.pid]), await cpuTimeOf(pids)];
  const began = performance.now();
  await transfer(TRANSFERS);
  const seconds = (performance.now() - began) / 1_000;
  const [cpu, dbCpu] = [(await cpuTimeOf([server.child.pid])) - ours, (await cpuTimeOf(pids)) - theirs];
  const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');

  line('CPU of our process, a transfer', cpu / TRANSFERS, 'ms');
  line('CPU of PostgreSQL, a transfer', dbCpu / TRANSFERS, 'ms');
  line('CPU of ours / CPU of PostgreSQL', cpu / dbCpu, '');
  line('transfers a second for one core of ours', (TRANSFERS / cpu) * 1_000, '/s');
  line('transfers a second for one core of PostgreSQL', (TRANSFERS / dbCpu) * 1_000, '/s');
  line('transfers a second in this run', TRANSFERS / seconds, '/s');
  line('table and indexes, a transfer', ((await number(SIZE)) - size) / TRANSFERS, 'bytes');
  line('write-ahead log, a transfer', ((await number(LOG)) - log) / TRANSFERS, 'bytes');
  line('connections of one process', (await backends()).length, '');
  line('memory of our process', Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024, 'MiB');
} finally {
  await database.end();
  await server.stop();
  await postgres.stop();
}
