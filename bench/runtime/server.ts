/**
 * A generated server with validation and signature check, over a hand-written Hono handler that does the same with zod and
 * node:crypto: requests a second on loopback, each in its own process, in turns. Prints the ratio; fails below 0.9. Beside it
 * the processor time that a request costs each, which another load on the machine changes less.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import autocannon, { type Request } from 'autocannon';
import { median, ratioLine } from '../measure.ts';
import { credentials, users } from './server-data.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const CONNECTIONS = 16;
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

function sign(request: Request): Request {
  const user = String(Math.floor(Math.random() * users.size));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const message = `${JSON.stringify({ user_id: user })}${timestamp}${nonce}`;
  return {
    ...request,
    path: `/check?user_id=${user}`,
    headers: {
      'x-api-key': credentials.apiKey,
      'x-api-timestamp': timestamp,
      'x-api-nonce': nonce,
      'x-api-signature': createHmac('sha256', credentials.secret).update(message).digest('hex'),
    },
  };
}

async function load(side: Side): Promise<void> {
  const before = await usedBy(side);
  const result = await autocannon({
    url: side.url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ setupRequest: sign }],
  });
  const { requests, duration, non2xx, errors } = result;
  if (non2xx > 0 || errors > 0) throw new Error(`${side.name}: ${non2xx} refused, ${errors} failed`);
  side.rates.push(requests.total / duration);
  side.costs.push(((await usedBy(side)) - before) / requests.total);
}

const [generated, handwritten] = await Promise.all([start('generated'), start('handwritten')]);
try {
  for (let round = 0; round <= ROUNDS; round += 1) {
    // The order changes from round to round, so that neither side always runs on the warmer machine.
    for (const side of round % 2 === 0 ? [generated, handwritten] : [handwritten, generated]) await load(side);
  }
  for (const { name, rates, costs } of [generated, handwritten]) {
    // The first round warms up.
    rates.shift();
    costs.shift();
    console.log(
      `${name.padEnd(12)} ${median(rates).toFixed(0)} requests/s, ${median(costs).toFixed(1)} µs of processor`,
    );
  }
  const ratio = median(generated.rates) / median(handwritten.rates);
  console.log(ratioLine('requests/s, generated / hand-written server', ratio, { atLeast: GOAL }));
  console.log(
    `processor time a request, hand-written / generated: ${(median(handwritten.costs) / median(generated.costs)).toFixed(3)}`,
  );
  if (ratio < GOAL) process.exitCode = 1;
} finally {
  for (const { child } of [generated, handwritten]) child.kill();
}
