import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrism } from '../../runtime/mock/prism.ts';
import type { DeclaredResponse, MockOperation } from '../../runtime/mock/types.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { providerOf } from './provider-of.ts';
import { type Started, startGateway } from './support.ts';

type Json = { [member: string]: unknown };

/** Half of a surrogate pair: JSON can hold it, a URI cannot. */
const HALF = 'a\ud800';
const NAMES = { half: HALF, proto: '__proto__', constructor: 'constructor' };

const named = (name: string, value: unknown): Json => Object.fromEntries([[name, value]]);
const answer = (content: Json, more: Json = {}) => ({ 200: { description: 'Fine', content, ...more } });
const text = { type: 'string' };

/** Each place of a document that has names, and the response of the operation there. */
const PLACES: {
  readonly [place: string]: (name: string) => {
    readonly item: Json;
    readonly components?: Json;
    readonly says: unknown;
  };
} = {
  'a generated property': (name) => ({
    item: {
      responses: answer({
        'application/json': { schema: { type: 'object', properties: named(name, { const: 'v' }), required: [name] } },
      }),
    },
    says: named(name, 'v'),
  }),
  'a property of an example': (name) => ({
    item: { responses: answer({ 'application/json': { schema: {}, example: named(name, named(name, 1)) } }) },
    says: named(name, named(name, 1)),
  }),
  'an example': (name) => ({
    item: { responses: answer({ 'application/json': { schema: {}, examples: named(name, { value: { x: 1 } }) } }) },
    says: { x: 1 },
  }),
  'a media type beside JSON': (name) => ({
    item: { responses: answer({ 'application/json': { schema: {}, example: 1 }, [`text/${name}`]: { schema: text } }) },
    says: 1,
  }),
  'a header': (name) => ({
    item: {
      responses: answer({ 'application/json': { schema: {}, example: 1 } }, { headers: named(name, { schema: text }) }),
    },
    says: 1,
  }),
  'a component': (name) => ({
    item: { responses: answer({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } }) },
    components: { schemas: named(name, { const: 'v' }) },
    says: 'v',
  }),
  'a scheme': (name) => ({
    item: { security: [named(name, [])], responses: answer({ 'application/json': { schema: {}, example: 1 } }) },
    components: { securitySchemes: named(name, { type: 'apiKey', in: 'query', name: 'k' }) },
    says: 1,
  }),
  'a parameter that is omitted': (name) => ({
    item: {
      // No header can have a name that is not well-formed.
      parameters: ['query', 'cookie', ...(name.isWellFormed() ? ['header'] : [])].map((place) => ({
        name,
        in: place,
        schema: text,
      })),
      responses: answer({ 'application/json': { schema: {}, example: 1 } }),
    },
    says: 1,
  }),
};

const rows = Object.entries(NAMES).flatMap(([kind, name]) =>
  Object.entries(PLACES).map(([place, make], index) => ({ kind, place, id: `${kind}${index}`, ...make(name) })),
);

function documentOf({ id, item, components = {} }: (typeof rows)[number]): Json {
  const other = { operationId: 'other', responses: answer({ 'application/json': { schema: {}, example: 'other' } }) };
  return {
    openapi: '3.1.0',
    info: { title: id, version: '1' },
    paths: {
      '/here': { get: { operationId: 'here', ...item } },
      '/other': { get: other },
      [`/at-${HALF}`]: { get: { ...other, operationId: 'half' } },
    },
    components,
  };
}

let folder = '';
let mock: Started;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-names-'));
  for (const row of rows) {
    await mkdir(join(folder, 'specs', row.id), { recursive: true });
    await writeFile(join(folder, 'specs', row.id, 'openapi.json'), JSON.stringify(documentOf(row)));
  }
  mock = await startGateway({
    verify: false,
    providers: rows.map(({ id }) => ({ name: id, load: () => loadMockProvider(openWorkspace(folder), id) })),
  });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(rows)('$kind as the name of $place', ({ id, says }) => {
  it('has the response of the document, and so have its neighbours', async () => {
    const ask = async (path: string) => {
      const response = await fetch(`${mock.url}/${id}${path}`);
      return { status: response.status, body: await response.text() };
    };
    expect(await ask('/other')).toEqual({ status: 200, body: '"other"' });
    expect(await ask('/here')).toEqual({ status: 200, body: JSON.stringify(says) });
  });
});

describe.each(['/__proto__', '/__proto__/items', '/a/__proto__', '/a~__proto__/b'])('the path %s', (path) => {
  it('has the response of the document', async () => {
    const object = { type: 'object', properties: { a: { const: 1 } }, required: ['a'] };
    const get = { operationId: 'here', responses: answer({ 'application/json': { schema: object } }) };
    const provider = await providerOf(
      { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: named(path, { get }) },
      'paths',
    );
    const started = await startGateway({ verify: false, providers: [{ name: 'paths', load: async () => provider }] });
    const response = await fetch(`${started.url}/paths${path}`);
    expect([response.status, await response.text()]).toEqual([200, '{"a":1}']);
    await started.close();
  });
});

describe('an example with a property $ref', () => {
  it.each(['/etc/hostname', 'secret.yaml', 'http://127.0.0.1:9/', 'file:///etc/hostname'])(
    'does not load %s',
    async ($ref) => {
      const example = { here: { $ref } };
      const responses = answer({ 'application/json': { schema: {}, example } });
      const document = {
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: { '/a': { get: { responses } } },
      };
      const prism = createPrism(document);
      const operation = { descriptor: { id: 'a', method: 'GET' }, pathKey: '/a' } as MockOperation;
      const declared = { status: '200', mediaType: 'application/json' } as DeclaredResponse;
      const made = prism.respond({ operation, response: declared });
      expect(made.body).toEqual(example);
    },
  );
});
