import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { HttpHandler } from 'msw';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationDescriptor } from '../../runtime/contract/index.ts';
import { matches, respond } from '../../runtime/msw/index.ts';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { specFile } from '../../scripts/config/workspace.ts';
import { emitHooks } from '../../scripts/emit/hooks/emit-hooks.ts';
import { emitMsw } from '../../scripts/emit/msw/emit-msw.ts';
import { emitOperations } from '../../scripts/emit/operations/emit-operations.ts';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api } from '../../scripts/model/types.ts';
import { loadProvider, PROVIDERS, workspace } from '../mock/support.ts';
import { apiOf as fixtureOf } from '../validators/fixture.ts';

const BARE: Omit<OperationDescriptor, 'id' | 'path'> = {
  method: 'GET',
  parameters: [],
  responses: [],
  security: [],
  codes: [],
  enveloped: false,
  retry: 'safe',
};

const apiOf = async (name: string): Promise<Api> =>
  buildApi(expandDocument(await bundleSpec(await loadSpec(specFile(workspace, name)))), name);
const emitFrontend = async (api: Api) => [...(await emitHooks(api)), ...(await emitMsw(api))];
const filesOf = async (api: Api) => Object.fromEntries((await emitFrontend(api)).map(({ path, text }) => [path, text]));

describe('hooks', () => {
  it.each(PROVIDERS)('%s has a hook and a handler for each operation', async (name) => {
    const api = await apiOf(name);
    const files = await filesOf(api);
    expect(Object.keys(files)).toEqual(['src/react-client.ts', 'src/react.ts', 'src/msw.ts']);
    for (const { identifier } of api.operations) {
      const hook = identifier.charAt(0).toUpperCase() + identifier.slice(1);
      expect(files['src/react.ts']).toMatch(new RegExp(`export (function|const) use${hook}\\b`));
      expect(files['src/msw.ts']).toContain(`operations['${identifier}']`);
    }
    expect(files['src/msw.ts']).not.toContain('@@');
    for (const path of ['src/react.ts', 'src/react-client.ts']) expect(files[path]).toMatch(/^'use client';/);
  });

  const kinds: readonly (readonly [string, string, 'useQuery' | 'useMutation'])[] = [
    ['dicey-fun', 'GetGameList', 'useQuery'],
    ['dicey-fun', 'SetPlayerWallet', 'useMutation'],
    ['dicey-fun', 'AuthToken', 'useMutation'],
    ['dailyplay', 'ValidateSession', 'useQuery'],
    ['dailyplay', 'ConsumeSession', 'useMutation'],
    ['plattr', 'GetData', 'useQuery'],
    ['plattr', 'ApplyReward', 'useMutation'],
    ['hive', 'PushSuspensions', 'useMutation'],
  ];
  it.each(kinds)('%s %s is a %s', async (name, hook, kind) => {
    const text = (await filesOf(await apiOf(name)))['src/react.ts'] ?? '';
    const ends = kind === 'useQuery' ? 'QueryOptions' : 'MutationOptions';
    const other = kind === 'useQuery' ? 'MutationOptions' : 'QueryOptions';
    expect(text).toContain(`use${hook}${ends} =`);
    expect(text).not.toContain(`use${hook}${other} =`);
  });

  it('writes text from a spec only into comments, and examples as literals', async () => {
    const api = await apiOf('dicey-fun');
    const evil = `*/ \${globalThis.pwned = 1} \`'"\n</script>`;
    const hostile: Api = {
      ...api,
      summary: evil,
      description: evil,
      descriptor: { ...api.descriptor, title: evil },
      document: { ...api.document, info: { title: evil, version: evil } },
      operations: api.operations.map((operation) => ({
        ...operation,
        summary: evil,
        description: evil,
        tags: [evil],
        responses: operation.responses.map((response) => ({
          ...response,
          content: response.content.map((content) => ({
            ...content,
            examples: new Map([[evil, { code: 200, evil }]]),
          })),
        })),
      })),
    };
    const files = await filesOf(hostile);
    // If a text of the spec could end a comment, the rest of it would be code.
    const withoutComments = (path: string) => (files[path] ?? '').replace(/\/\*[\s\S]*?\*\//g, '');
    expect(withoutComments('src/react.ts')).not.toContain('pwned');
    expect(withoutComments('src/react-client.ts')).not.toContain('pwned');
    const msw = withoutComments('src/msw.ts');
    const places = msw.split('pwned').length - 1;
    const literals = msw.split(`evil: '*/ \${globalThis.pwned = 1} \`\\'"\\n\\u003c/script>'`).length - 1;
    expect(places).toBe(literals);
    expect(literals).toBe(api.operations.length);
  });
});

describe('the dependencies of the packages', () => {
  const PEERS = ['@tanstack/react-query', 'msw', 'react'];
  it.each(PROVIDERS)('%s depends on neither React, TanStack Query nor MSW', async (name) => {
    const read = (path: string) => readFile(join(workspace.generated, name, path), 'utf8');
    const manifest = JSON.parse(await read('package.json')) as Record<string, Readonly<Record<string, unknown>>>;
    expect(manifest.exports).toMatchObject({ './react': './src/react.ts', './msw': './src/msw.ts' });
    for (const peer of PEERS) {
      expect(manifest.peerDependencies?.[peer]).toBeTypeOf('string');
      expect(manifest.peerDependenciesMeta?.[peer]).toEqual({ optional: true });
      expect(manifest.dependencies?.[peer]).toBeUndefined();
    }
    const texts = await Promise.all(['react', 'react-client', 'msw'].map((file) => read(`src/${file}.ts`)));
    const imported = [...texts.join('\n').matchAll(/ from '([^'.][^']*)'/g)].map(([, from]) => from);
    expect(imported.length).toBeGreaterThan(3);
    // The runtime is bundled when a package is built.
    for (const from of imported)
      expect(PEERS.includes(from ?? '') || from?.startsWith('@countersign/runtime/')).toBe(true);
  });
});

describe('MSW handlers for any response', () => {
  const json = (schema: unknown, more: object = {}) => ({ 'application/json': { schema, ...more } });
  const thing = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  const answer = (status: number, content?: object) => ({
    responses: { [status]: { description: 'done', ...(content && { content }) } },
  });
  const paths = {
    '/things': {
      get: { operationId: 'getThing', ...answer(200, json(thing, { example: { a: 'x', undeclared: [1] } })) },
      put: { operationId: 'putThing', ...answer(200, json(thing)) },
      post: { operationId: 'postThing', ...answer(202) },
      delete: { operationId: 'deleteThing', ...answer(204) },
      query: { operationId: 'queryThing', ...answer(200, json(thing, { example: { a: 'found' } })) },
      additionalOperations: { COPY: { operationId: 'copyThing', ...answer(201) } },
      patch: { operationId: 'patchThing', responses: { default: { description: 'any', content: json(thing) } } },
    },
  };
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'countersign-msw-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    const api = fixtureOf({}, { paths });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const options = { extends: join(root, 'tsconfig.json'), compilerOptions: { noEmit: true, types: [], paths: {} } };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...options, include: ['src'] }));
    const needed = ['src/msw.ts', 'src/types.ts', 'src/operations.ts'];
    for (const { path, text } of [...(await emitFrontend(api)), ...emitTypes(api), ...emitOperations(api)])
      if (needed.includes(path)) writeFileSync(join(folder, path), text);
  });

  it('need only MSW, and compile', async () => {
    expect(await readFile(join(folder, 'src/msw.ts'), 'utf8')).not.toContain('faker');
    const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), '-p', folder]);
    expect(String(tsc.stdout)).toBe('');
    expect(tsc.status).toBe(0);
  });

  const table: readonly (readonly [handler: string, method: string, status: number, body: string])[] = [
    ['getGetThingMockHandler', 'GET', 200, '{"a":"x","undeclared":[1]}'],
    // Generated from the schema, which has no example.
    ['getPutThingMockHandler', 'PUT', 200, '{"a":"lima"}'],
    ['getPostThingMockHandler', 'POST', 202, ''],
    ['getDeleteThingMockHandler', 'DELETE', 204, ''],
    ['getQueryThingMockHandler', 'QUERY', 200, '{"a":"found"}'],
    ['getCopyThingMockHandler', 'COPY', 201, ''],
  ];
  it.each(['getQueryThingMockHandler', 'getCopyThingMockHandler'])('%s ignores other methods', async (name) => {
    const module = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'src/msw.ts')).href);
    const handler = (module as { readonly [name: string]: () => HttpHandler })[name]?.();
    for (const method of ['GET', 'POST', 'MOVE']) {
      const request = new Request('https://any.example/things', { method });
      expect((await handler?.run({ request, requestId: '1' }))?.response).toBeUndefined();
    }
  });
  it.each(table)('%s responds to %s with %i', async (name, method, status, body) => {
    const module = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'src/msw.ts')).href);
    const handler = (module as { readonly [name: string]: () => HttpHandler })[name]?.();
    const request = new Request('https://any.example/things', { method });
    const { response } = (await handler?.run({ request, requestId: '1' })) ?? {};
    expect(response?.status).toBe(status);
    expect(await response?.text()).toBe(body);
  });
});

describe('MSW handlers match requests like the provider', () => {
  const base = 'https://any.example/prefix';
  const table: readonly (readonly [string, string, string, boolean])[] = [
    ['dailyplay', 'consumeSession', '/api/org-api-keys?action=consume-session', true],
    ['dailyplay', 'consumeSession', '/api/org-api-keys?action=create-session', false],
    ['dailyplay', 'consumeSession', '/api/org-api-keys', false],
    ['dailyplay', 'listApiKeys', '/api/org-api-keys?org_id=1', true],
    ['dailyplay', 'listApiKeys', '/api/org-api-keys?org_id=1&action=x', false],
    ['dailyplay', 'createApiKey', '/api/org-api-keys', true],
    ['moonpacket', 'getRules', '/check', true],
    ['moonpacket', 'getRules', '/check?user_id=1', false],
    ['moonpacket', 'getUserAttributes', '/check?user_id=1', true],
    ['plattr', 'updateMail', '/v1/mails/update/7', true],
    ['plattr', 'updateMail', '/v1/mails/update/7/8', false],
    ['plattr', 'listMails', '/v1/mails', true],
    ['plattr', 'listMails', '/v1/mailsx', false],
  ];
  it.each(table)('%s %s %s: %s', async (name, id, path, want) => {
    const { api, operations } = await loadProvider(name);
    const contract = {
      operations: Object.fromEntries(operations.map(({ descriptor }) => [descriptor.id, descriptor])),
      baseUrl: api.baseUrl,
    };
    const operation = contract.operations[id];
    if (!operation) throw new Error(`There is no operation ${id}.`);
    expect(matches(operation, contract)({ request: new Request(base + path) })).toBe(want);
  });

  const paths = [
    '/orders',
    '/customers/{id}/orders',
    '/customers/{id}',
    '/customers/me',
    '/{org}/{repo}',
    '/files/{name}.json',
    '/{x}/b/{y}',
    '/{name}/b/{id}',
    '/v2/jobs/{id}:cancel',
    '/v2/jobs/{id}',
    '/v2/ผู้ใช้/{x}',
    '/v2/a b/c%20d',
    '/v2/a%2Fb/d',
  ];
  const operations: Record<string, OperationDescriptor> = Object.fromEntries(
    paths.map((path) => [path, { ...BARE, id: path, path }]),
  );
  it.each([
    ['https://api.example/v1/orders', '/orders'],
    ['https://api.example/orders', '/orders'],
    ['https://api.example/v1/customers/1/orders', '/customers/{id}/orders'],
    ['http://localhost/customers/1/orders', '/customers/{id}/orders'],
    ['https://api.example/v1/customers/me', '/customers/me'],
    ['https://api.example/v1/customers/me/orders', '/customers/{id}/orders'],
    ['https://api.example/v1/customers/you', '/customers/{id}'],
    ['https://api.example/v1/acme/site', '/{org}/{repo}'],
    ['https://api.example/v1/files/a.json', '/files/{name}.json'],
    ['https://api.example/v1/files/a.txt', '/{org}/{repo}'],
    ['https://api.example/v1/nothing', '/{org}/{repo}'],
    ['https://api.example/nothing', undefined],
    ['https://api.example/v1/ordersx', '/{org}/{repo}'],
    ['https://api.example/v2/jobs/7:cancel', '/v2/jobs/{id}:cancel'],
    ['https://api.example/v2/jobs/7%3acancel', '/v2/jobs/{id}:cancel'],
    ['https://api.example/v2/jobs/7%2F8%3Acancel', '/v2/jobs/{id}:cancel'],
    ['https://api.example/v2/jobs/7%E0%B8%81', '/v2/jobs/{id}'],
    ['https://api.example/v2/jobs/%E0%A4%A', '/v2/jobs/{id}'],
    ['https://api.example/v2/ผู้ใช้/ก', '/v2/ผู้ใช้/{x}'],
    ['https://api.example/v2/a b/c d', '/v2/a b/c%20d'],
    ['https://api.example/v2/a%2fb/d', '/v2/a%2Fb/d'],
    ['https://api.example/v1/a%2Fb/d', '/{org}/{repo}'],
    // Their methods distinguish the two.
    ['https://api.example/v1/a/b/c', ['/{x}/b/{y}', '/{name}/b/{id}']],
  ])('%s matches %s and no other', (url, want) => {
    const contract = { operations, baseUrl: 'https://api.example/v1' };
    const taken = paths.filter((path) => {
      const operation = operations[path];
      return operation && matches(operation, contract)({ request: new Request(url) });
    });
    expect(taken).toEqual(want === undefined ? [] : [want].flat());
  });
});

describe('MSW handlers respond with the declared media type', () => {
  const bytes = new Uint8Array([1, 2, 255]);
  it.each([
    ['JSON', { a: 1 }, 'application/json', '{"a":1}'],
    ['a text in JSON', 'hello', 'application/json', '"hello"'],
    ['problem details', { title: 'x' }, 'application/problem+json', '{"title":"x"}'],
    ['a text', 'hello', 'text/plain', 'hello'],
    ['a page', '<p>x</p>', 'text/html', '<p>x</p>'],
    ['a file', new Blob([bytes]), 'application/pdf', bytes],
    ['bytes', bytes, 'application/octet-stream', bytes],
    ['events', 'data: a\n\n', 'text/event-stream', 'data: a\n\n'],
  ])('%s', async (_, value, mediaType, want) => {
    const response = respond(mediaType)(value, { status: 200 });
    expect(response.headers.get('content-type')).toBe(mediaType);
    const body = new Uint8Array(await response.arrayBuffer());
    expect(body).toEqual(typeof want === 'string' ? new TextEncoder().encode(want) : want);
  });

  it('sends no body if the contract declares none', async () => {
    const response = respond(undefined)(undefined, { status: 204 });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('a handler without an example returns a value that the contract accepts', async () => {
    const schema = {
      type: 'object',
      required: ['code', 'tags'],
      properties: {
        code: { type: 'string', pattern: '^[0-9a-f]{5}$' },
        tags: { type: 'array', minItems: 1, items: { enum: ['a', 'b'] } },
      },
    };
    const get = (operationId: string, type: string, media: object) => ({
      get: { operationId, responses: { 200: { description: 'Done.', content: { [type]: { schema: media } } } } },
    });
    const files = await filesOf(
      fixtureOf(
        {},
        {
          paths: {
            '/thing': get('getThing', 'application/json', schema),
            '/text': get('getText', 'text/plain', { type: 'string' }),
          },
        },
      ),
    );
    const text = files['src/msw.ts'] ?? '';
    const [, made = ''] = /getGetThingResponseMock = [^(]*\(\)[^(]*\((\{[\s\S]*?\}) as unknown/.exec(text) ?? [];
    expect(made).toMatch(/code: '[0-9a-f]{5}'/);
    expect(made).toMatch(/tags: \[/);
    expect(text).toContain("respond('text/plain')");
  });
});
