import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { type Started, startGateway } from './support.ts';

const text = { type: 'string' };
const ref = (to: string) => ({ $ref: to });

/** Lists of a generic type by `$dynamicRef`, as JSON Schema describes them: each list has an `$id`. */
const SCHEMAS = {
  List: {
    $id: 'list',
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', minItems: 1, items: { $dynamicRef: '#T' } } },
    $defs: { T: { $dynamicAnchor: 'T' } },
  },
  Texts: { $id: 'texts', $ref: 'list', $defs: { T: { $dynamicAnchor: 'T', ...text } } },
  Numbers: {
    $id: 'https://schemas.example/numbers',
    ...ref('#/components/schemas/List'),
    $defs: { T: { $dynamicAnchor: 'T', ...ref('#/components/schemas/Number') } },
  },
  Number: { type: 'number' },
  Own: { $id: 'own', type: 'object', properties: { a: ref('#/$defs/A') }, $defs: { A: text } },
  Outer: {
    $id: 'outer/',
    type: 'object',
    properties: { own: ref('../own'), number: ref('#/components/schemas/Number') },
  },
};

const ROWS: readonly (readonly [name: keyof typeof SCHEMAS, body: unknown, accepted: boolean])[] = [
  ['List', { items: [1, 'a'] }, true],
  ['List', { items: [] }, false],
  ['Texts', { items: ['a'] }, true],
  ['Texts', { items: [1] }, false],
  ['Numbers', { items: [1] }, true],
  ['Numbers', { items: ['a'] }, false],
  ['Own', { a: 'a' }, true],
  ['Own', { a: 1 }, false],
  ['Outer', { own: { a: 'a' }, number: 1 }, true],
  ['Outer', { own: { a: 1 } }, false],
  ['Outer', { number: 'a' }, false],
];

let folder = '';
let mock: Started;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-identified-'));
  await mkdir(join(folder, 'specs/identified'), { recursive: true });
  const paths = Object.fromEntries(
    Object.keys(SCHEMAS).map((name) => {
      const content = { 'application/json': { schema: ref(`#/components/schemas/${name}`) } };
      const responses = { 200: { description: 'Done.', content } };
      return [
        `/${name}`,
        { post: { operationId: `post${name}`, requestBody: { required: true, content }, responses } },
      ];
    }),
  );
  const info = { title: 'Identified', version: '1.0.0' };
  const document = { openapi: '3.1.0', info, paths, components: { schemas: SCHEMAS } };
  await writeFile(join(folder, 'specs/identified/openapi.json'), JSON.stringify(document));
  const provider = await loadMockProvider(openWorkspace(folder), 'identified');
  mock = await startGateway({ providers: [{ name: 'identified', load: async () => provider }] });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

it.each(ROWS)('schemas with an $id: %s accepts or rejects %j', async (name, body, accepted) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${mock.url}/identified/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect([response.status, await response.text()]).toEqual([accepted ? 200 : 400, expect.any(String)]);
});
