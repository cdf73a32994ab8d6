import { Worker } from 'node:worker_threads';
import createFetchClient from 'openapi-fetch';
import { createDiceyFunClient } from '../../generated/dicey-fun/src/client.ts';

/** Signed client calls against unsigned openapi-fetch, both to one server on loopback, in turn in one process. */

const LIMIT = 1.15;
const WARM_UP = 2_000;
const ROUNDS = 40;
const CALLS = 250;

// The server runs in a thread of its own, so that its work is not counted as the client's.
const serverSource = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const login = JSON.stringify({ code: 200, message: 'success', data: { authtoken: 'a.b.c' } });
const list = JSON.stringify({ code: 200, message: 'success', data: { game_list: [] } });
const server = createServer((request, answer) => {
  request.resume().on('end', () => {
    const body = request.url.startsWith('/api/v1/authToken') ? login : list;
    answer.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
}).listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const worker = new Worker(serverSource, { eval: true });
const port = await new Promise<number>((resolve) => worker.once('message', resolve));
const baseUrl = `http://127.0.0.1:${port}`;

type Paths = {
  '/api/v1/authToken': {
    get: { responses: { 200: { content: { 'application/json': { code: number; data: object } } } } };
  };
  '/api/v1/getGameList': {
    post: {
      requestBody: { content: { 'application/json': { lang?: string } } };
      responses: { 200: { content: { 'application/json': { code: number; data: object } } } };
    };
  };
};

const plain = createFetchClient<Paths>({ baseUrl });
const client = createDiceyFunClient({
  baseUrl,
  credentials: {
    apiKey: 'key',
    agentId: '9f86d081884c7d659a2feaa0c55ad015',
    secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO',
  },
});

type Contender = { readonly name: string; readonly call: () => Promise<unknown> };
type Pair = { readonly title: string; readonly ours: Contender; readonly theirs: Contender };

const pairs: readonly Pair[] = [
  {
    title: 'authToken: GET, MD5 signature in the query, against openapi-fetch unsigned',
    ours: { name: 'signed client', call: () => client.authToken() },
    theirs: { name: 'openapi-fetch', call: () => plain.GET('/api/v1/authToken') },
  },
  {
    title: 'getGameList: POST, api-key and session token, against openapi-fetch unsigned',
    ours: { name: 'signed client', call: () => client.getGameList({ body: { lang: 'en' } }) },
    theirs: { name: 'openapi-fetch', call: () => plain.POST('/api/v1/getGameList', { body: { lang: 'en' } }) },
  },
];

async function meanOf({ call }: Contender, count: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) await call();
  return ((performance.now() - start) / count) * 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Rounds in turn, and the order swapped each round: what slows the machine down slows both. */
async function compare({ title, ours, theirs }: Pair): Promise<number> {
  await meanOf(ours, WARM_UP);
  await meanOf(theirs, WARM_UP);
  const times: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % 2 ? await meanOf(ours, CALLS) : undefined;
    const their = await meanOf(theirs, CALLS);
    times.push({ ours: first ?? (await meanOf(ours, CALLS)), theirs: their });
  }
  const ratio = median(times.map((t) => t.ours / t.theirs));
  console.log(title);
  console.log(`  ${ours.name}  ${median(times.map((t) => t.ours)).toFixed(1)} µs`);
  console.log(`  ${theirs.name}  ${median(times.map((t) => t.theirs)).toFixed(1)} µs`);
  console.log(`  ratio ${ratio.toFixed(3)} (limit ${LIMIT})\n`);
  return ratio;
}

const ratios: number[] = [];
for (const pair of pairs) ratios.push(await compare(pair));
await worker.terminate();
if (ratios.some((ratio) => ratio > LIMIT)) {
  console.error('Slower than the limit.');
  process.exitCode = 1;
}
