import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsoleApi, type Tried } from '../../runtime/mock/console/api.ts';
import type { OperationDetail } from '../../runtime/mock/console/details.ts';
import type { LogEntry } from '../../runtime/mock/log.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { type Started, startGateway } from './support.ts';

const body = (content: object) => ({ required: true, content });
const ok = { 200: { description: 'Taken.', content: { 'application/json': { schema: { type: 'object' } } } } };
const note = { type: 'string', description: 'Shown to the `owner`.', minLength: 2 };

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Forms', version: '1.0.0' },
  components: { schemas: { Tree: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
  servers: [{ url: 'https://api.forms.example' }],
  paths: {
    '/files/{folder}': {
      post: {
        operationId: 'upload',
        parameters: [
          { name: 'folder', in: 'path', required: true, description: 'Where it goes.', schema: { type: 'integer' } },
          { name: 'mode', in: 'query', schema: { enum: ['keep', 'replace'], default: 'keep', type: 'string' } },
        ],
        requestBody: body({
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['file', 'note'],
              properties: {
                file: { type: 'string', format: 'binary', description: 'The picture.' },
                more: { type: 'array', items: { type: 'string', format: 'binary' } },
                note,
                tags: { type: 'array', items: { type: 'string' } },
                tree: { $ref: '#/components/schemas/Tree' },
              },
            },
          },
        }),
        responses: ok,
      },
    },
    '/notes': {
      post: {
        operationId: 'addNote',
        requestBody: body({
          'application/x-www-form-urlencoded': {
            schema: { type: 'object', required: ['note'], properties: { note, count: { type: 'integer' } } },
          },
        }),
        responses: ok,
      },
    },
    '/raw': {
      put: {
        operationId: 'putRaw',
        requestBody: body({ 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }),
        responses: ok,
      },
    },
    '/logins': {
      post: {
        operationId: 'logIn',
        requestBody: body({
          'application/json': {
            schema: {
              type: 'object',
              required: ['name', 'password'],
              properties: { name: { type: 'string' }, password: { type: 'string', format: 'password' } },
            },
          },
        }),
        responses: ok,
      },
    },
  },
};

let folder = '';
let mock: Started;
let api: ReturnType<typeof createConsoleApi>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-forms-'));
  await mkdir(join(folder, 'specs/forms'), { recursive: true });
  await writeFile(join(folder, 'specs/forms/openapi.json'), JSON.stringify(DOCUMENT));
  const provider = await loadMockProvider(openWorkspace(folder), 'forms');
  mock = await startGateway({ providers: [{ name: 'forms', load: async () => provider }] });
  const { gateway, url } = mock;
  api = createConsoleApi({ gateway, url: () => url, fires: {}, stateful: false, docs: false, scope: '@acme' });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask<T>(name: string, asked: object): Promise<T> {
  const request = new Request(`${mock.url}/__console/api/${name}`, { method: 'POST', body: JSON.stringify(asked) });
  const response = await api(request, name);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as T;
}
const details = (operation: string) => ask<OperationDetail>('operation', { provider: 'forms', operation });
const attempt = (operation: string, input: object) => ask<Tried>('try', { provider: 'forms', operation, input });
const last = () => mock.gateway.log.recent().at(-1) as LogEntry;

describe('the initial values of a form', () => {
  it.each(['upload', 'addNote', 'putRaw', 'logIn'])('%s: every prefilled input is sent and accepted', async (id) => {
    const { bodies } = await details(id);
    const inputs = bodies.flatMap((each) => each.inputs);
    expect(inputs.map(({ name }) => name)).toEqual(['generated from the schema', 'required only']);
    for (const { input } of inputs) {
      expect(await ask('check', { provider: 'forms', operation: id, input })).toEqual([]);
      expect(await attempt(id, input)).toMatchObject({ response: { status: 200 } });
      expect(last()).toMatchObject({ operation: id, ok: true, problems: [] });
    }
  });

  it('contain the types and descriptions of parameters and fields', async () => {
    const { parameters, bodies } = await details('upload');
    expect(parameters).toMatchObject([
      { name: 'folder', in: 'path', required: true, type: 'integer', description: 'Where it goes.' },
      { name: 'mode', choices: ['keep', 'replace'], default: 'keep', required: false },
    ]);
    expect(bodies[0]?.fields).toMatchObject([
      { name: 'file', file: true, required: true, description: 'The picture.' },
      { name: 'more', file: true, type: 'string (binary)[]' },
      { name: 'note', file: false, required: true, description: 'Shown to the `owner`.' },
      { name: 'tags', file: false, json: true, type: 'string[]' },
      { name: 'tree', file: false, json: true },
    ]);
  });
});

describe('files', () => {
  const $file = { name: 'a b.png', type: 'image/png', content: btoa('\x89PNG\0\x01') };
  const input = {
    path: { folder: 7 },
    body: { file: { $file }, more: [{ $file }, { $file }], note: 'Hello' },
    contentType: 'multipart/form-data',
  };

  it('are sent unchanged, and shown as their size', async () => {
    const { request, snippets } = await attempt('upload', input);
    expect(request?.body).toContain('filename="a b.png"');
    expect(request?.body).toContain('(6 bytes)');
    expect(last().request.body).toContain('(6 bytes)');
    expect(snippets?.curl).toContain("-F 'file=@a b.png;type=image/png'");
    expect(snippets?.curl).not.toContain('boundary');
    expect(snippets?.fetch).toContain('form.append("file", await openAsBlob("a b.png"), "a b.png");');
    expect(snippets?.client).toContain("from '@acme/forms';");
    expect(snippets?.client).toContain(
      '"file": new File([await openAsBlob("a b.png")], "a b.png", { type: "image/png" })',
    );
  });

  it('are restored from the log, to be sent again or edited', async () => {
    await attempt('upload', input);
    const { id } = last();
    expect(await ask('load', { entry: id })).toEqual(input);
    expect(await ask('resend', { entry: id })).toMatchObject({ response: { status: 200 } });
    expect(last().id).toBe(id + 1);
    expect(last().request.body.replace(/countersign-[\w-]+/g, '')).toBe(
      mock.gateway.log
        .recent()
        .at(-2)
        ?.request.body.replace(/countersign-[\w-]+/g, ''),
    );
  });
});

describe('errors in a body', () => {
  it('name their location', async () => {
    const flaws = await ask<readonly { path: unknown }[]>('check', {
      provider: 'forms',
      operation: 'addNote',
      input: { body: { note: 'x', count: 'many' }, contentType: 'application/x-www-form-urlencoded' },
    });
    expect(flaws.map(({ path }) => path)).toContainEqual(['note']);
  });
});

describe('a secret in a logged body', () => {
  it('is sent again and never shown', async () => {
    const sent = { name: 'Ada', password: 'correct horse' };
    await fetch(`${mock.url}/forms/logins`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sent),
    });
    const { id } = last();
    expect(last()).toMatchObject({ operation: 'logIn', ok: true });
    const { bodies } = await details('logIn');
    const usual = bodies[0]?.inputs[0]?.input.body as { readonly password: string };
    expect(usual.password).not.toBe(sent.password);
    expect(await ask('load', { entry: id })).toEqual({
      body: { name: 'Ada', password: usual.password },
      contentType: 'application/json',
    });
    const again = await ask<Tried>('resend', { entry: id });
    expect(again.request?.body).toBe('{"name":"Ada","password":"•••"}');
    expect(again.response?.status).toBe(200);
  });
});
