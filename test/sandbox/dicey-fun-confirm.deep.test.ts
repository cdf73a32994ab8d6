/** The generated client of Dicey Fun confirms before it retries, through a proxy that loses requests and responses. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiceyFunClient } from '../../generated/dicey-fun/src/index.ts';
import { diceyFunOf } from './dicey-fun-http.ts';
import { type SandboxProcess, startProcess, together } from './harness/index.ts';

const PLAYERS = Array.from({ length: 20 }, (_, index) => `confirmed player ${index}`);
const START = 100_000;
const FATES = [
  'fine',
  'lost',
  'fine',
  'response lost',
  'late',
  'fine',
  'lost silently',
  'response lost silently',
] as const;
/** The maximum number of losses for one transfer, so that the test ends within two minutes. */
const MOST = 2;

/** A proxy in front of one process. The number of a transfer determines its fate, so that each run is the same. */
async function losingProxy(target: number) {
  const counts: Record<string, number> = {};
  const astray = new Map<string, number>();
  let turn = 0;
  const forward = (incoming: IncomingMessage, body: Buffer, answer: (response: IncomingMessage) => void): void => {
    const { method, url: path, headers } = incoming;
    request({ host: '127.0.0.1', port: target, method, path, headers }, answer).end(body);
  };
  const server = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const pass = (): void =>
      forward(incoming, body, (response) => {
        outgoing.writeHead(response.statusCode ?? 500, response.headers);
        response.pipe(outgoing);
      });
    if (!incoming.url?.endsWith('/setPlayerWallet')) return pass();
    const key = body.toString();
    const before = astray.get(key) ?? 0;
    const fate = before < MOST ? (FATES[turn++ % FATES.length] ?? 'fine') : 'fine';
    counts[fate] = (counts[fate] ?? 0) + 1;
    if (fate === 'fine') return pass();
    astray.set(key, before + 1);
    const drain = (response: IncomingMessage): void => void response.resume();
    if (fate === 'lost') incoming.socket.destroy();
    // The client has given up by then, and looks the transfer up.
    if (fate === 'late') setTimeout(() => forward(incoming, body, drain), 4_000);
    if (fate === 'response lost silently') forward(incoming, body, drain);
    if (fate === 'response lost')
      forward(incoming, body, (response) => {
        response.resume();
        incoming.socket.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let process: SandboxProcess;
beforeAll(async () => {
  process = await startProcess({ providers: ['dicey-fun'] });
});
afterAll(() => process.stop());

test('160 transfers are applied once each, and none is reported wrongly', { timeout: 300_000 }, async () => {
  const direct = await diceyFunOf(process);
  for (const username of PLAYERS) {
    await direct.create(username);
    await direct.transfer(username, START);
  }
  const proxy = await losingProxy(process.port);
  try {
    const served = process.providers.find(({ provider }) => provider === 'dicey-fun');
    const credential = (name: string): string => served?.credentials.find((each) => each.name === name)?.value ?? '';
    const client = createDiceyFunClient({
      baseUrl: `${proxy.url}${new URL(served?.baseUrl ?? '').pathname}`,
      credentials: {
        agentId: credential('Agent id'),
        secret: credential('Secret'),
        apiKey: credential('API key'),
      },
      retry: { attempts: 6, quota: Infinity },
      timeout: { attempt: 2_000, call: 250_000 },
      logger: {},
    });
    // Eight different amounts for each player, two of them out of the wallet.
    const tasks = PLAYERS.flatMap((username) =>
      Array.from({ length: 8 }, (_, index) => ({ username, coin: (index + 1) * (index % 4 === 3 ? -7 : 3) })),
    );
    const results = await together(tasks, tasks.length, async (body) => {
      const { data, error } = await client.setPlayerWallet({ body });
      return { ...body, id: data?.id, error: error?.message };
    });
    expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
    // Each kind of loss occurred.
    expect(Object.keys(proxy.counts).toSorted()).toEqual([...new Set(FATES)].toSorted());
    for (const username of PLAYERS) {
      const records = (await direct.records(username)).filter(({ coin }) => coin !== START);
      const own = results.filter((each) => each.username === username);
      expect(records.map(({ coin }) => coin).toSorted()).toEqual(own.map(({ coin }) => coin).toSorted());
      for (const { id, coin } of own) expect(records.find((record) => record.id === id)?.coin).toBe(coin);
      const sum = own.reduce((total, { coin }) => total + coin, START);
      expect(await direct.balance(username)).toBe(sum);
    }
  } finally {
    proxy.close();
  }
});
