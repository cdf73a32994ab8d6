import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Server } from '@countersign/runtime/server';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';

type Result = {
  readonly data?: unknown;
  readonly error?: { readonly kind: string; readonly message: string; readonly body?: unknown };
  readonly issues?: readonly { readonly pointer: string; readonly message: string }[];
  readonly headers?: object;
};
type Calls = Readonly<Record<string, (input?: unknown) => Promise<Result> & { withResponse(): Promise<Result> }>>;

const MODES = ['bigint', 'string'] as const;
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'countersign-int64-'));
const seen: unknown[] = [];
const servers = new Map<string, Listening>();
const clients = new Map<string, (options: object) => Calls>();
let wire: HttpServer;
let wireBody = '';
let wireStatus = 200;
const wireSeen: { body: string; url: string }[] = [];

const pascal = (mode: string) => (mode === 'bigint' ? 'Bigint' : 'String');
const load = (mode: string, name: string) =>
  import(pathToFileURL(join(folder, `generated/of-${mode}/src/${name}.ts`)).href);

beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const mode of MODES) {
    mkdirSync(join(folder, `specs/of-${mode}`), { recursive: true });
    cpSync(join(root, 'test/fixtures/int64/openapi.json'), join(folder, `specs/of-${mode}/openapi.json`));
  }
  const providers = Object.fromEntries(
    MODES.map((int64) => [`of-${int64}`, { lint: 'essential' as const, hooks: true, int64 }]),
  );
  await generate({ ...openWorkspace(folder, { providers }), cache: join(folder, 'cache') });
  for (const mode of MODES) {
    const create = (await load(mode, 'server'))[`createOf${pascal(mode)}Server`] as (options: object) => Server;
    const echo = ({ body }: { body: unknown }) => {
      seen.push(body);
      return { data: body };
    };
    const server = create({
      handlers: {
        getAccount: (input: { path: { id: unknown }; query: unknown; headers: unknown }) => {
          seen.push(input);
          return { data: { id: input.path.id, balance: input.path.id } };
        },
        putAccount: echo,
        putLatest: ({ body }: { body: unknown }) => ({
          data: body,
          headers: { 'X-Last': mapped(mode, BIG), 'X-All': mapped(mode, [1n, BIG]) },
        }),
        putForm: echo,
        putXml: echo,
        putRows: async ({ body }: { body: AsyncIterable<unknown> }) => {
          const rows = [];
          for await (const row of body) rows.push(row);
          seen.push(rows);
          return { data: rows };
        },
      },
    });
    servers.set(mode, await listen(server));
    clients.set(mode, (await load(mode, 'index'))[`createOf${pascal(mode)}Client`]);
  }
  wire = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      wireSeen.push({ body: Buffer.concat(chunks).toString(), url: request.url ?? '' });
      response.writeHead(wireStatus, { 'content-type': 'application/json' }).end(wireBody);
    });
  });
  await new Promise<void>((done) => wire.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  for (const server of servers.values()) await server.close();
  wire?.close();
  rmSync(folder, { recursive: true, force: true });
});

const options = { validation: { input: 'throw', responses: 'throw' }, environment: {} };
const clientOf = (mode: string, more: object = {}) =>
  clients.get(mode)?.({ ...options, baseUrl: servers.get(mode)?.url, ...more }) as Calls;
const wireOf = (mode: string, more: object = {}) =>
  clientOf(mode, { ...more, baseUrl: `http://127.0.0.1:${(wire.address() as AddressInfo).port}` });

/** The value with its integers in the form of the mode. */
const held = (mode: string, value: unknown): unknown =>
  mode === 'bigint' || typeof value === 'object' ? mapped(mode, value) : value;
const mapped = (mode: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return mode === 'bigint' ? value : String(value);
  if (Array.isArray(value)) return value.map((item) => mapped(mode, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapped(mode, member)]));
};

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);
const BIG = 9007199254740993n;

it('the package compiles', () => {
  writeFileSync(
    join(folder, 'use.ts'),
    `import type { PutAccountData as B } from './generated/of-bigint/src/index.ts';
import type { PutAccountData as S } from './generated/of-string/src/index.ts';
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const equal: [
  Equal<B['id'], bigint>, Equal<S['id'], string>, Equal<NonNullable<B['history']>[number]['at'], bigint>,
  Equal<NonNullable<S['byName']>[string], string>, Equal<B['count'], number | undefined>, Equal<NonNullable<B['level']>, 1 | 2 | 3>,
  Equal<NonNullable<B['either']>, string | bigint>, Equal<B['parent'], bigint | null | undefined>,
] = [true, true, true, true, true, true, true, true];
`,
  );
  const config = {
    extends: join(root, 'tsconfig.json'),
    include: ['generated', 'use.ts'],
    exclude: ['node_modules'],
    compilerOptions: { paths: {} },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), '--noEmit', '-p', folder]);
  expect(String(tsc.stdout)).toBe('');
});

/** Written with bigints. Each mode has its own form. */
const ACCOUNTS: readonly (readonly [what: string, account: Record<string, unknown>])[] = [
  ['small ones', { id: 1n, balance: 0n }],
  ['the largest and the smallest', { id: MAX, balance: MIN }],
  ['one that JavaScript rounds', { id: BIG, balance: -BIG }],
  ['in a list', { id: 1n, balance: 1n, history: [{ at: BIG }, { at: 2n }] }],
  ['in a map', { id: 1n, balance: 1n, byName: { a: BIG, b: 1n, constructor: 3n } }],
  ['in a tree', { id: 1n, balance: 1n, tree: { id: BIG, children: [{ id: 2n, children: [{ id: MAX }] }] } }],
  ['in a tuple', { id: 1n, balance: 1n, pair: [BIG, 'x'] }],
  ['in a union with a discriminator', { id: 1n, balance: 1n, owner: { kind: 'person', ssn: BIG } }],
  ['beside an id that is text', { id: 1n, balance: 1n, owner: { kind: 'company', ssn: '9007199254740993' } }],
  ['in a union of types', { id: 1n, balance: 1n, either: BIG }],
  ['text in a union of types', { id: 1n, balance: 1n, either: 'x1' }],
  ['null', { id: 1n, balance: 1n, parent: null }],
  ['beside null', { id: 1n, balance: 1n, parent: BIG }],
  ['listed', { id: 1n, balance: 1n, level: 2 }],
  ['in an extension', { id: 1n, balance: 1n, extended: { id: BIG, more: BIG } }],
  ['beside other keywords', { id: 1n, balance: 1n, odd: BIG }],
  ['beside plain numbers', { id: 1n, balance: 1n, count: 5, rate: 0.5, free: { a: 1 } }],
];

describe.each(MODES)('int64: %s', (mode) => {
  it.each(ACCOUNTS)('reaches a handler and returns: %s', async (_, account) => {
    const body = held(mode, account) as Record<string, unknown>;
    const result = await clientOf(mode).putAccount?.({ body }).withResponse();
    expect(result?.error).toBeUndefined();
    expect(seen.at(-1)).toEqual({ ...body, limit: mapped(mode, 100n), start: { at: mapped(mode, 9n) } });
    expect(result?.data).toMatchObject(body);
  });

  it.each(ACCOUNTS)('is a JSON number: %s', async (_, account) => {
    const text = JSON.stringify(account, (__, value) => (typeof value === 'bigint' ? `@${value}` : value)).replace(
      /"@(-?\d+)"/g,
      '$1',
    );
    wireBody = text;
    const result = await wireOf(mode)
      .putAccount?.({ body: held(mode, account) })
      .withResponse();
    expect(result?.error).toBeUndefined();
    expect(wireSeen.at(-1)?.body).toBe(text);
    expect(result?.data).toEqual(held(mode, account));
  });

  it('converts without validation', async () => {
    wireBody = `{"id":${BIG},"balance":1}`;
    const client = wireOf(mode, { validation: { input: 'off', responses: 'off' } });
    expect((await client.putAccount?.({ body: held(mode, { id: BIG, balance: 1n }) }))?.data).toEqual(
      held(mode, { id: BIG, balance: 1n }),
    );
  });

  it.each<[text: string, at: string]>([
    [`{"id":1,"balance":${MAX + 1n}}`, '/balance'],
    ['{"id":0,"balance":1}', '/id'],
    ['{"id":1,"balance":0.5}', '/balance'],
    ['{"id":1,"balance":true}', '/balance'],
    [`{"id":1,"balance":1,"count":${BIG}}`, '/count'],
    [`{"id":1,"balance":1,"free":{"a":[${BIG}]}}`, '/free/a/0'],
    [`{"id":1,"balance":1,"history":[{"at":1e300}]}`, '/history/0/at'],
    [`{"id":1,"balance":1,"parent":[1]}`, '/parent'],
  ])('reports %s at %s', async (text, at) => {
    wireBody = text;
    const result = await wireOf(mode, { validation: { responses: 'warn' }, logger: {} })
      .putAccount?.({ body: held(mode, { id: 1n, balance: 1n }) })
      .withResponse();
    expect(result?.issues?.map(({ pointer }) => pointer)).toEqual([at]);
    const response = await fetch(`${servers.get(mode)?.url}/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(at)]);
  });

  it('converts parameters', async () => {
    const result = await clientOf(mode).getAccount?.({
      path: held(mode, { id: BIG }),
      query: held(mode, { after: [1n, BIG] }),
    });
    expect(result?.data).toMatchObject(held(mode, { id: BIG, balance: BIG }) as object);
    expect(seen.at(-1)).toEqual({
      path: held(mode, { id: BIG }),
      query: held(mode, { after: [1n, BIG] }),
      headers: held(mode, { 'X-Trace': 7n }),
    });
  });

  it('converts the body of a declared error', async () => {
    wireStatus = 404;
    wireBody = `{"id":${BIG}}`;
    const result = await wireOf(mode).getAccount?.({ path: held(mode, { id: 1n }) });
    wireStatus = 200;
    expect(result?.error?.body).toEqual(held(mode, { id: BIG }));
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data'])('converts %s', async (contentType) => {
    const body = held(mode, { id: BIG, ids: [BIG, 1n], row: { id: BIG } });
    const result = await clientOf(mode).putForm?.({ body, contentType });
    expect([result?.error?.message, seen.at(-1)]).toEqual([undefined, body]);
    expect(result?.data).toEqual(body);
  });

  it('converts rows of a stream', async () => {
    const rows = held(mode, [{ id: BIG }, { id: 1n, note: 'x' }]) as unknown[];
    const result = await clientOf(mode).putRows?.({ body: rows });
    const read = [];
    for await (const row of (result?.data ?? []) as AsyncIterable<unknown>) read.push(row);
    expect([result?.error?.message, seen.at(-1), read]).toEqual([undefined, rows, rows]);
  });

  it('converts XML', async () => {
    const body = held(mode, { id: BIG, note: 'x' });
    const result = await clientOf(mode).putXml?.({ body });
    expect([result?.error?.message, seen.at(-1), result?.data]).toEqual([undefined, body, body]);
  });

  it('gives hooks a key that JSON can represent', async () => {
    const { getGetAccountQueryKey: keyOf } = await load(mode, 'react');
    const key = keyOf({ path: held(mode, { id: BIG }) });
    expect(JSON.stringify(key)).toContain('9007199254740993');
    expect(keyOf({ path: held(mode, { id: BIG }) })).toEqual(key);
    expect(keyOf()).toEqual(['POST', expect.any(String), undefined]);
  });

  it.each<[what: string, body: Record<string, unknown>]>([
    ['alone', { alone: BIG }],
    ['in a part', { part: BIG }],
    ['in objects', { objects: { id: BIG } }],
    ['in a list', { items: [BIG, 'x'] }],
    ['between bounds', { bounds: 12n }],
    ['in a map', { map: { a: BIG, b: null } }],
    ['text beside it', { part: 'x', alone: 'y', objects: { id: 'z' } }],
  ])('selects an alternative: %s', async (_, body) => {
    const result = await clientOf(mode)
      .putLatest?.({ body: held(mode, body) })
      .withResponse();
    expect([result?.error?.message, result?.data]).toEqual([undefined, held(mode, body)]);
  });

  it('converts headers of a response', async () => {
    const result = await clientOf(mode).putLatest?.({ body: {} }).withResponse();
    expect([result?.error?.message, result?.headers]).toEqual([
      undefined,
      { 'X-Last': mapped(mode, BIG), 'X-All': mapped(mode, [1n, BIG]) },
    ]);
  });

  it('is a JSON number in MSW responses', async () => {
    const { getPutAccountMockHandler: handlerOf, getPutAccountResponseMock: mockOf } = await load(mode, 'msw');
    const account = held(mode, { id: BIG, balance: 1n });
    const { response } = await handlerOf(account).run({
      request: new Request('https://ledger.example/accounts', { method: 'POST' }),
      requestId: '1',
    });
    expect(await response.text()).toBe(`{"id":${BIG},"balance":1}`);
    expect(typeof mockOf().balance).toBe(mode);
  });

  it.each(['list', 'stream'])('is a JSON number in each row of a %s in MSW responses', async (kind) => {
    const { getPutRowsMockHandler: handlerOf } = await load(mode, 'msw');
    const rows = [held(mode, { id: BIG }), held(mode, { id: 2n })];
    const given =
      kind === 'list'
        ? rows
        : (async function* () {
            yield* rows;
          })();
    const { response } = await handlerOf(given).run({
      request: new Request('https://ledger.example/rows', { method: 'POST' }),
      requestId: '1',
    });
    expect(await response.text()).toBe(`{"id":${BIG}}\n{"id":2}\n`);
  });

  it('rejects a JavaScript number', async () => {
    const result = await clientOf(mode).putAccount?.({ body: { id: 5, balance: 1 } });
    expect(result?.error?.kind).toBe('validation');
  });
});
