import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MockProvider } from '../../runtime/mock/types.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { issuesOf, type Started, startGateway } from './support.ts';

const EXAMPLES = join(dirname(createRequire(import.meta.url).resolve('@readme/oas-examples/package.json')), '3.1/yaml');
const NAMES = ['petstore', 'train-travel'];

const password = { type: 'string', format: 'password' };
/** A document with secrets as parameters. */
const SECRETIVE = {
  openapi: '3.1.0',
  info: { title: 'Secretive', version: '1.0.0' },
  paths: {
    '/vaults/{key}/items': {
      get: {
        operationId: 'listItems',
        parameters: [
          { name: 'key', in: 'path', required: true, schema: password },
          { name: 'pin', in: 'query', schema: password },
          { name: 'X-Pass', in: 'header', schema: password },
          { name: 'page', in: 'query', schema: { type: 'string' } },
        ],
        responses: { 200: { description: 'Items.', content: { 'application/json': { schema: { type: 'object' } } } } },
      },
    },
  },
};

let folder = '';
let mock: Started;
const providers = new Map<string, MockProvider>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-any-'));
  for (const name of NAMES) {
    await mkdir(join(folder, 'specs', name), { recursive: true });
    await cp(join(EXAMPLES, `${name}.yaml`), join(folder, 'specs', name, 'openapi.yaml'));
    providers.set(name, await loadMockProvider(openWorkspace(folder), name));
  }
  await mkdir(join(folder, 'specs/secretive'), { recursive: true });
  await writeFile(join(folder, 'specs/secretive/openapi.json'), JSON.stringify(SECRETIVE));
  providers.set('secretive', await loadMockProvider(openWorkspace(folder), 'secretive'));
  const load = (name: string) => async () => providers.get(name) as MockProvider;
  mock = await startGateway({
    verify: false,
    providers: [...providers.keys()].map((name) => ({ name, load: load(name) })),
  });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a third-party document', () => {
  it.each(NAMES)('%s: each requested JSON response is sent and valid', async (name) => {
    const { operations } = providers.get(name) as MockProvider;
    let seen = 0;
    for (const { descriptor, responses, validators } of operations) {
      if (descriptor.method !== 'GET') continue;
      const path = descriptor.path.replaceAll(/\{[^}]+\}/g, '3fa85f64-5717-4562-b3fc-2c963f66afa6');
      const required = descriptor.parameters.filter((each) => each.in === 'query' && each.required);
      const query = new URLSearchParams(required.map((each) => [each.name, 'a'] as [string, string]));
      const answer = await fetch(`${mock.url}/${name}${path}?${query}`);
      if (answer.status === 400) continue;
      const [first] = responses;
      const want = first?.status === 'default' ? 200 : Number(first?.status);
      expect([descriptor.id, answer.status]).toEqual([descriptor.id, want]);
      const validator = validators.responses[String(answer.status)]?.['application/json'];
      if (validator) expect(await issuesOf(validator, await answer.json())).toEqual([]);
      seen += 1;
    }
    expect(seen).toBeGreaterThan(2);
  });

  it('the Accept header selects the media type, with JSON as the default', async () => {
    const ask = async (accept?: string) => {
      const answer = await fetch(`${mock.url}/petstore/pet/3`, { headers: accept ? { accept } : {} });
      return [
        answer.status,
        answer.headers.get('content-type'),
        (await answer.text()).replace(/^<\?xml[^>]*>\s*/, '').slice(0, 9),
      ];
    };
    expect(await ask()).toEqual([200, 'application/json', '{"id":485']);
    expect(await ask('application/xml')).toEqual([200, 'application/xml', '<Pet><id>']);
    expect(await ask('application/xml, application/json')).toEqual([200, 'application/xml', '<Pet><id>']);
    expect(mock.gateway.log.recent().at(-1)?.response.body).toMatch(/<Pet><id>/);
  });

  it('the log masks the values of its secret parameters', async () => {
    const answer = await fetch(`${mock.url}/secretive/vaults/open%20sesame/items?pin=4711-0815&page=first`, {
      headers: { 'x-pass': 'swordfish' },
    });
    expect(answer.status).toBe(200);
    const entry = mock.gateway.log.recent().at(-1);
    expect(entry).toMatchObject({
      path: '/vaults/•••/items?pin=•••&page=first',
      request: { headers: { 'x-pass': '•••' } },
    });
    expect(JSON.stringify(entry)).not.toMatch(/sesame|4711|swordfish/);
  });
});
