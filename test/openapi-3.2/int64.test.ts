import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Listening, listen } from '@countersign/runtime/server/node';
import type { RequestHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import type { AnyClient } from './table.ts';

const row = { type: 'object', required: ['id'], properties: { id: { type: 'integer', format: 'int64' } } };
const json = { contentType: 'application/json' };
const BIG = '9007199254740993';

/** By operation: media type, Media Type Object, and a list of items with this integer. */
const CONTENTS: { readonly [id: string]: readonly [string, object, (big: unknown) => readonly unknown[]] } = {
  lines: ['application/jsonl', { itemSchema: row }, (id) => [{ id }, { id }]],
  events: [
    'text/event-stream',
    {
      itemSchema: {
        type: 'object',
        required: ['data'],
        properties: {
          data: { type: 'string', contentMediaType: 'application/json', contentSchema: row },
          event: { type: 'string' },
        },
      },
    },
    (id) => [{ event: 'a', data: { id } }, { data: { id } }],
  ],
  parts: ['multipart/mixed', { itemSchema: row, itemEncoding: json }, (id) => [{ id }, { id }]],
  list: [
    'multipart/mixed',
    {
      schema: { type: 'array', prefixItems: [row, { type: 'string' }], items: false, minItems: 2 },
      prefixEncoding: [json, {}],
    },
    (id) => [{ id }, 'x'],
  ],
  nested: [
    'multipart/mixed',
    {
      itemSchema: { type: 'object', required: ['row'], properties: { row } },
      itemEncoding: { contentType: 'multipart/form-data', encoding: { row: json } },
    },
    (id) => [{ row: { id } }],
  ],
};
const content = (id: string) => {
  const [mediaType = '', media = {}] = CONTENTS[id] ?? [];
  return { [mediaType]: media };
};
const document = {
  openapi: '3.2.0',
  info: { title: 'Ledger', version: '1' },
  servers: [{ url: 'https://ledger.example' }],
  paths: Object.fromEntries(
    Object.keys(CONTENTS).map((id) => [
      `/${id}`,
      {
        post: {
          operationId: id,
          requestBody: { required: true, content: content(id) },
          responses: { 200: { description: 'ok', content: content(id) } },
        },
      },
    ]),
  ),
};

async function listOf(items: unknown): Promise<readonly unknown[]> {
  const list: unknown[] = [];
  for await (const item of items as AsyncIterable<unknown>) list.push(item);
  return list;
}

describe.each(['string', 'bigint'] as const)('int64: %s', (int64) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-3-2-int64-'));
  const load = (name: string) =>
    import(/* @vite-ignore */ pathToFileURL(join(folder, `generated/ledger/src/${name}.ts`)).href);
  const big = int64 === 'string' ? BIG : BigInt(BIG);
  const seen: unknown[] = [];
  const msw = setupServer();
  let listening: Listening;
  let clientOf: (options: object) => AnyClient;
  let handlers: { readonly [name: string]: (value?: unknown) => RequestHandler };

  beforeAll(async () => {
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'specs/ledger'), { recursive: true });
    writeFileSync(join(folder, 'specs/ledger/openapi.json'), JSON.stringify(document));
    const providers = { ledger: { lint: 'essential' as const, hooks: true, int64 } };
    await generate({ ...openWorkspace(folder, { providers }), cache: join(folder, 'cache') });
    const echo = async ({ body }: { body: unknown }) => {
      const list = await listOf(body);
      seen.push(list);
      return { data: list };
    };
    const { createLedgerServer } = await load('server');
    const server = createLedgerServer({
      logger: {},
      handlers: Object.fromEntries(Object.keys(CONTENTS).map((id) => [id, echo])),
    });
    listening = await listen(server, { shutdownTimeout: 100 });
    clientOf = (await load('index')).createLedgerClient;
    handlers = await load('msw');
  }, 120_000);
  afterAll(async () => {
    msw.close();
    await listening.close();
    rmSync(folder, { recursive: true });
  });

  const rows = Object.entries(CONTENTS).map(([id, [, , itemsOf]]) => [id, itemsOf(big)] as const);

  test.each(rows)('%s keep every digit from client to server and back', async (id, items) => {
    const { data, error } = (await clientOf({ baseUrl: listening.url, logger: {} })[id]?.({ body: items })) ?? {};
    expect(error).toBeUndefined();
    expect(await listOf(data)).toEqual(items);
    expect(seen.pop()).toEqual(items);
  });

  test.each(rows)('%s in MSW responses are numbers with every digit', async (id, items) => {
    msw.listen({ onUnhandledRequest: 'error' });
    msw.use(handlers[`get${id.charAt(0).toUpperCase()}${id.slice(1)}MockHandler`]?.(items) as RequestHandler);
    const url = 'https://ledger.example';
    expect(await (await fetch(`${url}/${id}`, { method: 'POST' })).text()).toContain(`"id":${BIG}}`);
    const { data } = (await clientOf({ baseUrl: url, logger: {} })[id]?.({ body: items })) ?? {};
    expect(await listOf(data)).toEqual(items);
    msw.close();
  });
});
