/**
 * A generated server with validation and signature check, over a hand-written Hono handler that does the same with zod and
 * node:crypto: requests a second on loopback, each in its own process, in turns. Prints the ratio; fails below 0.9. Beside it
 * the processor time that a request costs each, which another load on the machine changes less.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { median, ratioLine } from '../measure.ts';
import { load } from './server-load.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 21);
const REQUESTS = 10_000;
/** By then the engine has compiled what is hot. */
const WARM_UP = 80_000;
const GOAL = 0.9;

type Side = {
  readonly name: string;
  readonly child: ChildProcess;
  readonly url: string;
  /** Requests a second, by round. */
  readonly rates: number[];
  /** Microseconds of processor time a request, by round. */
  readonly costs: number[];
};

async function start(name: string): Promise<Side> {
  const child = fork(new URL('server-target.ts', import.meta.url), [name]);
  const [url] = await once(child, 'message');
  return { name, child, url: String(url), rates: [], costs: [] };
}

/** Microseconds of processor time that a side has used so far. */
async function usedBy({ child }: Side): Promise<number> {
  child.send('used');
  const [used] = await once(child, 'message');
  return Number(used);
}

async function measure(side: Side, requests: number): Promise<void> {
  const before = await usedBy(side);
  side.rates.push(requests / (await load(side.url, requests)));
  side.costs.push(((await usedBy(side)) - before) / requests);
}

const [generated, handwritten] = await Promise.all([start('generated'), start('handwritten')]);
try {
  for (const side of [generated, handwritten]) await measure(side, WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    // The order changes from round to round, so that neither side always runs on the warmer machine.
    for (const side of round % 2 === 0 ? [generated, handwritten] : [handwritten, generated])
      await measure(side, REQUESTS);
  }
  for (const side of [generated, handwritten]) {
    // The first is the warming up.
    side.rates.shift();
    side.costs.shift();
    const [rate, cost] = [median(side.rates).toFixed(0), median(side.costs).toFixed(1)];
    console.log(`${side.name.padEnd(12)} ${rate} requests/s, ${cost} µs of processor a request`);
  }
  // Of each round by itself, since the machine may be busier in one round than in another.
  const ratio = median(generated.rates.map((rate, i) => rate / (handwritten.rates[i] ?? 0)));
  const costs = median(handwritten.costs.map((cost, i) => cost / (generated.costs[i] ?? 0)));
  console.log(ratioLine('requests/s, generated / hand-written server', ratio, { atLeast: GOAL }));
  console.log(`processor time a request, hand-written / generated: ${costs.toFixed(3)}`);
  if (ratio < GOAL) process.exitCode = 1;
} finally {
  for (const { child } of [generated, handwritten]) child.kill();
}
