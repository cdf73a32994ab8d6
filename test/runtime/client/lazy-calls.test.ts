import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isAbortError, isConfigurationError } from '../../../runtime/client/index.ts';
import type { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'countersign-chunks-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let server: TestServer;
/** Chunks as a bundler writes them, and the one with the code of calls. */
let folder: string;
let chunk: string;

beforeAll(() =>
  build({
    entryPoints: { client: path.join(import.meta.dirname, 'fixtures.ts') },
    outdir: path.join(scratch, 'built'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  }),
);
beforeEach(async () => {
  server = await serve((_, response) => json(response, { coin: 1 }));
  // Each test has separate modules.
  folder = mkdtempSync(path.join(scratch, 'test-'));
  cpSync(path.join(scratch, 'built'), folder, { recursive: true });
  const name = readdirSync(folder).find((file) => file.startsWith('perform-'));
  chunk = path.join(folder, name ?? 'there is no such chunk');
});
afterEach(() => server.close());

/** A client as an application bundles it. */
async function start(): Promise<ReturnType<typeof clientOf>> {
  const fixtures: typeof import('./fixtures.ts') = await import(
    /* @vite-ignore */ pathToFileURL(path.join(folder, 'client.mjs')).href
  );
  return fixtures.clientOf({}, { baseUrl: server.url, logger: {} });
}

test('the first call loads the code of calls', async () => {
  const client = await start();
  const calls = await Promise.all([client.op(), client.op()]);
  expect(calls).toEqual([{ data: { coin: 1 } }, { data: { coin: 1 } }]);
  expect(readFileSync(chunk, 'utf8')).toContain('/openapi-fetch/');
});

test('if that code does not load, the call fails before anything is sent', async () => {
  rmSync(chunk);
  const client = await start();
  const { error, attempts, response } = await client.op().withResponse();
  expect(isConfigurationError(error) && error.message).toMatch(
    /^sample: op: the module that sends calls cannot be loaded: .*perform-/,
  );
  expect([attempts, response, server.received.length]).toEqual([0, undefined, 0]);
  await expect(client.op().orThrow()).rejects.toThrow('cannot be loaded');
});

test('a call waits for that code no longer than its deadline', async () => {
  writeFileSync(chunk, 'await new Promise(() => {});\nexport const perform = undefined;\n');
  const client = await start();
  const { error } = await client.op({}, { signal: AbortSignal.timeout(20) });
  expect(isAbortError(error)).toBe(true);
  expect((await client.op({}, { timeout: { call: 20 } })).error?.kind).toBe('timeout');
  expect(server.received.length).toBe(0);
});
