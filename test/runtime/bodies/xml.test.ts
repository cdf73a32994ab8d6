import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { isInstalled } from '../../run/installed.ts';
import { serve } from '../client/serve.ts';
import { packageOf, removePackages } from './packages.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const XML = 'application/xml';
const schemas = {
  Tag: { type: 'object', xml: { name: 'tag' }, properties: { id: integer, name: text } },
  Pet: {
    type: 'object',
    required: ['name'],
    xml: { name: 'Pet' },
    properties: {
      id: { ...integer, xml: { attribute: true } },
      name: text,
      good: { type: 'boolean' },
      weight: { type: 'number', xml: { name: 'kilograms' } },
      photoUrls: { type: 'array', items: { ...text, xml: { name: 'photoUrl' } }, xml: { wrapped: true } },
      tags: { type: 'array', items: { $ref: '#/components/schemas/Tag' }, xml: { wrapped: true } },
      nicknames: { type: 'array', items: text },
      names: { type: 'array', items: text, xml: { name: 'aliens', wrapped: true } },
      owner: { $ref: '#/components/schemas/Owner' },
      labels: { type: 'object', additionalProperties: text },
    },
  },
  Owner: {
    type: 'object',
    xml: { name: 'owner', prefix: 'o', namespace: 'http://example.com/owner' },
    properties: { name: { ...text, xml: { prefix: 'o' } }, parent: { $ref: '#/components/schemas/Owner' } },
  },
  Pets: { type: 'array', xml: { name: 'pets' }, items: { $ref: '#/components/schemas/Tag' } },
  Note: {
    allOf: [
      { type: 'object', properties: { a: text } },
      { type: 'object', properties: { b: integer } },
    ],
  },
};
const pet = { schema: { $ref: '#/components/schemas/Pet' } };
const echo = (operationId: string, content: object) => ({
  post: { operationId, requestBody: { required: true, content }, responses: { '200': { description: 'ok', content } } },
});
const media = await packageOf(
  {
    '/pet': echo('pet', { [XML]: pet }),
    '/pets': echo('pets', { [XML]: { schema: { $ref: '#/components/schemas/Pets' } } }),
    '/note': echo('note', { 'text/xml': { schema: { $ref: '#/components/schemas/Note' } } }),
    '/both': echo('both', { [XML]: pet, 'application/json': pet }),
    '/text': echo('text', { [XML]: { schema: text } }),
  },
  { components: { schemas } },
);
afterAll(removePackages);

const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';
const lists = { nicknames: [] };

/** [description, operation, value, XML without its prolog, media type] */
const rows: readonly (readonly [name: string, operation: string, value: unknown, xml: string])[] = [
  ['an attribute', 'pet', { id: 7, name: 'a', ...lists }, '<Pet id="7"><name>a</name></Pet>'],
  [
    'numbers and booleans',
    'pet',
    { name: 'a', good: true, weight: 1.5, ...lists },
    '<Pet><name>a</name><good>true</good><kilograms>1.5</kilograms></Pet>',
  ],
  [
    'text that must be escaped',
    'pet',
    { name: '<a> & "b"', ...lists },
    '<Pet><name>&lt;a&gt; &amp; &quot;b&quot;</name></Pet>',
  ],
  [
    'a wrapped list',
    'pet',
    { name: 'a', photoUrls: ['x', 'y'], ...lists },
    '<Pet><name>a</name><photoUrls><photoUrl>x</photoUrl><photoUrl>y</photoUrl></photoUrls></Pet>',
  ],
  [
    'a wrapped list of objects',
    'pet',
    { name: 'a', tags: [{ id: 1, name: 't' }], ...lists },
    '<Pet><name>a</name><tags><tag><id>1</id><name>t</name></tag></tags></Pet>',
  ],
  [
    'an unwrapped list',
    'pet',
    { name: 'a', nicknames: ['x', 'y'] },
    '<Pet><name>a</name><nicknames>x</nicknames><nicknames>y</nicknames></Pet>',
  ],
  [
    'a wrapped list whose items have the same name',
    'pet',
    { name: 'a', names: ['x'], ...lists },
    '<Pet><name>a</name><aliens><aliens>x</aliens></aliens></Pet>',
  ],
  [
    'a namespace and a recursive schema',
    'pet',
    { name: 'a', owner: { name: 'b', parent: { name: 'c' } }, ...lists },
    '<Pet><name>a</name><o:owner xmlns:o="http://example.com/owner"><o:name>b</o:name><o:owner xmlns:o="http://example.com/owner"><o:name>c</o:name></o:owner></o:owner></Pet>',
  ],
  [
    'a map',
    'pet',
    { name: 'a', labels: { x: '1', y: '2' }, ...lists },
    '<Pet><name>a</name><labels><x>1</x><y>2</y></labels></Pet>',
  ],
  ['an empty text', 'pet', { name: '', ...lists }, '<Pet><name></name></Pet>'],
  [
    'a list as the root',
    'pets',
    [
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ],
    '<pets><tag><id>1</id><name>a</name></tag><tag><id>2</id><name>b</name></tag></pets>',
  ],
  ['properties of allOf, text/xml', 'note', { a: 'x', b: 2 }, '<Note><a>x</a><b>2</b></Note>'],
];

describe('XML that the contract describes', () => {
  test.each(rows)('%s: the client writes it', async (_, operation, value, xml) => {
    const received = await media.sent(operation, { body: value });
    expect([received.headers['content-type'], received.body]).toEqual([
      operation === 'note' ? 'text/xml' : XML,
      PROLOG + xml,
    ]);
  });

  test.each(rows)('%s: from client to server and back', async (_, operation, value) => {
    let read: unknown;
    const handler = ({ body }: { readonly body: unknown }) => {
      read = body;
      return { data: body };
    };
    const result = await media.serving({ [operation]: handler }, async (url) =>
      media.client(url)[operation]?.({ body: value }),
    );
    expect([result?.error?.message, read, result?.data]).toEqual([undefined, value, value]);
  });

  test.skipIf(!isInstalled('python3')).each(rows)('%s: Python parses it', async (_, operation, value) => {
    const received = await media.sent(operation, { body: value });
    const program = 'import sys,xml.etree.ElementTree as e; print(e.fromstring(sys.argv[1].encode()).tag)';
    const { stdout } = await promisify(execFile)('python3', ['-c', program, received.body]);
    expect(stdout.trim()).toMatch(/^(Pet|pets|Note)$/);
  });

  const spelled: readonly (readonly [name: string, xml: string, want: object])[] = [
    ['white space and comments', '<Pet>\n  <!-- c -->\n  <name>a</name>\n</Pet>', { name: 'a' }],
    ['CDATA', '<Pet><name><![CDATA[<a>]]></name></Pet>', { name: '<a>' }],
    ['character references', '<Pet><name>&#233;&#x41;</name></Pet>', { name: 'éA' }],
    [
      'another namespace prefix',
      '<Pet xmlns:x="http://example.com/owner"><name>a</name><x:owner><x:name>b</x:name></x:owner></Pet>',
      { name: 'a', owner: { name: 'b' } },
    ],
    ['undeclared elements', '<Pet><name>a</name><other>b</other></Pet>', { name: 'a' }],
    ['booleans of XML Schema', '<Pet><name>a</name><good>1</good></Pet>', { name: 'a', good: true }],
    ['an empty wrapped list', '<Pet><name>a</name><photoUrls/></Pet>', { name: 'a', photoUrls: [] }],
    ['one item', '<Pet><name>a</name><nicknames>x</nicknames></Pet>', { name: 'a', nicknames: ['x'] }],
  ];
  test.each(spelled)('parses XML from other writers: %s', async (_, xml, want) => {
    const peer = await serve((_request, answer) => void answer.writeHead(200, { 'content-type': XML }).end(xml));
    const result = await media.client(peer.url).pet?.({ body: { name: 'a' } });
    await peer.close();
    expect([result?.error?.message, result?.data]).toEqual([undefined, { ...lists, ...want }]);
  });

  const broken: readonly (readonly [name: string, xml: string])[] = [
    ['a web page', '<!DOCTYPE html><html><body>x</body></html>'],
    ['another root element', '<Dog><name>a</name></Dog>'],
    ['malformed XML', '<Pet><name>a</Pet>'],
    ['JSON', '{"name":"a"}'],
    ['custom entities', '<!DOCTYPE Pet [<!ENTITY a "x">]><Pet><name>&a;</name></Pet>'],
    ['nothing', ''],
    ['an invalid number', '<Pet id="x"><name>a</name></Pet>'],
    ['a missing required element', '<Pet/>'],
  ];
  test.each(broken)('the server rejects %s', async (_, body) => {
    const read = await media.read('pet', '/pet', { method: 'POST', headers: { 'content-type': XML }, body });
    expect(read).toMatchObject({ status: 400 });
  });

  test.each(broken.slice(0, 6))('the client reports an error for %s', async (_, body) => {
    const peer = await serve((_request, answer) => void answer.writeHead(200, { 'content-type': XML }).end(body));
    const result = await media.client(peer.url).pet?.({ body: { name: 'a' } });
    await peer.close();
    expect(result?.error).toMatchObject({
      kind: 'unexpected-answer',
      reason: 'a body that is not the XML of the contract',
    });
  });

  test('JSON is preferred, and either can be requested', async () => {
    const handler = ({ body }: { readonly body: unknown }) => ({ data: body });
    await media.serving({ both: handler }, async (url) => {
      const send = async (accept: string) => {
        const init = { method: 'POST', headers: { 'content-type': XML, accept }, body: '<Pet><name>a</name></Pet>' };
        return (await fetch(`${url}/both`, init)).text();
      };
      expect(await send('*/*')).toBe('{"name":"a","nicknames":[]}');
      expect(await send('application/xml, application/json;q=0.5')).toBe(`${PROLOG}<Pet><name>a</name></Pet>`);
      const client = media.client(url);
      const asked = await client.both?.({ body: { name: 'a' }, contentType: XML, accept: XML });
      expect(asked?.data).toEqual({ name: 'a', nicknames: [] });
    });
  });

  test('an XML text value stays text', async () => {
    const handler = ({ body }: { readonly body: unknown }) => ({ data: body });
    const result = await media.serving({ text: handler }, async (url) => media.client(url).text?.({ body: '<a/>' }));
    expect(result?.data).toBe('<a/>');
  });
});
