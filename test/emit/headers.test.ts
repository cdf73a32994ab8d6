import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPackage } from './load-package.ts';

type Headers = { readonly [name: string]: unknown };
type Result = { readonly data?: unknown; readonly error?: { readonly kind: string; readonly message: string } };
type Client = { readonly count: (input: { readonly headers?: Headers }) => Promise<Result> };

const folder = mkdtempSync(join(tmpdir(), 'countersign-headers-'));
let listening: Listening;
let client: Client;
/** The headers that the handler received. */
let seen: Headers | undefined;

const header = (name: string, required: boolean, schema: object) => ({ name, in: 'header', required, schema });
const document = {
  openapi: '3.1.0',
  info: { title: 'Hostile', version: '1' },
  servers: [{ url: 'https://provider.example' }],
  paths: {
    '/count': {
      get: {
        operationId: 'count',
        parameters: [
          header('X-Request-Id', true, { type: 'string', minLength: 2 }),
          header('X-Count', false, { type: 'integer', minimum: 1 }),
        ],
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } },
      },
    },
  },
};

beforeAll(async () => {
  const { createServer, createClient } = await loadPackage<Client>(folder, document);
  const count = ({ headers }: { readonly headers: Headers }) => {
    seen = headers;
    return { data: {} };
  };
  listening = await listen(createServer({ handlers: { count } }));
  client = createClient({ baseUrl: listening.url });
});
afterAll(async () => {
  await listening?.close();
  rmSync(folder, { recursive: true });
});

const good: readonly (readonly [name: string, headers: Headers, want: Headers])[] = [
  ['declared', { 'X-Request-Id': 'r1', 'X-Count': 3 }, { 'X-Request-Id': 'r1', 'X-Count': 3 }],
  ['lower-case', { 'x-request-id': 'r1', 'x-count': 3 }, { 'X-Request-Id': 'r1', 'X-Count': 3 }],
  ['only the required header', { 'X-Request-Id': 'r1' }, { 'X-Request-Id': 'r1' }],
];
test.each(good)('the handler receives headers as declared and typed: %s', async (_, headers, want) => {
  const { error } = await client.count({ headers });
  expect(error).toBeUndefined();
  expect(seen).toEqual(want);
});

const bad: readonly (readonly [name: string, headers: Headers, pointer: string])[] = [
  ['without the required header', { 'X-Count': 3 }, '/headers/X-Request-Id'],
  ['too short', { 'X-Request-Id': 'r' }, '/headers/X-Request-Id'],
  ['of the wrong type', { 'X-Request-Id': 'r1', 'X-Count': 'three' }, '/headers/X-Count'],
];
test.each(bad)('the client rejects headers: %s', async (_, headers, pointer) => {
  await expect(client.count({ headers }).then(({ error }) => error)).resolves.toMatchObject({
    kind: 'validation',
    issues: [{ pointer }],
  });
});

const sent: readonly (readonly [headers: Record<string, string>, status: number])[] = [
  [{ 'X-REQUEST-ID': 'r1', 'x-count': '3' }, 200],
  [{ 'x-count': '3' }, 400],
  [{ 'x-request-id': 'r1', 'x-count': '0' }, 400],
  [{ 'x-request-id': 'r1', 'x-count': 'three' }, 400],
];
test.each(sent)('the server responds to %j with %i', async (headers, status) => {
  expect((await fetch(`${listening.url}/count`, { headers })).status).toBe(status);
});
