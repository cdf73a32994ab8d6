import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages, taking } from './packages.ts';

const text = { type: 'string' };
const binary = { type: 'string', format: 'binary' };
const octets = { type: 'string', contentMediaType: 'application/octet-stream' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const schema = {
  type: 'object',
  properties: {
    either: { oneOf: [binary, text] },
    turned: { oneOf: [text, binary], description: 'The same in another order' },
    url: { oneOf: [binary, { type: 'string', format: 'uri' }] },
    word: { oneOf: [binary, { type: 'string', enum: ['none'] }] },
    raw: { oneOf: [octets, text] },
    named: { oneOf: [ref('File'), ref('Text')] },
    number: { oneOf: [binary, { type: 'integer' }] },
    list: { type: 'array', items: { oneOf: [binary, text] } },
    listOrFile: { oneOf: [binary, { type: 'array', items: binary }] },
    maybe: { oneOf: [binary, { type: ['string', 'null'] }] },
  },
};
const media = await packageOf(
  { '/up': taking('up', { 'multipart/form-data': { schema } }) },
  { components: { schemas: { File: binary, Text: text } } },
);
afterAll(removePackages);

type Given = readonly (readonly [name: string, value: string | Blob])[];
const file = new File(['bytes'], 'a.txt', { type: 'text/plain' });

/** [description, fields of the form, what the handler reads (a file as its content) or the status] */
const rows: readonly (readonly [name: string, given: Given, want: object | number])[] = [
  ['a text', [['either', 'hello']], { either: 'hello' }],
  ['an empty text', [['either', '']], { either: '' }],
  ['a file', [['either', file]], { either: ['bytes'] }],
  ['a text, in another order', [['turned', 'hello']], { turned: 'hello' }],
  ['a file, in another order', [['turned', file]], { turned: ['bytes'] }],
  ['a URL', [['url', 'https://a.test/x']], { url: 'https://a.test/x' }],
  ['a text that is not a URL', [['url', 'hello world']], 400],
  ['a file in place of a URL', [['url', file]], { url: ['bytes'] }],
  ['a word', [['word', 'none']], { word: 'none' }],
  ['another word', [['word', 'some']], 400],
  ['a text or binary data', [['raw', 'hello']], { raw: 'hello' }],
  ['a text by reference', [['named', 'hello']], { named: 'hello' }],
  ['a file by reference', [['named', file]], { named: ['bytes'] }],
  ['a file or a number', [['number', file]], { number: ['bytes'] }],
  ['a number or a file', [['number', '5']], { number: 5 }],
  [
    'texts and files in one list',
    [
      ['list', 'a'],
      ['list', file],
    ],
    { list: ['a', ['bytes']] },
  ],
  ['a text or null', [['maybe', 'hello']], { maybe: 'hello' }],
];

/** Files as lists of their content. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return [await value.text()];
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (typeof value !== 'object' || value === null || 'status' in value) return value;
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([key, one]) => [key, await plain(one)])),
  );
}

describe('oneOf a file and a text', () => {
  test.each(rows)('the server parses %s', async (_, given, want) => {
    const body = new FormData();
    for (const [name, value] of given) body.append(name, value);
    let read: unknown;
    const handler = async (input: { readonly body: unknown }) => {
      read = await plain(input.body);
      return { status: 204 };
    };
    const status = await media.serving(
      { up: handler },
      async (url) => (await fetch(`${url}/up`, { method: 'POST', body })).status,
    );
    expect(status === 204 ? read : status).toEqual(want);
  });

  test.each(rows.filter(([, given, want]) => given.length === 1 && typeof want === 'object'))(
    'the client sends %s',
    async (_, given, want) => {
      let read: unknown;
      const handler = async (input: { readonly body: unknown }) => {
        read = await plain(input.body);
        return { status: 204 };
      };
      const [[name, value] = []] = given;
      const sent = name === 'number' && typeof value === 'string' ? Number(value) : value;
      const result = await media.serving(
        { up: handler },
        async (url) => (await media.client(url).up?.({ body: { [String(name)]: sent } }, {})) ?? {},
      );
      expect([result.error?.message, read]).toEqual([undefined, want]);
    },
  );
});
