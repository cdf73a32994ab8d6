/**
 * Compares a generated server, which validates and checks signatures, with the same server with a recipe instead of its
 * signer, and with three hand-written servers: on Hono with zod, on Fastify with compiled schemas, and on `node:http`
 * alone. The sides with `POST` receive a small JSON body, whose text is signed. Each side runs in its own process on
 * loopback, in turn. Prints the ratios of requests per second, and fails if one is below its target. Also prints the
 * time of the slowest requests, and the processor time per request, which depends less on other load of the machine.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { median, ratioLine } from '../measure.ts';
import { load } from './server-load.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const REQUESTS = 10_000;
/** Requests after which the engine has compiled hot code. */
const WARM_UP = 60_000;
/** Minimum ratio of requests per second between two sides. */
const GOALS = [
  ['generated', 'handwritten', 0.9],
  ['generated', 'fastify', 1],
  ['generated', 'bare', 0.7],
  ['recipe', 'generated', 0.9],
  ['recipe', 'handwritten', 0.9],
  ['recipe', 'fastify', 1],
  ['recipe', 'bare', 0.7],
  ['POST generated', 'POST fastify', 1],
  ['POST generated', 'POST bare', 0.7],
  ['POST recipe', 'POST fastify', 1],
  ['POST recipe', 'POST bare', 0.7],
] as const;

type Side = {
  readonly name: string;
  readonly child: ChildProcess;
  readonly url: string;
  /** By round. */
  readonly rounds: Round[];
};

type Round = {
  /** Requests per second. */
  readonly rate: number;
  /** Processor time per request in microseconds. */
  readonly cost: number;
  /** 99th percentile of request times in milliseconds. */
  readonly p99: number;
};

async function start(name: string): Promise<Side> {
  const child = fork(new URL('server-target.ts', import.meta.url), [name]);
  const [url] = await once(child, 'message');
  return { name, child, url: String(url), rounds: [] };
}

/** Processor time in microseconds that a side has used so far. */
async function usedBy({ child }: Side): Promise<number> {
  child.send('used');
  const [used] = await once(child, 'message');
  return Number(used);
}

async function measure(side: Side, requests: number): Promise<Round> {
  const before = await usedBy(side);
  const { seconds, times } = await load(side.url, requests, side.name.startsWith('POST') ? 'POST' : 'GET');
  const cost = ((await usedBy(side)) - before) / requests;
  const sorted = [...times].sort((one, other) => one - other);
  return { rate: requests / seconds, cost, p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN };
}

const names = [...new Set(GOALS.flatMap(([ours, theirs]) => [theirs, ours]))];
const sides = await Promise.all(names.map(start));
try {
  for (const side of sides) await measure(side, WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    // The order changes from round to round, so that no side always runs on the warmer machine.
    for (const side of round % 2 === 0 ? sides : [...sides].reverse()) side.rounds.push(await measure(side, REQUESTS));
  }
  for (const { name, rounds } of sides) {
    const of = (part: keyof Round, digits: number): string =>
      median(rounds.map((round) => round[part])).toFixed(digits);
    console.log(
      `${name.padEnd(15)} ${of('rate', 0)} requests/s, p99 ${of('p99', 2)} ms, ${of('cost', 1)} µs of processor`,
    );
  }
  const roundsOf = (name: string): readonly Round[] => sides.find((side) => side.name === name)?.rounds ?? [];
  for (const [ours, theirs, goal] of GOALS) {
    const others = roundsOf(theirs);
    // Ratios are computed for each round, because the machine may be busier in one round than in another.
    const ratioOf = (part: keyof Round): number =>
      median(roundsOf(ours).map((round, at) => round[part] / (others[at]?.[part] ?? 0)));
    console.log(ratioLine(`requests/s, ${ours} / ${theirs}`, ratioOf('rate'), { atLeast: goal }));
    console.log(`  processor time a request: ${ratioOf('cost').toFixed(3)}, p99: ${ratioOf('p99').toFixed(3)}`);
    if (ratioOf('rate') < goal) process.exitCode = 1;
  }
} finally {
  for (const { child } of sides) child.kill();
}
