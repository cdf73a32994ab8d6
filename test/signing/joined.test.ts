/** Parts that are joined without a separator: a different split of a captured request is a replay, for any scheme. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSigning } from '../../scripts/model/signing/check.ts';
import { contractOf, serverOf } from './scheme.ts';

const NOW = 1_795_977_026_123;
const [MS, S] = [String(NOW), String(NOW).slice(0, 10)];
const header = (name: string) => ({ in: 'header', name }) as const;

type Unit = 's' | 'ms';
const signing = (unit: Unit | readonly Unit[], parts: readonly string[], more: object = {}) => ({
  algorithm: 'hmac-sha256',
  key: { credential: 'secret' },
  credentials: { secret: {} },
  timestamp: { ...header('x-time'), unit, tolerance: 300 },
  nonce: { ...header('x-nonce'), bytes: 8 },
  message: { ambiguous: 'accepted', parts },
  ...more,
});

/** Each way to split the joined text into a timestamp and a nonce. */
function* cuts(text: string, order: readonly string[]): Generator<readonly [time: string, nonce: string]> {
  for (let at = 1; at < text.length; at += 1) {
    const [first, second] = [text.slice(0, at), text.slice(at)];
    yield order.indexOf('timestamp') < order.indexOf('nonce') ? [first, second] : [second, first];
  }
}

const table: readonly (readonly [string, ReturnType<typeof signing>, string, string])[] = [
  ['time and nonce, ms', signing(['s', 'ms'], ['timestamp', 'nonce', 'body']), MS, '456'],
  ['time and nonce, s', signing(['s', 'ms'], ['timestamp', 'nonce', 'body']), S, '123456'],
  ['nonce and time, ms', signing(['ms', 's'], ['body', 'nonce', 'timestamp']), MS, '98'],
  ['nonce and time, s', signing(['s', 'ms'], ['nonce', 'timestamp', 'body']), S, '7000'],
  [
    'nonce and time in one unit, and a nonce that ends with zeros',
    signing('s', ['nonce', 'timestamp', 'body']),
    S,
    'a000',
  ],
  [
    'in a digest',
    signing(['s', 'ms'], [{ digest: { of: { parts: ['timestamp', 'nonce', 'body'] } } } as never]),
    MS,
    '1',
  ],
  ['MD5 with the secret', { ...signing(['s', 'ms'], ['timestamp', 'nonce', 'body']), algorithm: 'hmac-md5' }, MS, '12'],
];

test.each(table)('%s', async (_, scheme, time, nonce) => {
  const { algorithm, message } = scheme;
  const order = JSON.stringify(message.parts);
  const inner = order.includes('digest');
  const parts = [...order.matchAll(/timestamp|nonce|body/g)].map(([name]) => name);
  const contract = contractOf(scheme, { query: {} });
  const server = serverOf(contract, { secret: 's' }, { clock: () => NOW });
  const hash = algorithm.slice('hmac-'.length);
  const values: Record<string, string> = { timestamp: time, nonce, body: '{}' };
  const joined = parts.map((name) => values[name]).join('');
  const signed = inner ? createHash('sha256').update(joined).digest('hex') : joined;
  const signature = createHmac(hash, 's').update(signed).digest('hex');
  const ask = async ([at, once]: readonly [string, string]): Promise<number> => {
    const headers = { 'content-type': 'application/json', 'x-time': at, 'x-nonce': once, 'x-sign': signature };
    return (await server.fetch(new Request('https://a.invalid/orders', { method: 'POST', headers, body: '{}' })))
      .status;
  };
  expect(await ask([time, nonce])).toBe(200);
  const text = parts.filter((name) => name !== 'body').map((name) => values[name]);
  const all = [...cuts(text.join(''), parts)];
  expect(all.length).toBeGreaterThan(10);
  expect(await Promise.all(all.map(ask))).toEqual(all.map(() => 401));
});

describe('a message id', () => {
  const withId = (unit: Unit | readonly Unit[], parts: readonly string[]) => {
    const { nonce: _, ...scheme } = signing(unit, parts);
    return { ...scheme, id: header('x-id') };
  };

  test('takes no digits from a timestamp with one unit', async () => {
    const contract = contractOf(withId('s', ['id', 'timestamp', 'body']), { query: {} });
    let handled = 0;
    const createOrder = () => {
      handled += 1;
      return { data: { ok: true } };
    };
    const server = serverOf(contract, { secret: 's' }, { clock: () => NOW, handlers: { createOrder } });
    const signature = createHmac('sha256', 's').update(`evt10${S}{}`).digest('hex');
    for (const [id, time] of [
      ['evt10', S],
      ['evt1', `0${S}`],
      ['evt', `10${S}`],
      ['evt101', S.slice(1)],
      ['evt10', S],
    ] as const) {
      const headers = { 'content-type': 'application/json', 'x-id': id, 'x-time': time, 'x-sign': signature };
      await server.fetch(new Request('https://a.invalid/orders', { method: 'POST', headers, body: '{}' }));
    }
    expect(handled).toBe(1);
  });

  test.each([
    ['two units, joined', withId(['s', 'ms'], ['timestamp', 'id', 'body']), ['error timestamp/unit']],
    [
      'two units, with separators',
      { ...withId(['s', 'ms'], []), message: { join: '.', parts: ['timestamp', 'id', 'body'] } },
      [],
    ],
    ['one unit, joined', withId('ms', ['timestamp', 'id', 'body']), []],
  ])('%s', async (_, scheme, wanted) => {
    const found = await checkSigning(contractOf(scheme).api);
    expect(
      found.map(({ severity = 'error', pointer }) => `${severity} ${pointer?.split('/x-cs-signing/')[1]}`),
    ).toEqual(wanted);
  });
});
