import { afterAll, describe, expect, test } from 'vitest';
import type { ByteStream } from '../../../runtime/contract/index.ts';
import { providerOf } from '../../mock/provider-of.ts';
import { startGateway } from '../../mock/support.ts';
import { serve } from '../client/serve.ts';
import { packageOf, removePackages } from './packages.ts';

const binary = { type: 'string', format: 'binary' };
const octets = { type: 'string', contentMediaType: 'application/octet-stream' };
const maybe = { type: ['string', 'null'], format: 'binary' };
const components = {
  schemas: { File: binary, Alias: { $ref: '#/components/schemas/File' }, Maybe: maybe },
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Contents whose schema is a file, though JSON or text may be of their media type. */
const FILES: Readonly<Record<string, object>> = {
  any: { '*/*': { schema: binary } },
  application: { 'application/*': { schema: binary } },
  json: { 'application/json': { schema: binary } },
  vendor: { 'application/vnd.acme+json': { schema: binary } },
  octets: { '*/*': { schema: octets } },
  referred: { '*/*': { schema: ref('File') } },
  alias: { 'application/json': { schema: ref('Alias') } },
  described: { '*/*': { schema: { allOf: [ref('File')], description: 'the file' } } },
  // A whole body has no null beside its bytes: .NET and Java write `nullable` for the type of their own method.
  nullableAny: { '*/*': { schema: maybe } },
  nullableJson: { 'application/json': { schema: maybe } },
  nullableVendor: { 'application/vnd.acme+json': { schema: maybe } },
  nullableOctets: { 'application/octet-stream': { schema: maybe } },
  nullableMediaType: { 'application/json': { schema: { ...octets, type: ['null', 'string'] } } },
  nullableReferred: { 'application/json': { schema: ref('Maybe') } },
  nullableAllOf: { 'application/json': { schema: { allOf: [ref('Maybe')], title: 'File' } } },
  fileOrNull: { 'application/json': { schema: { anyOf: [ref('File'), { type: 'null' }] } } },
  nullOrFile: { 'text/json': { schema: { oneOf: [{ type: 'null' }, ref('Alias')] } } },
  eitherFile: { '*/*': { schema: { oneOf: [binary, octets, { const: null }] } } },
};

const paths = Object.fromEntries(
  Object.entries(FILES).map(([name, content]) => {
    const get = { operationId: `get-${name}`, responses: { '200': { description: 'ok', content } } };
    const requestBody = { required: true, content };
    const post = { operationId: `put-${name}`, requestBody, responses: { '204': { description: 'done' } } };
    return [`/${name}`, { get, post }];
  }),
);
const made = await packageOf(paths, { components });
afterAll(removePackages);

const methodOf = (verb: string, name: string) => verb + name.replace(/^./, (letter) => letter.toUpperCase());
const textOf = async (data: unknown) => (data instanceof Blob ? [data.type, await data.text()] : data);

/** What a peer calls a file, and its bytes. */
const BODIES: readonly (readonly [type: string, bytes: string])[] = [
  ['application/pdf', '%PDF'],
  ['text/csv', 'a,b'],
  ['application/json', '{"a":1}'],
  ['application/json', '"x"'],
  ['application/json', 'not JSON'],
  ['text/html', '<!DOCTYPE html><html></html>'],
  ['text/event-stream', 'data: a\n\n'],
  ['application/x-ndjson', '{}\n'],
  ['application/xml', '<a/>'],
  ['application/json', ''],
];

describe.each(Object.keys(FILES))('a file that is declared as %s', (name) => {
  test.each(BODIES)('is received as the bytes of %s: %s', async (type, bytes) => {
    const peer = await serve((_, answer) => void answer.writeHead(200, { 'content-type': type }).end(bytes));
    const { data, error } = (await made.client(peer.url)[methodOf('get', name)]?.()) ?? {};
    await peer.close();
    expect([error?.message, await textOf(data)]).toEqual([undefined, [type, bytes]]);
  });

  test.each([
    ['a Blob', new Blob(['{"a"'], { type: 'application/json' }), '{"a"'],
    ['bytes', new TextEncoder().encode('é'), 'é'],
    ['a file', new File(['a,b'], 'a.csv'), 'a,b'],
    ['text', '"quoted"', '"quoted"'],
    ['an empty file', new Blob([]), ''],
  ])('is sent unchanged: %s', async (_, body, text) => {
    expect((await made.sent(methodOf('put', name), { body })).body).toBe(text);
  });

  test.each(BODIES)('is a stream for the handler: %s %s', async (type, bytes) => {
    // A media type that is not declared is rejected.
    const [declared = ''] = Object.keys(FILES[name] ?? {});
    const stated = declared.includes('*') ? type : declared;
    if (declared === 'application/*' && !type.startsWith('application/')) return;
    const handler = async ({ body }: { readonly body: ByteStream }) => {
      expect([body.type, await body.text()]).toEqual([stated, bytes]);
      return { status: 204 };
    };
    const init = { method: 'POST', headers: { 'content-type': stated }, body: bytes };
    const status = await made.serving(
      { [methodOf('put', name)]: handler },
      async (url) => (await fetch(`${url}/${name}`, init)).status,
    );
    expect(status).toBe(204);
  });

  test.each([
    ['bytes', new TextEncoder().encode('%PDF')],
    ['text', '%PDF'],
    ['a file', new Blob(['%PDF'])],
  ])('can be the response of a handler: %s', async (_, data) => {
    await made.serving({ [methodOf('get', name)]: () => ({ data }) }, async (url, logged) => {
      const result = await made.client(url)[methodOf('get', name)]?.();
      const data = await textOf(result?.data);
      expect([result?.error?.message, logged, data]).toEqual([undefined, [], [expect.any(String), '%PDF']]);
    });
  });
});

const object = { type: 'object', properties: { a: { const: 1 } }, required: ['a'] };
const text = 'text/plain; charset=utf-8';
test.each([
  ['*/*', { schema: binary }, 'application/octet-stream'],
  ['*/*', { schema: { type: 'string' } }, text],
  ['*/*', { schema: object }, 'application/json'],
  ['*/*', { schema: object, example: { a: 1 } }, 'application/json'],
  ['*/*', { schema: object, examples: { one: { value: { a: 1 } } } }, 'application/json'],
  ['*/*', { schema: { type: 'boolean' } }, 'application/json'],
  ['text/*', { schema: { type: 'string' } }, text],
  ['image/*', { schema: binary }, 'application/octet-stream'],
  ['application/*', { schema: { type: 'array', items: { type: 'integer' } } }, 'application/json'],
  ['application/*', { schema: binary }, 'application/octet-stream'],
  ['image/png', { schema: binary }, 'image/png'],
  ['application/json', { schema: maybe }, 'application/json'],
  ['application/json', { schema: maybe, example: null }, 'application/json'],
  ['application/json', { schema: maybe, example: 'a,b' }, 'application/json'],
  ['*/*', { schema: maybe, example: null }, 'application/octet-stream'],
])('the mock responds with a media type in the range %s: %j', async (range, media, type) => {
  const get = { operationId: 'get', responses: { '200': { description: 'ok', content: { [range]: media } } } };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a': { get } } };
  const provider = await providerOf(document, 'ranges');
  const mock = await startGateway({ verify: false, providers: [{ name: 'ranges', load: async () => provider }] });
  const response = await fetch(`${mock.url}/ranges/a`);
  await mock.close();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
});
