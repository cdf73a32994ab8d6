import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, type ClientOptions, confirming, createClient } from '../../../runtime/client/index.ts';
import type { ConfirmDescriptor, OperationDescriptor } from '../../../runtime/contract/index.ts';
import { limit } from '../../run/slowness.ts';
import { api, operation } from './fixtures.ts';

/** A row of the provider's wallet. */
export type Row = {
  readonly id: number;
  readonly username: string;
  readonly coin: number;
  readonly type: number;
  /** Unix seconds. */
  readonly create_time: number;
};

/** The fate of one transfer in the network. */
export type Fate =
  | 'fine'
  | 'lost'
  | 'lost-silently'
  | 'response-lost'
  | 'response-lost-silently'
  | 'late'
  | 'failed'
  | 'applied-and-failed';

const confirm: ConfirmDescriptor = {
  operation: 'listTransfers',
  input: { '/body/username': '/body/username' },
  since: '/body/since',
  rows: '/rows',
  max: 2_000,
  match: { '/coin': '/body/coin' },
  except: { '/type': 2 },
  time: '/create_time',
  id: '/id',
  // A request that a busy machine reads later than this takes effect after it was reported as lost.
  within: limit(900),
};

/** A provider that moves money once for each request that reaches it, and whose network decides by `fate`. */
export async function losingWallet(
  fate: () => Fate,
  options: { readonly listFails?: () => boolean; readonly date?: () => number } = {},
) {
  const { listFails, date = Date.now } = options;
  const rows: Row[] = [];
  const add = (username: string, coin: number, type = coin > 0 ? 0 : 1): Row => {
    const row = { id: rows.length + 1, username, coin, type, create_time: Math.floor(date() / 1_000) };
    rows.push(row);
    return row;
  };
  const server = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { username: string; coin: number; since?: number };
    const send = (status: number, value: object) =>
      answer
        .writeHead(status, { 'content-type': 'application/json', date: new Date(date()).toUTCString() })
        .end(JSON.stringify(value));
    answer.sendDate = false;
    if (request.url === '/list') {
      if (listFails?.()) return void request.socket.destroy();
      const { username, since = 0 } = body;
      return void send(200, { rows: rows.filter((row) => row.username === username && row.create_time >= since) });
    }
    const { username, coin } = body;
    switch (fate()) {
      case 'fine':
        return void send(200, add(username, coin));
      case 'lost':
        return void request.socket.destroy();
      case 'lost-silently':
        return;
      case 'response-lost':
        add(username, coin);
        return void request.socket.destroy();
      case 'response-lost-silently':
        return void add(username, coin);
      case 'late':
        // The client has given up by then.
        return void setTimeout(() => add(username, coin), 300);
      case 'failed':
        return void send(503, { error: 'later' });
      case 'applied-and-failed':
        add(username, coin);
        return void send(500, { error: 'later' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rows,
    add,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

type Transfer = { readonly body: { readonly username: string; readonly coin: number } };
type List = { readonly body: object };

/** A client of that provider, whose transfers are confirmed. */
export const walletClient = (
  options: ClientOptions,
  overrides: Partial<ConfirmDescriptor> = {},
  more: Partial<OperationDescriptor> = {},
) =>
  createClient<{ transfer: Call<Transfer, Row>; listTransfers: Call<List, { rows: Row[] }> }>(
    {
      api,
      operations: {
        transfer: operation({
          id: 'transfer',
          method: 'POST',
          path: '/transfer',
          body: { required: true, content: ['application/json'] },
          retry: { confirm: { ...confirm, ...overrides } },
          ...more,
        }),
        listTransfers: operation({
          id: 'listTransfers',
          method: 'POST',
          path: '/list',
          body: { required: true, content: ['application/json'] },
        }),
      },
      features: [confirming],
    },
    {
      environment: {},
      retry: { attempts: 12, base: 1, quota: Infinity },
      timeout: { attempt: 250 },
      logger: {},
      ...options,
    },
  );
