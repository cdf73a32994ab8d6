import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiDescriptor, SignatureScheme } from '@countersign/runtime/contract';
import { createGateway, type MockProvider } from '@countersign/runtime/mock';
import { fireEvents } from '@countersign/runtime/mock/fire';
import { createServer } from '@countersign/runtime/server';
import { listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { send } from '../../runtime/mock/send.ts';
import { presetDocument, presetNames, readPreset } from '../../scripts/commands/init/presets.ts';
import { publicHalf } from '../../scripts/commands/mock/demo-credentials.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { signIndependently, verifyIndependently, type Wire } from './independent.ts';
import { outcomes, replays } from './replays.ts';

const providers = new Map<string, MockProvider>();
const others = new Map<string, MockProvider>();
let root: string;

async function loadAll(folder: string, into: Map<string, MockProvider>): Promise<void> {
  const workspace = openWorkspace(folder);
  for (const name of presetNames) into.set(name, await loadMockProvider(workspace, name));
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-catalogue-'));
  // Two workspaces with different demo credentials.
  for (const folder of ['one', 'two'])
    for (const name of presetNames) {
      const path = join(root, folder, 'specs', name);
      await mkdir(path, { recursive: true });
      await writeFile(join(path, 'openapi.yaml'), stringify(presetDocument(name, 'signed', readPreset(name))));
    }
  await loadAll(join(root, 'one'), providers);
  await loadAll(join(root, 'two'), others);
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const providerOf = (name: string, from = providers): MockProvider => from.get(name) as MockProvider;
const schemeOf = ({ api }: MockProvider): SignatureScheme => api.securitySchemes.signed as SignatureScheme;

/** The credentials of a receiver: of pairs, the public half. */
const receiverKeys = ({ api, credentials }: MockProvider): Record<string, string> =>
  Object.fromEntries(
    (api.securitySchemes.signed as SignatureScheme).credentials.map(({ name }) => [
      name,
      credentials[publicHalf(name)] ?? credentials[name] ?? '',
    ]),
  );

const input = (provider: MockProvider, id: string) =>
  [...(provider.operations.find(({ descriptor }) => descriptor.id === id)?.inputs.values() ?? [])][0] ?? {};

/** A receiver that records what arrives, byte for byte. */
async function capture(): Promise<{ url: string; got: Wire[]; close: () => void }> {
  const got: Wire[] = [];
  const server: Server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      got.push({
        method: request.method ?? '',
        url: `http://${headers.host}${request.url}`,
        headers,
        body: Buffer.concat(chunks),
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, got, close: () => void server.close() };
}

/** A server generated from only the contract. */
function serve(
  provider: MockProvider,
  keys: unknown,
  handled: () => void = () => undefined,
  { clock = Date.now, api = provider.api }: { readonly clock?: () => number; readonly api?: ApiDescriptor } = {},
) {
  const handler = () => {
    handled();
    return { data: { ok: true } };
  };
  return listen(
    createServer<Record<string, unknown>, unknown, ApiDescriptor>(
      {
        api,
        operations: Object.fromEntries(provider.operations.map(({ descriptor }) => [descriptor.id, descriptor])),
        validators: {},
        signers: {},
      },
      {
        handlers: { createOrder: handler, receiveEvent: handler },
        security: { signed: keys } as never,
        environment: {},
        logger: {},
        clock,
      },
    ),
  );
}

const BODIES = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;
const DAY = 86_400_000;
let count = 0;

/** A request of the preset's example, signed by node:crypto. @param event the id of the webhook */
function request(
  name: string,
  base: string,
  {
    now = Date.now(),
    from = providers,
    signed = true,
    event,
  }: { now?: number; from?: typeof providers; signed?: boolean; event?: string } = {},
): Wire {
  const preset = readPreset(name);
  const { method = 'post', type = 'json', query = { page: '1' } } = preset.request ?? {};
  const place = event === undefined ? undefined : preset.delivery;
  const id = place && { [place.name as string]: event ?? '' };
  const headers = { ...preset.request?.headers, ...(place?.in === 'header' && id) };
  const body = { ...(preset.request?.body ?? { amount: 1250, note: 'é' }), ...(place?.in === 'body' && id) };
  const text =
    type === 'none'
      ? ''
      : type === 'json'
        ? JSON.stringify(body)
        : new URLSearchParams(body as Record<string, string>).toString();
  const wire: Wire = {
    method: method.toUpperCase(),
    url: event === undefined ? `${base}/orders?${new URLSearchParams(query)}` : `${base}/event`,
    headers: { ...headers, ...(type !== 'none' && { 'content-type': BODIES[type] }) },
    body: Buffer.from(text),
  };
  count += 1;
  if (!signed) return wire;
  return signIndependently(
    name,
    wire,
    providerOf(name, from).credentials,
    now,
    `a1b2c3d4e5f60718a1b2c3d4${String(count).padStart(8, '0')}`,
  );
}

const ask = async ({ method, url, headers, body }: Wire): Promise<number> =>
  (await fetch(url, { method, headers, ...(method !== 'GET' && { body: new Uint8Array(body) }) })).status;

/** Whether the scheme signs bodies and queries at all, by its own document. */
const NO_BODY = new Set(['coinbase-jwt', 'telegram', 'binance']);
const NO_QUERY = new Set([
  'github',
  'meta',
  'slack',
  'zoom',
  'stripe',
  'paddle',
  'shopify',
  'line',
  'paystack',
  'razorpay',
  'standard-webhooks',
  'standard-webhooks-v1a',
  'discord',
  'adyen',
  'paypal',
  'kraken',
  'coinbase-jwt',
  'alipay-rsa2',
  'wallet-form-hash',
  'wallet-json-sign',
]);

function tamperedBody(name: string, wire: Wire): Wire {
  const text = wire.body.toString();
  const changed = text.includes('1250')
    ? text.replace('1250', '9250')
    : text.replace(/(\d)(?=\D*$)|[A-Za-z](?=[^A-Za-z]*$)/, (sign) => (sign === '7' ? '8' : '7'));
  const { tamper } = readPreset(name) as unknown as {
    readonly tamper?: { readonly from: string; readonly to: string };
  };
  const body = tamper ? text.replace(tamper.from, tamper.to) : changed;
  return { ...wire, body: Buffer.from(body) };
}

test('the catalogue states the effect of a second request for each preset', () => {
  expect(Object.keys(replays).sort()).toEqual(presetNames);
});

describe.each(presetNames)('%s', (name) => {
  test('the client signs according to the documentation', async () => {
    const receiver = await capture();
    const provider = providerOf(name);
    const sent = await send({
      provider,
      operation: 'createOrder',
      input: input(provider, 'createOrder'),
      baseUrl: receiver.url,
      fetch,
    });
    receiver.close();
    expect(sent.error).toBe(undefined);
    expect(receiver.got.map((wire) => verifyIndependently(name, wire, provider.credentials))).toEqual([true]);
  });

  test('the server accepts valid requests and rejects invalid ones', async () => {
    const provider = providerOf(name);
    let handled = 0;
    const { url, close } = await serve(provider, receiverKeys(provider), () => {
      handled += 1;
    });
    try {
      // The example of a preset must reach the handler. A handshake gets its response without a handler.
      expect(['right', await ask(request(name, url)), handled]).toEqual(['right', 200, 1]);
      expect(['unsigned', await ask(request(name, url, { signed: false }))]).toEqual(['unsigned', 401]);
      expect(['of another key', await ask(request(name, url, { from: others }))]).toEqual(['of another key', 401]);
      if (!NO_BODY.has(name))
        expect(['tampered body', await ask(tamperedBody(name, request(name, url)))]).toEqual(['tampered body', 401]);
      if (!NO_QUERY.has(name)) {
        const wire = request(name, url);
        expect(['tampered query', await ask({ ...wire, url: `${wire.url}&more=1` })]).toEqual(['tampered query', 401]);
      }
      if (schemeOf(provider).timestamp)
        expect(['old', await ask(request(name, url, { now: Date.now() - 2 * DAY }))]).toEqual(['old', 401]);
    } finally {
      await close();
    }
  });

  test('a repeated request has the effect that the catalogue states', async () => {
    const provider = providerOf(name);
    const kind = replays[name as keyof typeof replays];
    const isEvent = kind === 'event handled once';
    let runs = 0;
    let ahead = 0;
    const count = () => {
      runs += 1;
    };
    const { url, close } = await serve(provider, receiverKeys(provider), count, { clock: () => Date.now() + ahead });
    try {
      const wire = request(name, url, isEvent ? { event: 'event-1' } : {});
      const statuses = [await ask(wire), await ask(wire)];
      ahead = 2 * DAY;
      statuses.push(await ask(wire));
      const wanted = outcomes[kind];
      const late = isEvent && schemeOf(provider).timestamp ? 401 : wanted.statuses[2];
      expect({ kind, statuses, runs }).toEqual({ kind, ...wanted, statuses: [...wanted.statuses.slice(0, 2), late] });
      ahead = 0;
      // A different message is not a copy.
      expect([await ask(request(name, url, isEvent ? { event: 'event-2' } : {})), runs]).toEqual([
        200,
        wanted.runs + 1,
      ]);
    } finally {
      await close();
    }
  });

  if (replays[name as keyof typeof replays] === 'until it is old')
    test('with `replay: signature`, a request is accepted once', async () => {
      const provider = providerOf(name);
      const signed = { ...schemeOf(provider), replay: 'signature' as const };
      const api = { ...provider.api, securitySchemes: { ...provider.api.securitySchemes, signed } };
      const { url, close } = await serve(provider, receiverKeys(provider), undefined, { api });
      try {
        const wire = request(name, url);
        expect([await ask(wire), await ask(wire)]).toEqual([200, 401]);
      } finally {
        await close();
      }
    });

  test('the server accepts either of two keys during a rotation', async () => {
    const { url, close } = await serve(providerOf(name), [
      receiverKeys(providerOf(name)),
      receiverKeys(providerOf(name, others)),
    ]);
    try {
      expect([await ask(request(name, url)), await ask(request(name, url, { from: others }))]).toEqual([200, 200]);
    } finally {
      await close();
    }
  });

  test('client and server of one contract accept each other', async () => {
    const provider = providerOf(name);
    const { url, close } = await serve(provider, receiverKeys(provider));
    const call = {
      provider,
      operation: 'createOrder',
      input: input(provider, 'createOrder'),
      baseUrl: url,
      fetch,
    } as const;
    try {
      expect(await send(call).then(({ response }) => response?.status)).toBe(200);
      expect(await send({ ...call, spoil: 'signature' }).then(({ response }) => response?.status)).toBe(401);
    } finally {
      await close();
    }
  });

  test('the mock accepts valid requests with its demo credentials, and rejects invalid ones', async () => {
    const gateway = createGateway({ providers: [{ name, load: async () => providerOf(name) }], atRoot: true });
    const { url, close } = await listen(gateway);
    try {
      expect([await ask(request(name, url)), await ask(request(name, url, { from: others }))]).toEqual([200, 401]);
    } finally {
      await close();
    }
  });

  test('mock fire calls a receiver as the provider does', async () => {
    const receiver = await capture();
    const provider = providerOf(name);
    const report = await fireEvents({ provider, to: `${receiver.url}/hooks/in`, count: 2 });
    receiver.close();
    expect(report).toMatchObject({ ok: true, summary: '2 of 2 requests were accepted.' });
    expect(receiver.got.map((wire) => verifyIndependently(name, wire, provider.credentials))).toEqual([true, true]);
  });
});
