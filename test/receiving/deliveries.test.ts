import { setTimeout } from 'node:timers/promises';
import type { MockProvider } from '@countersign/runtime/mock';
import { createMemoryDeliveryStore } from '@countersign/runtime/server';
import { listen } from '@countersign/runtime/server/node';
import { Webhook } from 'standardwebhooks';
import { beforeAll, describe, expect, test } from 'vitest';
import { send } from '../../runtime/mock/send.ts';
import {
  documentOf,
  type Handlers,
  type Json,
  type Options,
  operation,
  providerOf,
  serverOf,
  signedBy,
} from './support.ts';

const secret = `whsec_${Buffer.from('a base64 secret of some length!!').toString('base64')}`;

/** Standard Webhooks, with the id as a separate value, or as a nonce that `x-cs-retry` declares as repeated. */
const standard = (words: Json): Json =>
  signedBy('webhook-signature', {
    algorithm: 'hmac-sha256',
    signature: { list: ' ', prefix: 'v1,' },
    output: { encoding: 'base64' },
    timestamp: { in: 'header', name: 'webhook-timestamp', unit: 's', tolerance: 300 },
    message: { join: '.', parts: [words.id ? 'id' : 'nonce', 'timestamp', 'body'] },
    key: { credential: 'secret', strip: 'whsec_', encoding: 'base64' },
    credentials: { secret: {} },
    ...words,
  });
const ID = { in: 'header', name: 'webhook-id' };
const event = (more: Json): Json => ({ webhooks: { event: { post: operation('event', more) } } });

type Sender = (id: string, body: Json) => RequestInit;

/** Signed by the library of Standard Webhooks. */
const byStandardWebhooks: Sender = (id, body) => {
  const text = JSON.stringify(body);
  const now = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, text),
  };
  return { method: 'POST', headers, body: text };
};
const byHeader: Sender = (id, body) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'X-Delivery': id, cookie: `delivery=${id}` },
  body: JSON.stringify(body),
});
const byMember: Sender = (id, body) => byHeader('', { ...body, id, data: { id } });
const byForm: Sender = (id, body) => ({
  method: 'POST',
  body: new URLSearchParams({ ...(body as Record<string, string>), id }),
});
const form = {
  requestBody: {
    content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', additionalProperties: true } } },
  },
};
const open = { security: [] };
const signed = { security: [{ signed: [] }] };

const table: readonly (readonly [string, Json, Sender])[] = [
  ['an id of the signing scheme', { ...event(signed), ...standard({ id: ID }) }, byStandardWebhooks],
  [
    'a nonce that is the idempotency key',
    {
      ...event({ ...signed, 'x-cs-retry': { idempotent: { key: { in: 'header', name: 'Webhook-Id' } } } }),
      ...standard({ nonce: ID, replay: 'nonce' }),
    },
    byStandardWebhooks,
  ],
  ['a header', event({ ...open, 'x-cs-delivery': { in: 'header', name: 'x-delivery' } }), byHeader],
  ['a cookie', event({ ...open, 'x-cs-delivery': { in: 'cookie', name: 'delivery' } }), byHeader],
  ['a property of the body', event({ ...open, 'x-cs-delivery': { in: 'body', name: 'id' } }), byMember],
  ['a nested property', event({ ...open, 'x-cs-delivery': { in: 'body', pointer: '/data/id' } }), byMember],
  ['a field of a form', event({ ...open, ...form, 'x-cs-delivery': { in: 'form', name: 'id' } }), byForm],
];

describe.each(table)('a message identified by %s', (_, document, sender) => {
  let provider: MockProvider;
  beforeAll(async () => {
    provider = await providerOf(documentOf(document));
  });

  /** Serves, and sends over HTTP. */
  async function withServer(
    event: Handlers[string],
    run: (post: (id: string, body?: Json) => Promise<readonly [number, unknown]>) => Promise<void>,
    options: Partial<Options> = {},
  ): Promise<void> {
    const security = Object.keys(provider.api.securitySchemes).length > 0 ? { signed: { secret } } : {};
    const on = await listen(serverOf(provider, { handlers: { event }, security, ...options }));
    try {
      await run(async (id, body = {}) => {
        const answer = await fetch(`${on.url}/event`, sender(id, body));
        return [answer.status, await answer.json()];
      });
    } finally {
      await on.close();
    }
  }

  test('runs again after any failure, and after a success returns the stored response', async () => {
    const failures = [
      () => Promise.reject(new Error('database is away')),
      () => ({ status: 503, body: {} }),
      () => ({ data: { ok: 'no boolean' } }),
    ];
    let runs = 0;
    const handler = () => {
      runs += 1;
      return failures[runs - 1]?.() ?? { data: { ok: true } };
    };
    await withServer(handler, async (post) => {
      const answers = [];
      for (let time = 0; time < 6; time += 1) answers.push(await post('msg_1'));
      expect(answers.map(([status]) => status)).toEqual([500, 500, 500, 200, 200, 200]);
      expect(answers.slice(3).map(([, body]) => body)).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
      expect(runs).toBe(4);
      expect(await post('msg_2')).toEqual([200, { ok: true }]);
      expect(runs).toBe(5);
    });
  });

  test('runs once for many parallel deliveries, which all get its response', async () => {
    let runs = 0;
    const handler = async () => {
      runs += 1;
      await setTimeout(60);
      return { data: { ok: true } };
    };
    await withServer(handler, async (post) => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => post('msg_1')));
      expect(answers).toEqual(Array.from({ length: 8 }, () => [200, { ok: true }]));
      expect(runs).toBe(1);
    });
  });

  test('runs again immediately if the first of two parallel deliveries fails', async () => {
    let runs = 0;
    const handler = async () => {
      runs += 1;
      await setTimeout(40);
      if (runs === 1) throw new Error('database is away');
      return { data: { ok: true } };
    };
    await withServer(handler, async (post) => {
      const answers = await Promise.all([post('msg_1'), post('msg_1')]);
      expect(answers.map(([status]) => status).sort()).toEqual([200, 500]);
      expect(runs).toBe(2);
    });
  });

  test('is marked as handled by a handler that finishes after the deadline', async () => {
    let runs = 0;
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const handler = async () => {
      runs += 1;
      await released;
      return { data: { ok: true } };
    };
    await withServer(
      handler,
      async (post) => {
        expect((await post('msg_1'))[0]).toBe(503);
        // While it runs: no second run, and a response that lets the sender retry.
        expect((await post('msg_1'))[0]).toBe(503);
        release();
        await expect.poll(() => post('msg_1'), { timeout: 20_000 }).toEqual([200, { ok: true }]);
        expect(runs).toBe(1);
      },
      { deadline: 20 },
    );
  });
});

test('a redelivery is still verified: an unsigned copy of a handled message is rejected', async () => {
  const provider = await providerOf(documentOf({ ...event(signed), ...standard({ id: ID }) }));
  const server = serverOf(provider, {
    handlers: { event: () => ({ data: { ok: true } }) },
    security: { signed: { secret } },
  });
  const on = await listen(server);
  const right = byStandardWebhooks('msg_1', {});
  const post = async (init: RequestInit) => (await fetch(`${on.url}/event`, init)).status;
  expect(await post(right)).toBe(200);
  expect(await post({ ...right, body: '{"other":1}' })).toBe(401);
  expect(await post(right)).toBe(200);
  await on.close();
});

test('two operations each handle a message once, and a message without an id is handled each time', async () => {
  const delivery = { security: [], 'x-cs-delivery': { in: 'header', name: 'X-Delivery' } };
  const webhooks = { one: { post: operation('one', delivery) }, two: { post: operation('two', delivery) } };
  const provider = await providerOf(documentOf({ webhooks }));
  const ran: string[] = [];
  const handler = (name: string) => () => ran.push(name) > 0 && { data: {} };
  const server = serverOf(provider, { handlers: { one: handler('one'), two: handler('two') } });
  const post = (path: string, id?: string) =>
    server.fetch(
      new Request(`http://test.local${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(id !== undefined && { 'x-delivery': id }) },
        body: '{}',
      }),
    );
  for (const [path, id] of [['/one', 'a'], ['/two', 'a'], ['/one', 'a'], ['/two', 'a'], ['/one'], ['/one']] as const)
    expect((await post(path, id)).status).toBe(200);
  expect(ran).toEqual(['one', 'two', 'one', 'one']);
});

test('an invalid request does not claim the message', async () => {
  const requestBody = {
    required: true,
    content: {
      'application/json': {
        schema: { type: 'object', required: ['amount'], properties: { amount: { type: 'integer' } } },
      },
    },
  };
  const more = { security: [], requestBody, 'x-cs-delivery': { in: 'header', name: 'X-Delivery' } };
  const provider = await providerOf(documentOf(event(more)));
  const server = serverOf(provider, { handlers: { event: () => ({ data: { ok: true } }) } });
  const post = (body: Json) => server.fetch(new Request('http://test.local/event', byHeader('a', body)));
  expect((await post({ amount: 'x' })).status).toBe(400);
  expect((await post({ amount: 1 })).status).toBe(200);
});

test('the code in the body decides success, and `busy` is the response to a parallel delivery', async () => {
  const responses = {
    '200': { description: 'Done.', content: { 'application/json': { schema: { type: 'object' } } } },
  };
  const more = {
    security: [],
    responses,
    'x-cs-envelope': { codes: [7] },
    'x-cs-delivery': { in: 'header', name: 'X-Delivery', busy: 9 },
    'x-cs-timeout': { response: 200 },
  };
  const envelope = {
    code: '/code',
    success: [0],
    message: '/text',
    errors: { 7: { name: 'NoFunds' }, 9: { name: 'InProgress', status: 409 } },
  };
  const provider = await providerOf(documentOf({ 'x-cs-envelope': envelope, ...event(more) }));
  const results: unknown[] = [
    { error: { code: 7 } },
    { status: 200, body: { code: 7, text: 'again' } },
    { status: 200, body: { code: 0, win: 5 } },
  ];
  let running: Promise<unknown> | undefined;
  const server = serverOf(provider, {
    handlers: { event: () => (running ?? Promise.resolve()).then(() => results.shift()) },
    deadline: false,
  });
  const post = async () => {
    const answer = await server.fetch(new Request('http://test.local/event', byHeader('a', {})));
    return [answer.status, ((await answer.json()) as Json).code, answer.headers.get('retry-after')];
  };
  expect([await post(), await post(), await post(), await post()]).toEqual([
    [200, 7, null],
    [200, 7, null],
    [200, 0, null],
    [200, 0, null],
  ]);
  results.push({ status: 200, body: { code: 0 } });
  let end: (value?: unknown) => void = () => undefined;
  running = new Promise((resolve) => {
    end = resolve;
  });
  const first = server.fetch(new Request('http://test.local/event', byHeader('b', {})));
  // The server does not wait for a disconnected sender.
  const aborted = new AbortController();
  const second = server.fetch(new Request('http://test.local/event', { ...byHeader('b', {}), signal: aborted.signal }));
  aborted.abort();
  const answer = await second;
  expect([answer.status, await answer.json(), answer.headers.get('retry-after')]).toEqual([
    409,
    { code: 9, text: 'the message is being handled' },
    '1',
  ]);
  end();
  expect((await first).status).toBe(200);
});

test('if a claim fails, no handler runs; if its end fails, the response is still sent', async () => {
  const provider = await providerOf(
    documentOf(event({ security: [], 'x-cs-delivery': { in: 'header', name: 'X-Delivery' } })),
  );
  let runs = 0;
  const handler = () => {
    runs += 1;
    return { data: { ok: true } };
  };
  const ask = async (deliveryStore: Options['deliveryStore']) => {
    const server = serverOf(provider, { handlers: { event: handler }, ...(deliveryStore && { deliveryStore }) });
    return (await server.fetch(new Request('http://test.local/event', byHeader('a', {})))).status;
  };
  const away = () => Promise.reject(new Error('away'));
  expect([await ask({ claim: away }), runs]).toEqual([500, 0]);
  expect([await ask({ claim: () => ({ state: 'mine', finish: away, release: away }) }), runs]).toEqual([200, 1]);
});

test('the sender uses one id for all attempts, and a new one for each call', async () => {
  const provider = await providerOf(
    documentOf(event({ ...open, 'x-cs-delivery': { in: 'header', name: 'X-Delivery' } })),
  );
  const ids: (string | null)[] = [];
  const fetch = async (_: string, init: RequestInit) => {
    ids.push(new Headers(init.headers).get('x-delivery'));
    return new Response('{"ok":true}', { status: 200, headers: { 'content-type': 'application/json' } });
  };
  for (let round = 0; round < 2; round += 1)
    await send({
      provider,
      operation: 'event',
      input: { body: {} },
      baseUrl: 'http://test.local',
      endpoint: 'http://test.local/event',
      fetch,
      timeout: 1000,
    });
  expect(ids.map((id) => typeof id)).toEqual(['string', 'string']);
  expect(new Set(ids).size).toBe(2);
});

describe('the store in memory', () => {
  const answer = { status: 200, contentType: undefined, body: null };

  test('forgets a message after its time', async () => {
    const clock = { now: 0 };
    const store = createMemoryDeliveryStore({ clock: () => clock.now });
    const claim = async (key: string) => {
      const claimed = await store.claim(key);
      if (claimed.state === 'mine') await claimed.finish(answer, 60);
      return claimed.state;
    };
    expect([await claim('a'), await claim('a')]).toEqual(['mine', 'done']);
    clock.now = 60_001;
    expect(await claim('a')).toBe('mine');
  });

  test('when full forgets the oldest finished message, and no running one', async () => {
    const store = createMemoryDeliveryStore({ capacity: 2 });
    expect((await store.claim('running')).state).toBe('mine');
    for (const key of ['a', 'b']) {
      const claimed = await store.claim(key);
      if (claimed.state === 'mine') await claimed.finish(answer, 60);
    }
    expect([(await store.claim('running')).state, (await store.claim('b')).state]).toEqual(['running', 'done']);
    expect((await store.claim('a')).state).toBe('mine');
  });
});
