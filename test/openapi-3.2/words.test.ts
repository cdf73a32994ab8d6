/** Every field of OpenAPI 3.2 at every stage: an empty cell does not compile, and a wrong one fails. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGateway } from '@countersign/runtime/mock';
import type { Server } from '@countersign/runtime/server';
import { listen } from '@countersign/runtime/server/node';
import type { RequestHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { prepareDocument } from '../../scripts/commands/docs/prepare-document.ts';
import { withExamples } from '../../scripts/commands/docs/with-examples.ts';
import { emitMsw } from '../../scripts/emit/msw/emit-msw.ts';
import type { Api } from '../../scripts/model/types.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { loadPackage } from '../emit/load-package.ts';
import { acceptDocument, makeFiles } from '../hostile/pipeline.ts';
import { providerOf } from '../mock/provider-of.ts';
import { callAll, documentOf, handlers, mocked, want } from './everything.ts';
import { type AnyClient, whole } from './table.ts';
import { STAGES, type Stubbed, WORDS } from './words.ts';

type Results = Readonly<Record<string, unknown>>;

const plain: { readonly $self?: string } = whole(documentOf({ type: 'string' }));
const root = mkdtempSync(join(tmpdir(), 'countersign-3-2-words-'));
const folderOf = (name: string): string => {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  return folder;
};
const closing: (() => unknown)[] = [];
/** Requests and responses as text, by operation. */
const wire: Record<string, { request: string; response: string }> = {};
let api: Api;
let stubbed: Stubbed;
let atServer: Results;
let atMock: Results;
let atMsw: Results;
let page = '';
/** Locations of the diagnostics of lint if the document declares 3.1. */
let early: readonly string[];
let compileErrors: readonly string[];

async function apiOf(name: string, document: object): Promise<Api> {
  const outcome = await acceptDocument(join(folderOf(name), 'openapi.json'), document);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
  return outcome.api;
}

/** Locations of the errors of lint. */
async function findings(name: string, document: object): Promise<readonly string[]> {
  const outcome = await acceptDocument(join(folderOf(name), 'openapi.json'), document, 'strict');
  return outcome.kind === 'refused' ? outcome.diagnostics.flatMap(({ pointer }) => pointer ?? []) : [];
}

/** The document with another value at a pointer; undefined removes it. */
function changedAt(pointer: string, value: unknown): object {
  const copy = structuredClone(plain);
  // References name it.
  if (pointer === '/$self') return JSON.parse(JSON.stringify(copy).replaceAll(`${copy.$self}`, `${value}`));
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop() ?? '';
  const holder = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy);
  expect(holder, pointer).toHaveProperty([last]);
  if (value === undefined) delete (holder as Record<string, unknown>)[last];
  else (holder as Record<string, unknown>)[last] = value;
  return copy;
}

/** The operation that is called. */
let current = '';
/** The same client, which records the operation that it calls. */
const announced = (client: AnyClient): AnyClient =>
  new Proxy(client, {
    get: (_, name: string) => (input?: object, options?: object) => {
      current = name;
      return client[name]?.(input, options);
    },
  });
/** The same server, which records requests and responses by operation. */
const recorded = (server: Pick<Server, 'fetch'>): Pick<Server, 'fetch'> => ({
  async fetch(request, environment) {
    const { method, url, headers } = request;
    const body = ['GET', 'HEAD'].includes(method) ? undefined : await request.arrayBuffer();
    const response = await server.fetch(new Request(url, { method, headers, body: body ?? null }), environment);
    const bytes = await response.arrayBuffer();
    const head = [`${method} ${url}`, ...[...headers].map((pair) => pair.join(': '))].join('\n');
    const text = (given: ArrayBuffer | undefined): string => new TextDecoder().decode(given);
    wire[current] = { request: `${head}\n\n${text(body)}`, response: text(bytes) };
    return new Response(bytes, response);
  },
});

beforeAll(async () => {
  api = await apiOf('api', plain);
  const { createServer, createClient } = await loadPackage<AnyClient>(folderOf('package'), plain);
  const server = createServer({ handlers, logger: {}, security: { oauth: ['a-token'] } });
  const listening = await listen(recorded(server), { shutdownTimeout: 100 });
  const provider = await providerOf(plain, 'hostile');
  const gateway = createGateway({ providers: [{ name: 'hostile', load: async () => provider }] });
  const mock = await listen(gateway, { shutdownTimeout: 100 });
  closing.push(listening.close, mock.close);
  const options = { logger: {}, environment: {}, retry: false };
  const own = announced(createClient({ ...options, baseUrl: listening.url }));
  atServer = (await callAll(own)) as Results;
  atMock = (await callAll(createClient({ ...options, baseUrl: `${mock.url}/hostile` }))) as Results;
  stubbed = (body, type) =>
    createClient({ ...options, fetch: async () => new Response(body, { headers: { 'content-type': type } }) });

  for (const { path, text } of await emitMsw(api)) writeFileSync(join(root, 'package', path), text);
  const module: Readonly<Record<string, () => RequestHandler[]>> = await import(
    /* @vite-ignore */ pathToFileURL(join(root, 'package/src/msw.ts')).href
  );
  const msw = setupServer(...(module.getHostileHandlers?.() ?? []));
  msw.listen({ onUnhandledRequest: 'bypass' });
  atMsw = (await callAll(createClient({ ...options }))) as Results;
  msw.close();

  page = JSON.stringify(prepareDocument(withExamples(api)));
  early = await findings('early', { ...plain, openapi: '3.1.1' });
  const uses = Object.values(WORDS).map(({ types }, index) => ({
    path: `src/use-${index}.ts`,
    text: `import { createHostileClient } from './index.ts';\n\nconst client = createHostileClient({});\nexport async function use() {\n${types === 'same' ? '' : types}\nreturn client;\n}\n`,
  }));
  compileErrors = checkPackages(join(root, 'compiled'), { all: [...(await makeFiles(api)), ...uses] });
}, 120_000);
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(root, { recursive: true });
});

const FILES = { types: ['src/types.ts', 'src/client.ts'], validators: ['src/validators.ts'] } as const;

describe.each(Object.entries(WORDS))('%s', (name, word) => {
  const { at, operations } = word;
  const index = Object.keys(WORDS).indexOf(name);
  const given = (results: Results): Results => Object.fromEntries(operations.map((id) => [id, results[id]]));
  const changed = () => apiOf(`changed-${index}`, changedAt(at, word.changed));
  /** The stage writes the same files for a different value of the field. */
  const expectSame = async (files: readonly string[]): Promise<void> => {
    const [one, other] = await Promise.all([makeFiles(api), makeFiles(await changed())]);
    const text = (list: Awaited<ReturnType<typeof makeFiles>>) =>
      list.filter(({ path }) => files.includes(path)).map((file) => file.text);
    expect(text(one)).toHaveLength(files.length);
    expect(text(one)).toEqual(text(other));
  };
  const cells: Readonly<Record<(typeof STAGES)[number], () => void | Promise<void>>> = {
    lint: async () => {
      const { at: place, value } = word.wrong ?? { at, value: undefined };
      const found = word.wrong ? await findings(`wrong-${index}`, changedAt(place, value)) : early;
      const isAt = (one: string): boolean =>
        `${one}/`.startsWith(`${place}/`) || place === `${one}/${place.split('/').at(-1)}`;
      expect(found.filter((one) => one !== '' && isAt(one))).not.toEqual([]);
    },
    types: async () => {
      if (word.types === 'same') return expectSame(FILES.types);
      expect(compileErrors.filter((line) => line.includes(`use-${index}.ts`))).toEqual([]);
    },
    validators: async () => {
      if (word.validators === 'same') return expectSame(FILES.validators);
      expect(await word.validators(stubbed)).toBe('validation');
    },
    client: () => expect(operations.map((id) => wire[id]?.request).join('\n\n')).toMatch(word.client),
    server: () => {
      expect(given(atServer)).toEqual(given(want));
      expect(operations.map((id) => wire[id]?.response).join('\n\n')).toMatch(word.server);
    },
    mock: () => expect(given(atMock)).toEqual(given(mocked)),
    msw: () => expect(given(atMsw)).toEqual(given(mocked)),
    docs: () => expect(page).toMatch(word.docs),
    diff: async () => {
      const [old, now] = [api, await changed()].map((one) =>
        readContract(JSON.parse(JSON.stringify(one.document)), 'hostile'),
      );
      if (!old || !now) throw new Error('a version is missing');
      const said = compareContracts(old, now, 'caller').map(({ operation = '', text }) => `${operation}: ${text}`);
      if (word.diff === 'nothing') expect(said).toEqual([]);
      else expect(said.join('\n')).toMatch(word.diff);
    },
  };
  test.each(STAGES)('%s', (stage) => cells[stage]());
});
