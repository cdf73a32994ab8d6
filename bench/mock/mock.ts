/**
 * `npm run bench:mock`: the gateway and the Prism CLI, both as processes, with the same signed request, in interleaved
 * rounds.
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
import { measureAnswers } from './answers.ts';

const PROVIDERS = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'];
const ROUNDS = 5;
/** Seconds of load in a round. */
const SECONDS = 4;
const CONNECTIONS = 10;
/** Megabytes. */
const MEMORY_LIMIT = 250;

const scratch = await mkdtemp(join(tmpdir(), 'countersign-bench-mock-'));
const root = fileURLToPath(new URL('../../', import.meta.url));
const document = join(root, 'generated/dicey-fun/openapi.json');

type Request = { readonly path: string; readonly headers: Record<string, string> };
type Running = { readonly child: ChildProcess; readonly url: string; readonly ms: number };

/** The signed login. Its signature is valid for 300 s and reusable, so that one request serves a round. */
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

/** From the start of the process to its first complete response. */
async function start(args: readonly string[], base: string, port: number): Promise<Running> {
  const request = await signedRequest();
  const begin = performance.now();
  // Both write their output to a file, like a recorded terminal session: the output is part of the cost.
  const printed = openSync(join(scratch, `${port}.log`), 'w');
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', printed, printed] });
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
  return start([join(root, 'scripts/main.ts'), 'mock', ...PROVIDERS, '--port', String(port)], '/dicey-fun', port);
}

/** The same operation with MSW's handlers, which check nothing. */
async function startMsw(): Promise<Running> {
  const port = await freePort();
  return start([join(root, 'bench/mock/msw-server.ts'), String(port)], '', port);
}

/** The same response bytes from a minimal Node server: the maximum possible rate. */
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
    throw new Error(`${url}: ${result.non2xx} rejected, ${result.errors} errors`);
  return result.requests.average;
}

/** Megabytes: the peak memory of the process. */
async function memoryOf({ child }: Running): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1.024e-3;
}

async function stop({ child }: Running): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Milliseconds from its first response until each provider has sent a valid one. */
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
  // The first run of each fills caches on disk and does not count.
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
    // A body that cannot be parsed does not count as zero: the run fails.
    bytes = (await Promise.all(bodies)).reduce((total, body) => total + body.length, 0);
    paints.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
    );
    await page.context().close();
  }
  await browser.close();
  return { paint: median(paints), bytes };
}

const starts = await measureStart();
const ours = await startOurs();
const prism = await startPrism();
const msw = await startMsw();
const bare = await startBare(ours);
const rates = { ours: [] as number[], prism: [] as number[], msw: [] as number[], bare: [] as number[] };
for (let round = 0; round <= ROUNDS; round += 1) {
  const rate = { ours: await load(ours), prism: await load(prism), msw: await load(msw), bare: await load(bare) };
  // The first round warms up the compilers.
  if (round > 0) {
    rates.ours.push(rate.ours);
    rates.prism.push(rate.prism);
    rates.msw.push(rate.msw);
    rates.bare.push(rate.bare);
  }
}
const memory = await memoryOf(ours);
const page = await measureConsole(new URL('/', ours.url).href);
await Promise.all([ours, prism, msw, bare].map(stop));
await rm(scratch, { recursive: true });

const answers = await measureAnswers();

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
console.log(
  `first answer ours ${starts.ours.toFixed(0)} ms of five providers, ${starts.all.toFixed(0)} ms until each has given one   prism CLI ${starts.prism.toFixed(0)} ms, one`,
);
console.log(ratioLine('requests/s, of the Prism CLI', rate.ours / rate.prism, { atLeast: 3 }));
console.log(
  `requests/s are ${(rate.ours / rate.msw).toFixed(2)} of those of MSW's handlers, ${(rate.ours / rate.bare).toFixed(2)} of node:http's`,
);
console.log(ratioLine('start to first answer, of the Prism CLI', starts.ours / starts.prism, { atMost: 0.8 }));
console.log(ratioLine('start to an answer of each of the five', starts.all / starts.prism, { atMost: 1 }));
console.log(ratioLine('memory after the load, MB', memory, { atMost: MEMORY_LIMIT }));
console.log(ratioLine('console: first paint, ms', page.paint, { atMost: 300 }));
console.log(ratioLine('console: page, kB', page.bytes / 1000, { atMost: 150 }));
console.log(`${answers.answers} made-up answers of ${answers.documents} public documents; slowest: ${answers.of}`);
console.log(ratioLine('slowest made-up answer, ms', answers.slowest, { atMost: 50 }));
