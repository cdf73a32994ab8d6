/** Every place of a signature, a timestamp, a nonce and a key, as client and as server, against node:crypto. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Preset } from '../../scripts/commands/init/presets.ts';
import type { Wire } from './independent.ts';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const NOW = Date.parse('2026-01-31T12:34:56Z');
const NAMES = ['key', 'time', 'nonce', 'sign'] as const;
type Values = { readonly [name in (typeof NAMES)[number]]: unknown };

type Place = {
  readonly carrier: (name: string) => object;
  /** Values as they are sent. */
  readonly read: (wire: Wire) => Values;
  readonly write: (request: Wire, values: Record<string, string>) => Wire;
  readonly request?: Preset['request'];
  readonly input?: unknown;
};

const four = (read: (name: string) => unknown): Values =>
  Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Values;
const json = ({ body }: Wire) => JSON.parse(body.toString());
const withBody = (wire: Wire, body: unknown): Wire => ({ ...wire, body: Buffer.from(JSON.stringify(body)) });
const TYPED = { amount: 1, head: { time: 1, nonce: 'n', note: 'é' } };

const places: Readonly<Record<string, Place>> = {
  header: {
    carrier: (name) => ({ in: 'header', name: `X-${name}` }),
    read: ({ headers }) => four((name) => headers[`x-${name}`]),
    write: (wire, values) => ({
      ...wire,
      headers: { ...wire.headers, ...Object.fromEntries(Object.entries(values).map(([k, v]) => [`x-${k}`, v])) },
    }),
  },
  query: {
    carrier: (name) => ({ in: 'query', name }),
    read: ({ url }) => four((name) => new URL(url).searchParams.get(name)),
    write: (wire, values) => ({ ...wire, url: `${wire.url}&${new URLSearchParams(values)}` }),
  },
  cookie: {
    carrier: (name) => ({ in: 'cookie', name }),
    read: ({ headers }) =>
      four((name) => decodeURIComponent(new RegExp(`(?:^|; )${name}=([^;]*)`).exec(headers.cookie ?? '')?.[1] ?? '')),
    write: (wire, values) => ({
      ...wire,
      headers: {
        ...wire.headers,
        cookie: ['theme=dark', ...Object.entries(values).map(([k, v]) => `${k}=${encodeURIComponent(v)}`)].join('; '),
      },
    }),
  },
  'JSON body': {
    carrier: (name) => ({ in: 'body', name }),
    read: (wire) => four((name) => json(wire)[name]),
    write: (wire, values) => withBody(wire, { ...json(wire), ...values }),
  },
  'nested object of a JSON body, where the time is a number': {
    carrier: (name) => ({ in: 'body', pointer: `/head/${name}` }),
    request: { body: TYPED },
    input: { amount: 1, head: { note: 'é' } },
    read: (wire) => four((name) => json(wire).head[name]),
    write: (wire, { time, ...values }) => {
      const given = json(wire);
      return withBody(wire, { ...given, head: { ...given.head, time: Number(time), ...values } });
    },
  },
  'nested object that the caller omits': {
    carrier: (name) => ({ in: 'body', pointer: `/a/b/${name}` }),
    read: (wire) => four((name) => json(wire).a.b[name]),
    write: (wire, values) => withBody(wire, { ...json(wire), a: { b: values } }),
  },
  form: {
    carrier: (name) => ({ in: 'form', name }),
    request: { type: 'form', body: { amount: '1' } },
    input: { amount: '1' },
    read: ({ body }) => four((name) => new URLSearchParams(body.toString()).get(name)),
    write: (wire, values) => ({ ...wire, body: Buffer.from(`${wire.body}&${new URLSearchParams(values)}`) }),
  },
  'form with the location body': {
    carrier: (name) => ({ in: 'body', name }),
    request: { type: 'form', body: { amount: '1' } },
    input: { amount: '1' },
    read: ({ body }) => four((name) => new URLSearchParams(body.toString()).get(name)),
    write: (wire, values) => ({ ...wire, body: Buffer.from(`${wire.body}&${new URLSearchParams(values)}`) }),
  },
};

const hmac = (time: unknown, nonce: unknown, secret = 's'): string =>
  `v1=${createHmac('sha256', secret).update(`POST\n${time}\n${nonce}`).digest('hex')}`;

describe.each(Object.entries(places))('in a %s', (_, { carrier, read, write, request = {}, input = { amount: 1 } }) => {
  const contract = contractOf(
    {
      algorithm: 'hmac-sha256',
      signature: { ...carrier('sign'), prefix: 'v1=' },
      timestamp: { ...carrier('time'), unit: 's', tolerance: 60 },
      nonce: { ...carrier('nonce'), bytes: 8 },
      message: { join: '\n', parts: ['method', 'timestamp', 'nonce'] },
      key: { credential: 'secret' },
      credentials: { key: carrier('key'), secret: {} },
    },
    request,
  );
  const server = () => serverOf(contract, { key: 'k/1 é', secret: 's' }, { clock: () => NOW });
  const isForm = request.type === 'form';
  const wire: Wire = {
    method: 'POST',
    url: 'https://shop.invalid/orders?page=1',
    headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: Buffer.from(isForm ? 'amount=1' : JSON.stringify(input)),
  };
  const time = String(NOW / 1000);
  const right = { key: 'k/1 é', time, nonce: 'a1b2c3d4', sign: hmac(time, 'a1b2c3d4') };
  // A header cannot hold letters beyond Latin-1 as UTF-8.
  const key = _ === 'header' ? 'k1' : right.key;
  const ask = async (values: Record<string, string>) => {
    const { url, headers, body } = write(wire, values);
    const served = _ === 'header' ? serverOf(contract, { key, secret: 's' }, { clock: () => NOW }) : server();
    const response = await served.fetch(new Request(url, { method: 'POST', headers, body: new Uint8Array(body) }));
    return [response.status, await response.text()] as const;
  };

  test('the client writes the values, node:crypto accepts them, and the server reads them', async () => {
    const { createOrder, sent } = clientOf(
      contract,
      { key, secret: 's' },
      (made) =>
        (_ === 'header' ? serverOf(contract, { key, secret: 's' }, { clock: () => NOW }) : server()).fetch(made),
      { clock: { now: () => NOW } },
    );
    const { error } = await createOrder({ query: { page: '1' }, body: input });
    expect(error?.message).toBe(undefined);
    const values = read(sent[0] as Wire);
    expect(values.key).toBe(key);
    expect(values.time).toBe(request.body === TYPED ? NOW / 1000 : time);
    expect(values.nonce).toMatch(/^[0-9a-f]{16}$/);
    expect(values.sign).toBe(hmac(values.time, values.nonce));
  });

  test('the server accepts what node:crypto signed, and rejects changes', async () => {
    const values = { ...right, key };
    const status = async (more: Record<string, string>) => (await ask({ ...values, ...more }))[0];
    const old = String(NOW / 1000 - 3600);
    expect([
      await status({}),
      await status({ key: 'another' }),
      await status({ nonce: 'ffffffff' }),
      await status({ time: String(NOW / 1000 + 1) }),
      await status({ time: old, sign: hmac(old, right.nonce) }),
      await status({ sign: hmac(time, right.nonce, 'x') }),
    ]).toEqual([200, 401, 401, 401, 401, 401]);
  });

  test.each(NAMES)('without %s, the response names the missing value', async (name) => {
    const { [name]: __, ...rest } = { ...right, key };
    const [status, text] = await ask(rest);
    expect([status, text.includes('missing')]).toEqual([401, true]);
  });

  test.each(['v2=', 'V1 ', '', 'v1'])(
    'a signature that begins with %j is reported as invalid, not as missing',
    async (prefix) => {
      const [status, text] = await ask({ ...right, key, sign: right.sign.replace('v1=', prefix) });
      expect([status, text]).toEqual([401, expect.stringContaining('does not begin with')]);
    },
  );
});

describe('versions in a list separated by spaces', () => {
  const contract = contractOf({
    algorithm: 'hmac-sha256',
    output: { encoding: 'base64' },
    signature: { list: ' ', prefix: 'v1,' },
    message: { parts: ['body'] },
    key: { credential: 'secret' },
    credentials: { secret: {} },
    replay: 'none',
  });
  const BODY = '{"amount":1}';
  const made = (secret: string): string => createHmac('sha256', secret).update(BODY).digest('base64');
  test.each([
    ['one', `v1,${made('s')}`, 200],
    ['two, of which the first is valid', `v1,${made('s')} v1,${made('x')}`, 200],
    ['two, of which the second is valid', `v1,${made('x')} v1,${made('s')}`, 200],
    ['another version before it', `v1a,${made('x')} v1,${made('s')}`, 200],
    ['another version after it', `v1,${made('s')} v2,${made('x')}`, 200],
    ['many spaces', `  v1,${made('x')}   v1,${made('s')} `, 200],
    ['none that is valid', `v1,${made('x')} v1,${made('y')}`, 401],
    ['the valid one with another version', `v2,${made('s')}`, 401],
    ['the valid one without a version', made('s'), 401],
    ['a comma between them', `v1,${made('x')},v1,${made('s')}`, 401],
  ])('%s', async (_, header, status) => {
    const headers = { 'content-type': 'application/json', 'x-sign': header };
    const sent = new Request('https://a.invalid/orders', { method: 'POST', headers, body: BODY });
    expect((await serverOf(contract, { secret: 's' }).fetch(sent)).status).toBe(status);
  });
});
