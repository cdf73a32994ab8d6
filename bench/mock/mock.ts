/**
 * `npm run bench:mock`: the gateway beside the Prism CLI, both as processes, the same signed request, in interleaved
 * rounds. It takes about two minutes, and each part prints when it begins. `npm run bench:mock -- start` measures only
 * the start, and `-- responses` only the generated responses.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { md5Hex } from '../../runtime/signing/index.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { openBrowser } from '../../test/browser/open.ts';
import { median, ratioLine } from '../measure.ts';
import { measureResponses } from './responses.ts';

const PROVIDERS = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'];
const ROUNDS = 3;
/** Seconds of load in a round. */
const SECONDS = 3;
/** Timeout of the whole benchmark in milliseconds. */
const LIMIT = 8 * 60_000;
const CONNECTIONS = 10;
/** Megabytes. */
const MEMORY_LIMIT = 250;

const scratch = await mkdtemp(join(tmpdir(), 'countersign-bench-mock-'));
const root = fileURLToPath(new URL('../../', import.meta.url));
const document = join(root, 'generated/dicey-fun/openapi.json');

type Request = { readonly path: string; readonly headers: Record<string, string> };
/** All processes that are running: the end of the benchmark ends them. */
const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

type Running = { readonly child: ChildProcess; readonly url: string; readonly ms: number };

/** The signed login: its signature is good for 300 s and not bound to one use, so one request serves a round. */
async function signedRequest(): Promise<Request> {
  const { credentials } = await loadMockProvider(openWorkspace(root), 'dicey-fun');
  const { apiKey = '', agentId = '', secret = '' } = credentials;
  const time = String(Math.floor(Date.now() / 1000));
  const query = new URLSearchParams({ agent_id: agentId, secret, time, signature: md5Hex(agentId + secret + time) });
  return { path: `/api/v1/authToken?${query}`, headers: { 'api-key': apiKey } };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      server.close(() => resolve(port));
    });
  });
}

/** From the start of the process to its first whole response. */
async function start(args: readonly string[], base: string, port: number): Promise<Running> {
  const request = await signedRequest();
  const begin = performance.now();
  // Both write their output to a file, because printing is part of a server's cost.
  const printed = openSync(join(scratch, `${port}.log`), 'w');
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', printed, printed] });
  started.add(child);
  const url = `http://127.0.0.1:${port}${base}`;
  for (;;) {
    const response = await fetch(url + request.path, { headers: request.headers }).catch(() => undefined);
    const body = (await response?.json()) as { readonly code?: number } | undefined;
    if (body?.code === 200) return { child, url, ms: performance.now() - begin };
    if (response) throw new Error(`${args.join(' ')} answered ${response.status} ${JSON.stringify(body)}`);
    if (performance.now() - begin > 30_000) throw new Error(`${args.join(' ')} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function startPrism(): Promise<Running> {
  const port = await freePort();
  const cli = join(root, 'node_modules/@stoplight/prism-cli/dist/index.js');
  return start([cli, 'mock', document, '--port', String(port), '--host', '127.0.0.1'], '', port);
}

async function startOurs(): Promise<Running> {
  const port = await freePort();
  // As `npm run mock` does.
  return start([join(root, 'scripts/start.js'), 'mock', ...PROVIDERS, '--port', String(port)], '/dicey-fun', port);
}

/** The same operation with MSW's handlers, which validate nothing. */
async function startMsw(): Promise<Running> {
  const port = await freePort();
  return start([join(root, 'bench/mock/msw-server.ts'), String(port)], '', port);
}

/** The response of another server, sent by Node alone. This is the maximum rate. */
async function startBare({ url }: Running): Promise<Running> {
  const { path, headers } = await signedRequest();
  const file = join(scratch, 'answer.json');
  await writeFile(file, Buffer.from(await (await fetch(url + path, { headers })).arrayBuffer()));
  const port = await freePort();
  return start([join(root, 'bench/mock/bare-server.ts'), String(port), file], '', port);
}

async function load({ url }: Running): Promise<number> {
  const { path, headers } = await signedRequest();
  const result = await autocannon({ url: url + path, headers, connections: CONNECTIONS, duration: SECONDS });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`);
  return result.requests.average;
}

/** Peak memory of the process in megabytes. */
async function memoryOf({ child }: Running): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1.024e-3;
}

/** The same signal as Ctrl+C. Node writes its compile cache when a process exits, not when SIGKILL ends it. */
async function stop({ child }: Running): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await ended;
  started.delete(child);
}

/** Milliseconds from the first response until each provider has sent one, which is read and checked. */
async function askAll({ url }: Running): Promise<number> {
  const begin = performance.now();
  for (const name of PROVIDERS) {
    const response = await fetch(new URL(`/${name}/`, url));
    if (response.status >= 500) throw new Error(`${name} answered ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  }
  return performance.now() - begin;
}

async function measureStart(): Promise<{ readonly ours: number; readonly all: number; readonly prism: number }> {
  const ours: number[] = [];
  const all: number[] = [];
  const prism: number[] = [];
  // The first of each fills caches on disk and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [begin, into] of [
      [startOurs, ours],
      [startPrism, prism],
    ] as const) {
      const running = await begin();
      const rest = into === ours ? await askAll(running) : 0;
      await stop(running);
      if (round === 0) continue;
      into.push(running.ms);
      if (into === ours) all.push(running.ms + rest);
    }
  }
  return { ours: median(ours), all: median(all), prism: median(prism) };
}

async function measureConsole(url: string): Promise<{ readonly paint: number; readonly bytes: number }> {
  const browser = await openBrowser();
  const paints: number[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await (await browser.newContext()).newPage();
    const bodies: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (!response.url().includes('/api/')) bodies.push(response.body());
    });
    await page.goto(url);
    await page.getByRole('navigation').waitFor();
    // A body that cannot be read fails the benchmark. It does not count as empty.
    bytes = (await Promise.all(bodies)).reduce((total, body) => total + body.length, 0);
    paints.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
    );
    await page.context().close();
  }
  await browser.close();
  return { paint: median(paints), bytes };
}

const began = performance.now();
const say = (part: string): void =>
  console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${part}`);
setTimeout(() => {
  console.error(`bench:mock did not end within ${LIMIT / 60_000} minutes.`);
  process.exit(1);
}, LIMIT).unref();

/** If a target is missed, the benchmark exits with 1. */
function report(...line: Parameters<typeof ratioLine>): void {
  const text = ratioLine(...line);
  if (text.endsWith('NOT REACHED')) process.exitCode = 1;
  console.log(text);
}

async function reportResponses(): Promise<void> {
  say('responses of public documents');
  const responses = await measureResponses();
  console.log(
    `${responses.responses} generated responses of ${responses.documents} public documents; ${(responses.over * 100).toFixed(1)} % took more than 50 ms the first time, with checks compiled; slowest: ${responses.first.of}, ${responses.first.ms.toFixed(0)} ms; ${(responses.heldOver * 100).toFixed(1)} % held other requests up for more than 50 ms, at most ${responses.held.ms.toFixed(0)} ms (${responses.held.of})`,
  );
  report(`slowest generated response after that, ms (${responses.again.of})`, responses.again.ms, { atMost: 50 });
}

if (process.argv[2] === 'responses') {
  await reportResponses();
  await rm(scratch, { recursive: true });
  process.exit();
}
say('start to first response');
const starts = await measureStart();
console.log(
  `first response ours ${starts.ours.toFixed(0)} ms of five providers, ${starts.all.toFixed(0)} ms until each has responded   prism CLI ${starts.prism.toFixed(0)} ms, one`,
);
report('start to first response, of the Prism CLI', starts.ours / starts.prism, { atMost: 0.8 });
report('start to a response of each of the five', starts.all / starts.prism, { atMost: 1 });
if (process.argv[2] === 'start') {
  await rm(scratch, { recursive: true });
  process.exit();
}
const rates = { ours: [] as number[], prism: [] as number[], msw: [] as number[], bare: [] as number[] };
const ours = await startOurs();
const prism = await startPrism();
const msw = await startMsw();
const bare = await startBare(ours);
for (let round = 0; round <= ROUNDS; round += 1) {
  say(`requests, round ${round} of ${ROUNDS}`);
  const rate = { ours: await load(ours), prism: await load(prism), msw: await load(msw), bare: await load(bare) };
  // The first round warms the compilers.
  if (round > 0) {
    rates.ours.push(rate.ours);
    rates.prism.push(rate.prism);
    rates.msw.push(rate.msw);
    rates.bare.push(rate.bare);
  }
}
const memory = await memoryOf(ours);
say('console in a browser');
const page = await measureConsole(new URL('/', ours.url).href);
await Promise.all([ours, prism, msw, bare].map(stop));
await rm(scratch, { recursive: true });

const rate = {
  ours: median(rates.ours),
  prism: median(rates.prism),
  msw: median(rates.msw),
  bare: median(rates.bare),
};
console.log(`Node ${process.version}; ${ROUNDS} rounds of ${SECONDS} s, ${CONNECTIONS} connections; medians.`);
console.log(
  `requests/s   ours ${rate.ours.toFixed(0)}, with signature checked   prism CLI ${rate.prism.toFixed(0)}   MSW's handlers behind node:http ${rate.msw.toFixed(0)}, nothing checked   node:http with the same bytes ${rate.bare.toFixed(0)}`,
);
report('requests/s, of the Prism CLI', rate.ours / rate.prism, { atLeast: 3 });
console.log(
  `requests/s are ${(rate.ours / rate.msw).toFixed(2)} of those of MSW's handlers, ${(rate.ours / rate.bare).toFixed(2)} of node:http's`,
);
report('memory after the load, MB', memory, { atMost: MEMORY_LIMIT });
report('console: first paint, ms', page.paint, { atMost: 300 });
report('console: page, kB', page.bytes / 1000, { atMost: 200 });
await reportResponses();
