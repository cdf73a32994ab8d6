/**
 * A generated server with validation and signature check, over a hand-written Hono handler that does the same with zod and
 * node:crypto: requests a second on loopback, each in its own process, in turns. Prints the ratio; fails below 0.9.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { credentials, users } from './server-data.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
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
  const child = spawn(process.execPath, [new URL('server-target.ts', import.meta.url).pathname, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { name, child, url: String(line).trim(), rates: [] };
}

function signedRequest(request: autocannon.Request): autocannon.Request {
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

async function load(side: Side, seconds: number): Promise<number> {
  const result = await autocannon({
    url: side.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ setupRequest: signedRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${side.name}: ${result.non2xx} refused, ${result.errors} failed`);
  return result.requests.total / result.duration;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const sides = await Promise.all(['generated', 'handwritten'].map(start));
try {
  for (const side of sides) await load(side, SECONDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    // The order changes from round to round, so that neither side always runs on the warmer machine.
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) side.rates.push(await load(side, SECONDS));
  }
  const [generated, handwritten] = sides.map(({ rates }) => median(rates));
  const ratio = (generated ?? 0) / (handwritten ?? 1);
  for (const { name, rates } of sides) console.log(`${name.padEnd(12)} ${median(rates).toFixed(0)} requests/s`);
  console.log(`server: generated / hand-written = ${ratio.toFixed(3)} (goal: at least ${GOAL})`);
  if (ratio < GOAL) process.exitCode = 1;
} finally {
  for (const { child } of sides) child.kill();
}
