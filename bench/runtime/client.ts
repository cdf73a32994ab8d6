import { Worker } from 'node:worker_threads';
import createFetchClient from 'openapi-fetch';
import { createDiceyFunClient } from '../../generated/dicey-fun/src/client.ts';
import { reportBundles } from './bundle.ts';
import { createHmacClient } from './client-hmac.ts';

/**
 * Sizes of clients, then signed calls compared with unsigned openapi-fetch, to one server on loopback, alternating in
 * one process.
 */

const LIMIT = 1.08;
const GET_LIMIT = 1.15;
const WARM_UP = 10_000;
const CALLS = 8_000;
/** Consecutive calls of one kind. */
const RUN = 20;

// The server runs in its own thread, so that its work does not count for the client.
const SERVER = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const envelope = (data) => JSON.stringify({ code: 200, message: 'success', data });
const [login, list] = [envelope({ authtoken: 'a.b.c' }), envelope({ game_list: [] })];
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const body = request.url.startsWith('/api/v1/authToken') ? login : list;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
}).listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

type Answer = { responses: { 200: { content: { 'application/json': { code: number; data: object } } } } };
type Paths = {
  '/api/v1/authToken': { get: Answer };
  '/api/v1/getGameList': { post: Answer & { requestBody: { content: { 'application/json': { lang: string } } } } };
};

type Pair = {
  readonly title: string;
  readonly ours: () => Promise<unknown>;
  readonly theirs: () => Promise<unknown>;
  readonly limit: number;
};

const worker = new Worker(SERVER, { eval: true });
const port = await new Promise<number>((resolve) => worker.once('message', resolve));
const baseUrl = `http://127.0.0.1:${port}`;
const plain = createFetchClient<Paths>({ baseUrl });
const credentials = { apiKey: 'key', agentId: '9f86d081884c7d659a2feaa0c55ad015', secret: 'mysecretkey' };
const dice = createDiceyFunClient({ baseUrl, credentials });
const hmac = createHmacClient({ baseUrl, credentials });
const recipe = createHmacClient({ baseUrl, credentials }, 'recipe');
const body = { lang: 'en' } as const;

const pairs: readonly Pair[] = [
  {
    title: 'POST with JSON, HMAC-SHA256 over body, timestamp and nonce',
    ours: () => hmac.getGameList({ body }),
    theirs: () => plain.POST('/api/v1/getGameList', { body }),
    limit: LIMIT,
  },
  {
    title: 'POST with JSON, the same signature by a recipe',
    ours: () => recipe.getGameList({ body }),
    theirs: () => plain.POST('/api/v1/getGameList', { body }),
    limit: LIMIT,
  },
  {
    title: 'POST with JSON, api-key and session token, input and response validated (Dicey Fun getGameList)',
    ours: () => dice.getGameList({ body }),
    theirs: () => plain.POST('/api/v1/getGameList', { body }),
    limit: LIMIT,
  },
  {
    title:
      'GET without a body, MD5, response validated (Dicey Fun authToken): the least that fetch does, once per session',
    ours: () => dice.authToken(),
    theirs: () => plain.GET('/api/v1/authToken'),
    limit: GET_LIMIT,
  },
];

async function timeOf(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await call();
  return (performance.now() - start) * 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * Both alternate in short runs: a slowdown of the machine affects both, and deferred work of a call affects the next
 * call of the same kind. If single calls alternated, each kind would pay for the other.
 */
async function compare({ title, ours, theirs, limit }: Pair): Promise<boolean> {
  const times: { readonly ours: number[]; readonly theirs: number[] } = { ours: [], theirs: [] };
  for (let i = 0; i < WARM_UP + CALLS; i += RUN) {
    for (const [kept, call] of [[times.ours, ours] as const, [times.theirs, theirs] as const]) {
      for (let k = 0; k < RUN; k++) {
        const time = await timeOf(call);
        if (i >= WARM_UP) kept.push(time);
      }
    }
  }
  const [our, their] = [median(times.ours), median(times.theirs)];
  const ratio = our / their;
  console.log(`${title}\n  signed client ${our.toFixed(1)} µs, openapi-fetch unsigned ${their.toFixed(1)} µs`);
  console.log(`  ratio ${ratio.toFixed(3)} (limit ${limit})\n`);
  return ratio <= limit;
}

let fine = await reportBundles();
for (const pair of pairs) fine = (await compare(pair)) && fine;
await worker.terminate();
if (!fine) {
  console.error('A client is over a limit.');
  process.exitCode = 1;
}
