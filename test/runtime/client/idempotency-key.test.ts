import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Carrier, OperationDescriptor } from '../../../runtime/contract/index.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve((_, answer) => json(answer, {}));
});
afterAll(() => server.close());

const header = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  style: 'simple',
  explode: false,
  shape: { kind: 'any' },
} as const;
const pay = (key: Carrier, parameters: OperationDescriptor['parameters'] = []): Partial<OperationDescriptor> => ({
  method: 'POST',
  body: { required: false, content: ['application/json'] },
  retry: { idempotent: { key } },
  parameters,
});
const inHeader = { in: 'header', name: 'Idempotency-Key' } as const;
const random = /^[0-9a-f]{32}$/;

type Row = readonly [name: string, input: object, options: object, client: object, want: string | RegExp];
const rows: readonly Row[] = [
  ['none', {}, {}, {}, random],
  ['the option', {}, { idempotencyKey: 'A' }, {}, 'A'],
  ['an input header as declared', { headers: { 'Idempotency-Key': 'B' } }, {}, {}, 'B'],
  ['an input header in lower case', { headers: { 'idempotency-key': 'C' } }, {}, {}, 'C'],
  ['an input header in upper case', { headers: { 'IDEMPOTENCY-KEY': 'D' } }, {}, {}, 'D'],
  ['a call’s header', {}, { headers: { 'idempotency-key': 'E' } }, {}, 'E'],
  ['a client’s header', {}, {}, { headers: { 'IDEMPOTENCY-KEY': 'F' } }, 'F'],
  [
    'the option before an input header in another case',
    { headers: { 'idempotency-key': 'G' } },
    { idempotencyKey: 'H' },
    {},
    'H',
  ],
  ['an input header that is undefined', { headers: { 'Idempotency-Key': undefined } }, {}, {}, random],
  [
    'an undefined header beside one in another case',
    { headers: { 'idempotency-key': 'I', 'Idempotency-Key': undefined } },
    {},
    {},
    'I',
  ],
  ['null beside one in another case', { headers: { 'Idempotency-Key': null, 'idempotency-KEY': 'J' } }, {}, {}, 'J'],
  ['other headers', { headers: { 'x-idempotency-key': 'K' } }, {}, {}, random],
];

test.each([
  ['declared', [header]],
  ['undeclared', []],
] as const)('sends the key in the header %s', async (_, parameters) => {
  for (const [name, input, options, client, want] of rows) {
    await clientOf(pay(inHeader, parameters), { baseUrl: server.url, ...client }).op(input, options);
    const sent = server.received.at(-1)?.headers['idempotency-key'];
    expect([name, sent]).toEqual([name, typeof want === 'string' ? want : expect.stringMatching(want)]);
  }
});

test.each<[Carrier['in'], object, () => unknown]>([
  ['query', { query: { key: 'Q' } }, () => server.received.at(-1)?.query.get('key')],
  ['body', { body: { key: 'Q' } }, () => JSON.parse(server.received.at(-1)?.body ?? '{}').key],
  ['cookie', { cookies: { key: 'Q' } }, () => server.received.at(-1)?.headers.cookie?.replace('key=', '')],
])('keeps the caller’s key in %s', async (place, input, sent) => {
  await clientOf(pay({ in: place, name: 'key' }), { baseUrl: server.url }).op(input);
  expect(sent()).toBe('Q');
});

test('sends the same key with every attempt', async () => {
  const busy = await serve((_, answer) => json(answer, {}, 503));
  const client = clientOf(pay(inHeader), { baseUrl: busy.url, retry: { base: 1 } });
  await client.op({ headers: { 'idempotency-key': 'L' } });
  await busy.close();
  expect(busy.received.map(({ headers }) => headers['idempotency-key'])).toEqual(['L', 'L', 'L']);
});
