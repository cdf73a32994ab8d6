import { afterAll, describe, expect, test } from 'vitest';
import { serve } from '../client/serve.ts';
import { packageOf, removePackages } from './packages.ts';

const object = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
const getting = (operationId: string, content: object) => ({
  get: { operationId, responses: { '200': { description: 'ok', content } } },
});
const schemaless = (...types: readonly string[]) => Object.fromEntries(types.map((type) => [type, {}]));
const text = { schema: { type: 'string' } };
const media = await packageOf({
  '/pdf': getting('pdf', schemaless('application/pdf')),
  '/images': getting('images', schemaless('image/*')),
  '/csv': getting('csv', { 'text/csv': text }),
  '/xml': getting('xml', { 'application/xml': text }),
  '/json': getting('json', { 'application/json': { schema: object } }),
  '/any': getting('anyObject', { '*/*': { schema: object } }),
  '/list': getting('list', { '*/*': { schema: { type: 'array', items: object } } }),
  '/open': getting('open', { '*/*': {} }),
  '/page': getting('page', { 'text/html': text }),
  '/both': getting('both', { 'text/csv': text, 'application/json': { schema: object } }),
  '/two': getting('two', { 'application/pdf': {}, 'text/csv': text }),
  '/versions': getting('versions', {
    'application/json;v=2': { schema: { ...object, required: ['n'] } },
    'application/json;v=1': { schema: { type: 'object', properties: { s: { type: 'string' } }, required: ['s'] } },
    'application/vnd.all+json': { schema: { type: 'object' } },
  }),
  '/failing': {
    get: {
      operationId: 'failing',
      responses: {
        '200': { description: 'ok', content: schemaless('application/pdf') },
        '400': { description: 'no', content: { 'application/json': { schema: object } } },
      },
    },
  },
});
afterAll(removePackages);

async function ask(operation: string, contentType: string, body: string | Uint8Array) {
  const peer = await serve((_, answer) => void answer.writeHead(200, { 'content-type': contentType }).end(body));
  try {
    const { data, error } = (await media.client(peer.url)[operation]?.()) ?? {};
    if (error) return { error: (error as { reason?: string }).reason ?? error.message };
    return data instanceof Blob ? { type: data.type, bytes: await data.text() } : data;
  } finally {
    await peer.close();
  }
}

const latin = Uint8Array.from([0x61, 0xe9]);
const html = '<!DOCTYPE html><html><body>Log in</body></html>';
const prolog = '<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>';

/** [description, operation, the peer's Content-Type, its body, what the caller receives] */
const rows: readonly (readonly [
  name: string,
  operation: string,
  type: string,
  body: string | Uint8Array,
  want: unknown,
])[] = [
  [
    'a download with another Content-Type',
    'pdf',
    'application/octet-stream',
    'bytes',
    { type: 'application/octet-stream', bytes: 'bytes' },
  ],
  ['a download whose Content-Type is JSON', 'pdf', 'application/json', '{}', { type: 'application/json', bytes: '{}' }],
  ['a download whose Content-Type is HTML', 'pdf', 'text/html', html, { type: 'text/html', bytes: html }],
  ['an image whose Content-Type is PDF', 'images', 'application/pdf', 'x', { type: 'application/pdf', bytes: 'x' }],
  ['a download with the declared Content-Type', 'pdf', 'application/pdf', 'x', { type: 'application/pdf', bytes: 'x' }],
  ['text with another Content-Type', 'csv', 'text/plain', 'a,b', 'a,b'],
  ['text whose Content-Type is HTML', 'csv', 'text/html', 'a,b', 'a,b'],
  ['a web page instead of text', 'csv', 'text/html', html, { error: 'a web page' }],
  ['a web page instead of XML', 'xml', 'text/html', html, { error: 'a web page' }],
  ['a web page instead of an object', 'json', 'text/html', html, { error: 'a body that is not JSON' }],
  ['a web page instead of an object of any type', 'anyObject', 'text/html', html, { error: 'a body that is not JSON' }],
  ['a web page instead of a list of any type', 'list', 'text/html', html, { error: 'a body that is not JSON' }],
  ['a web page where CSV or JSON is declared', 'both', 'text/html', html, { error: 'a body that is not JSON' }],
  ['a web page that is declared', 'page', 'text/html', html, html],
  ['JSON whose Content-Type is HTML', 'json', 'text/html', '{"n":1}', { n: 1 }],
  [
    'JSON in ISO-8859-1',
    'json',
    'application/json; charset=iso-8859-1',
    Buffer.from('{"n":1,"s":"é"}', 'latin1'),
    { n: 1, s: 'é' },
  ],
  [
    'JSON in windows-1251',
    'json',
    'application/json;charset="windows-1251"',
    Buffer.from([0x7b, 0x22, 0x6e, 0x22, 0x3a, 0x31, 0x2c, 0x22, 0xcf, 0x22, 0x3a, 0x30, 0x7d]),
    { n: 1, П: 0 },
  ],
  ['JSON in UTF-16', 'json', 'application/json; charset=utf-16le', Buffer.from('{"n":1}', 'utf16le'), { n: 1 }],
  ['JSON in UTF-8, in capitals', 'json', 'application/json; charset=UTF-8', '{"n":1,"s":"é"}', { n: 1, s: 'é' }],
  ['JSON in an unknown encoding', 'json', 'application/json; charset=binary', '{"n":1,"s":"é"}', { n: 1, s: 'é' }],
  ['JSON with a UTF-8 byte order mark', 'json', 'application/json', '\ufeff{"n":1}', { n: 1 }],
  ['an object of any type', 'anyObject', 'application/vnd.x+json', '{"n":1}', { n: 1 }],
  ['text of any type', 'open', 'text/plain', 'x', 'x'],
  ['text in ISO-8859-1', 'csv', 'text/csv; charset=ISO-8859-1', latin, 'aé'],
  ['text in Shift_JIS', 'csv', 'text/csv;charset="shift_jis"', Uint8Array.from([0x82, 0xa0]), 'あ'],
  ['text in UTF-16', 'csv', 'text/csv; charset=utf-16le', Uint8Array.from([0x61, 0, 0xe9, 0]), 'aé'],
  ['text in an unknown encoding', 'csv', 'text/csv; charset=klingon', 'a', { error: 'text in an unknown encoding' }],
  ['XML that declares its encoding', 'xml', 'application/xml', Buffer.from(prolog, 'latin1'), prolog],
  ['XML in UTF-16 with a byte order mark', 'xml', 'application/xml', Buffer.from('\ufeff<a/>', 'utf16le'), '<a/>'],
  ['text with a UTF-8 byte order mark', 'csv', 'text/csv', Buffer.from('\ufeffa'), 'a'],
];
test.each(rows)('%s', async (_, operation, type, body, want) => {
  expect(await ask(operation, type, body)).toEqual(want);
});

describe('the Accept header of a client', () => {
  test.each([
    ['json', 'application/json'],
    ['anyObject', 'application/json'],
    ['pdf', 'application/pdf'],
    ['images', 'image/*'],
    ['both', 'application/json, text/csv;q=0.9'],
    ['two', 'application/pdf, text/csv'],
    ['failing', 'application/pdf, application/json;q=0.9'],
    ['open', '*/*'],
  ])('%s: %s', async (operation, accept) => {
    expect(await accepted(operation)).toBe(accept);
  });

  async function accepted(operation: string, input: object = {}): Promise<string | undefined> {
    const peer = await serve((_, answer) => void answer.writeHead(204).end());
    await media.client(peer.url)[operation]?.(input);
    await peer.close();
    return peer.received[0]?.headers.accept;
  }

  test('a caller can override the Accept header', async () => {
    expect(await accepted('both', { accept: 'text/csv' })).toBe('text/csv');
  });
});

describe('a server selects the media type', () => {
  const csv = 'a,b';
  /** [description, Accept, the handler's data, Content-Type and body] */
  const answers: readonly (readonly [
    name: string,
    accept: string | undefined,
    data: unknown,
    type: string,
    body: string,
  ])[] = [
    ['JSON if the client has no preference', undefined, { n: 1 }, 'application/json', '{"n":1}'],
    ['plain text for a text', undefined, csv, 'text/csv; charset=utf-8', csv],
    ['JSON for any type', '*/*', { n: 1 }, 'application/json', '{"n":1}'],
    [
      'the type with the highest weight that can represent the value',
      'text/csv;q=0.5, application/json;q=0.9',
      { n: 1 },
      'application/json',
      '{"n":1}',
    ],
    ['plain text for a text, regardless of the weights', 'application/json', csv, 'text/csv; charset=utf-8', csv],
    ['an object as JSON, regardless of the preference', 'text/csv', { n: 1 }, 'application/json', '{"n":1}'],
    ['the only possible type if the client accepts none', 'image/png', { n: 1 }, 'application/json', '{"n":1}'],
    ['a type with weight 0 if there is no other', 'application/json;q=0', { n: 1 }, 'application/json', '{"n":1}'],
  ];
  test.each(answers)('%s', async (_, accept, data, type, body) => {
    await media.serving({ both: () => ({ data }) }, async (url) => {
      const response = await fetch(`${url}/both`, { headers: accept === undefined ? {} : { accept } });
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, type, body]);
    });
  });

  /** Bytes match both types. */
  const bytes: readonly (readonly [accept: string, type: string])[] = [
    ['application/pdf;q=0.1, text/csv', 'text/csv; charset=utf-8'],
    ['text/*;q=0.1, application/*', 'application/pdf'],
    ['*/*;q=0.1, text/csv;q=0.2', 'text/csv; charset=utf-8'],
    ['*/*, application/pdf;q=0', 'text/csv; charset=utf-8'],
    ['*/*', 'application/pdf'],
    ['TEXT/CSV', 'text/csv; charset=utf-8'],
    ['text/csv;q=nonsense, application/pdf;q=0.1', 'application/pdf'],
    ['', 'application/pdf'],
  ];
  test.each(bytes)('selects a type for bytes by Accept: %s', async (accept, type) => {
    await media.serving({ two: () => ({ data: new TextEncoder().encode('x') }) }, async (url) => {
      const response = await fetch(`${url}/two`, { headers: { accept } });
      expect([response.headers.get('content-type'), await response.text()]).toEqual([type, 'x']);
    });
  });

  test.each<[accept: string, data: object, type: string]>([
    ['*/*', { n: 1 }, 'application/json;v=2'],
    ['*/*', { s: 'x' }, 'application/json;v=1'],
    ['application/json', { s: 'x' }, 'application/json;v=1'],
    ['application/json;v=1', { s: 'x', n: 1 }, 'application/json;v=1'],
    ['application/json; v=1;q=0.5, application/json;v=2;q=0.1', { s: 'x', n: 1 }, 'application/json;v=1'],
    ['application/json;v=1;q=0.1, application/json', { s: 'x', n: 1 }, 'application/json;v=2'],
    ['application/json;charset=utf-8;v="1"', { s: 'x', n: 1 }, 'application/json;v=1'],
    ['application/vnd.all+json', { s: 'x', n: 1 }, 'application/vnd.all+json'],
    ['application/json;v=1', { n: 1 }, 'application/json;v=2'],
    ['*/*', { other: 1 }, 'application/vnd.all+json'],
  ])('selects one of several JSON types by Accept and by the value: %s %j', async (accept, data, type) => {
    await media.serving({ versions: () => ({ data }) }, async (url) => {
      const response = await fetch(`${url}/versions`, { headers: { accept } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    });
  });

  test.each([
    ['an object', { a: 1 }, 500, null],
    ['a list of objects', [{ a: 1 }], 500, null],
    ['a date', new Date(0), 200, '1970-01-01T00:00:00.000Z'],
    ['a list of texts', ['a', 'b'], 200, 'a, b'],
    ['a number', 5, 200, '5'],
  ])('an undeclared Accept header, as %s', async (_, value, status, want) => {
    const handler = () => ({ data: { n: 1 }, headers: { 'X-Other': value } });
    await media.serving({ both: handler }, async (url) => {
      const response = await fetch(`${url}/both`);
      expect([response.status, response.headers.get('x-other')]).toEqual([status, want]);
    });
  });

  test('the Content-Type of the handler takes precedence', async () => {
    const handler = () => ({ data: csv, headers: { 'content-type': 'text/csv; charset=utf-8; header=present' } });
    await media.serving({ both: handler }, async (url) => {
      const response = await fetch(`${url}/both`, { headers: { accept: 'application/json' } });
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    });
  });

  test('an object of any type is sent as JSON', async () => {
    await media.serving({ anyObject: () => ({ data: { n: 1 } }) }, async (url) => {
      const response = await fetch(`${url}/any`);
      expect([response.headers.get('content-type'), await response.json()]).toEqual(['application/json', { n: 1 }]);
    });
  });
});
