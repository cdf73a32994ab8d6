/**
 * setPlayerWallet on PostgreSQL. Measures the cost of a transfer for the server processes with two of them and with
 * one, whether transfers of different players wait for each other, and the rate compared with a hand-written server.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { diceyFunOf } from '../../test/sandbox/dicey-fun-http.ts';
import { openPostgres, type SandboxProcess, startProcess } from '../../test/sandbox/harness/index.ts';
import { median, ratioLine } from '../measure.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { keepCalling } from './keep-calling.ts';
import { percentile } from './percentile.ts';

const ROUNDS = 9;
const TRANSFERS = 10_000;
/** Calls after which the engines have compiled hot code. */
const WARM_UP = 40_000;
/** Callers of one process, with one player each, so that a wait is a wait for another player. */
const CALLERS = 16;
/**
 * Transfers per second to each process. They leave the machine idle time: under full load, the processes would compete
 * for a core.
 */
const RATE = 800;

type Target = { readonly url: string; readonly child: ChildProcess };
type Measured = { readonly perSecond: number; readonly cpu: number; readonly p99: number };
type Headers = Readonly<Record<string, string>>;

const player = (connection: number): string => `bench ${connection}`;

const checkDone = (status: number, text: string): void => {
  if (status !== 200 || !text.includes('"code":200')) throw new Error(`HTTP ${status}: ${text}`);
};

/**
 * Transfers back and forth by this many callers, divided among the targets. `cpu`: milliseconds per transfer, of all
 * targets together.
 */
async function transfer(
  targets: readonly Target[],
  headers: Headers,
  amount: number,
  callers = CALLERS,
  rate?: number,
): Promise<Measured> {
  const pids = targets.map(({ child }) => child.pid);
  const before = await cpuTimeOf(pids);
  const start = performance.now();
  const times = await Promise.all(
    Array.from({ length: callers }, (_, connection) =>
      keepCalling({
        url: `${targets[connection % targets.length]?.url}/api/v1/setPlayerWallet`,
        headers,
        body: (call) => JSON.stringify({ username: player(connection), coin: call % 2 === 0 ? 5 : -5 }),
        amount: amount / callers,
        rate: rate && (rate * targets.length) / callers,
        check: checkDone,
      }),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  const cpu = (await cpuTimeOf(pids)) - before;
  return { perSecond: amount / seconds, cpu: cpu / amount, p99: percentile(times.flat(), 0.99) };
}

/** How often a query waited for another query's row or transaction, and the number of samples. */
async function watchLocks(databaseUrl: string, during: Promise<unknown>): Promise<{ waits: number; looks: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  let running = true;
  const ended = during.finally(() => {
    running = false;
  });
  let [waits, looks] = [0, 0];
  while (running) {
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event IN ('tuple', 'transactionid')",
    );
    waits += rows[0].n;
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await ended;
  await client.end();
  return { waits, looks };
}

const middle = (list: readonly Measured[]): Measured => ({
  perSecond: median(list.map(({ perSecond }) => perSecond)),
  cpu: median(list.map(({ cpu }) => cpu)),
  p99: median(list.map(({ p99 }) => p99)),
});

const shown = (name: string, { perSecond, cpu, p99 }: Measured): string =>
  `${name.padEnd(24)} ${perSecond.toFixed(0)} transfers/s, p99 ${p99.toFixed(1)} ms, ${cpu.toFixed(3)} ms of CPU each`;

async function startHandwritten(databaseUrl: string, headers: Headers): Promise<Target> {
  const file = new URL('./wallet-handwritten.ts', import.meta.url);
  const child = fork(file, [databaseUrl, headers['api-key'] ?? '', headers['auth-token'] ?? '']);
  const [url] = (await once(child, 'message')) as [string];
  return { url, child };
}

/** @returns lines to print, each with its target */
export async function benchWallet(): Promise<readonly string[]> {
  const postgres = await openPostgres();
  const processes: SandboxProcess[] = [];
  let handwritten: Target | undefined;
  try {
    const databaseUrl = await postgres.createDatabase();
    for (let count = 0; count < 3; count += 1) {
      processes.push(await startProcess({ providers: ['dicey-fun'], databaseUrl }));
    }
    const [first] = processes;
    if (first === undefined) throw new Error('Nothing was started');
    const caller = await diceyFunOf(first);
    for (let connection = 0; connection < 2 * CALLERS; connection += 1) {
      await caller.create(player(connection));
      await caller.transfer(player(connection), 1_000_000);
    }
    const { headers } = caller;
    handwritten = await startHandwritten(databaseUrl, headers);
    const [one, ...two] = processes.map(({ url, child }) => ({ url: `${url}/dicey-fun`, child }));
    if (one === undefined) throw new Error('Nothing was started');
    const all = 2 * CALLERS;
    // A second process is for more transfers: each process gets as many as a single one.
    const sides = {
      one: { targets: [one], callers: CALLERS, rate: RATE },
      two: { targets: two, callers: all, rate: RATE },
      fullOne: { targets: [one], callers: CALLERS, rate: undefined },
      fullTwo: { targets: two, callers: all, rate: undefined },
      handwritten: { targets: [handwritten], callers: CALLERS, rate: undefined },
    };
    type Name = keyof typeof sides;
    for (const { targets, callers } of Object.values(sides)) await transfer(targets, headers, WARM_UP, callers);

    const rounds: Record<Name, Measured[]> = { one: [], two: [], fullOne: [], fullTwo: [], handwritten: [] };
    const names = Object.keys(sides) as Name[];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const { targets, callers, rate } = sides[name];
        rounds[name].push(await transfer(targets, headers, TRANSFERS, callers, rate));
      }
    }
    const { waits, looks } = await watchLocks(databaseUrl, transfer(two, headers, TRANSFERS));
    const cost = (two: Name, one: Name): number =>
      median(rounds[two].map(({ cpu }, round) => cpu / (rounds[one][round]?.cpu ?? 0)));
    const rates = median(
      rounds.fullOne.map(({ perSecond }, round) => perSecond / (rounds.handwritten[round]?.perSecond ?? 0)),
    );
    return [
      shown('one process, paced:', middle(rounds.one)),
      shown('two processes, paced:', middle(rounds.two)),
      shown('one process, full:', middle(rounds.fullOne)),
      shown('two processes, full:', middle(rounds.fullTwo)),
      shown('hand-written, full:', middle(rounds.handwritten)),
      ratioLine(`CPU a transfer, ${RATE}/s to each of two processes / to one`, cost('two', 'one'), { atMost: 1.1 }),
      `  with both cores full: ${cost('fullTwo', 'fullOne').toFixed(3)}`,
      ratioLine(`lock waits between different players, in ${looks} looks`, waits, { atMost: 0 }),
      ratioLine('transfers/s, ours / hand-written Hono and pg', rates, { atLeast: 0.7 }),
    ];
  } finally {
    handwritten?.child.kill();
    for (const process of processes) await process.stop();
    await postgres.stop();
  }
}
