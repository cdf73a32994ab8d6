/**
 * A generated server with validation and signature check beside itself with a recipe instead of its signer, and beside three
 * servers with hand-written code for the same: on Hono with zod, on Fastify with compiled schemas, on `node:http` alone. Requests a second on loopback, each side in its own process, in turns. Prints
 * the ratios; fails below a goal. Beside them the time of the slowest requests, and the processor time that a request costs,
 * which another load on the machine changes less.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { median, ratioLine } from '../measure.ts';
import { load } from './server-load.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const REQUESTS = 10_000;
/** By then the engine has compiled what is hot. */
const WARM_UP = 60_000;
/** Requests a second of one side in those of another, at least. */
const GOALS = [
  ['generated', 'handwritten', 0.9],
  ['generated', 'fastify', 1],
  ['generated', 'bare', 0.7],
  ['recipe', 'generated', 0.9],
  ['recipe', 'handwritten', 0.9],
  ['recipe', 'fastify', 1],
  ['recipe', 'bare', 0.7],
] as const;

type Side = {
  readonly name: string;
  readonly child: ChildProcess;
  readonly url: string;
  /** By round. */
  readonly rounds: Round[];
};

type Round = {
  /** Requests a second. */
  readonly rate: number;
  /** Microseconds of processor time a request. */
  readonly cost: number;
  /** 99 of 100 requests took less, in milliseconds. */
  readonly p99: number;
};

async function start(name: string): Promise<Side> {
  const child = fork(new URL('server-target.ts', import.meta.url), [name]);
  const [url] = await once(child, 'message');
  return { name, child, url: String(url), rounds: [] };
}

/** Microseconds of processor time that a side has used so far. */
async function usedBy({ child }: Side): Promise<number> {
  child.send('used');
  const [used] = await once(child, 'message');
  return Number(used);
}

async function measure(side: Side, requests: number): Promise<Round> {
  const before = await usedBy(side);
  const { seconds, times } = await load(side.url, requests);
  const cost = ((await usedBy(side)) - before) / requests;
  const sorted = [...times].sort((one, other) => one - other);
  return { rate: requests / seconds, cost, p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN };
}

const sides = await Promise.all(['generated', 'recipe', 'handwritten', 'fastify', 'bare'].map(start));
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
      `${name.padEnd(12)} ${of('rate', 0)} requests/s, p99 ${of('p99', 2)} ms, ${of('cost', 1)} µs of processor`,
    );
  }
  const roundsOf = (name: string): readonly Round[] => sides.find((side) => side.name === name)?.rounds ?? [];
  for (const [ours, theirs, goal] of GOALS) {
    const others = roundsOf(theirs);
    // Of each round by itself, since the machine may be busier in one round than in another.
    const ratioOf = (part: keyof Round): number =>
      median(roundsOf(ours).map((round, at) => round[part] / (others[at]?.[part] ?? 0)));
    console.log(ratioLine(`requests/s, ${ours} / ${theirs}`, ratioOf('rate'), { atLeast: goal }));
    console.log(`  processor time a request: ${ratioOf('cost').toFixed(3)}, p99: ${ratioOf('p99').toFixed(3)}`);
    if (ratioOf('rate') < goal) process.exitCode = 1;
  }
} finally {
  for (const { child } of sides) child.kill();
}
