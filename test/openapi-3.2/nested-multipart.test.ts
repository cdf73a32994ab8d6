import { type AnyClient, type Row, testRows } from './table.ts';

const text = { type: 'string' };
const number = { type: 'integer' };
const file = { type: 'string', format: 'binary' };
const object = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const list = (items: object) => ({ type: 'array', items });
const person = object({ name: text, age: number });

const sending = (mediaType: string, media: object) => ({
  paths: {
    '/items': {
      post: {
        operationId: 'send',
        summary: 'Send',
        requestBody: { required: true, content: { [mediaType]: media } },
        responses: {
          200: { description: 'ok', content: { 'application/json': { schema: {}, example: { wire: 'shown' } } } },
        },
      },
    },
  },
});
const reading = (media: object) => ({
  paths: {
    '/items': {
      get: {
        operationId: 'read',
        summary: 'Read',
        responses: { 200: { description: 'ok', content: { 'multipart/mixed': media } } },
      },
    },
  },
});

/** Files in a comparable form. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return { type: value.type, text: await value.text() };
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([name, member]) => [name, await plain(member)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
const png = (name: string) => new Blob([name], { type: 'image/png' });
const shown = (name: string, type = 'image/png') => ({ type, text: name });

type Sent = {
  readonly section: string;
  readonly name: string;
  readonly media: object;
  readonly mediaType?: string;
  readonly given: unknown;
  /** What the handler reads. Default: the given value. */
  readonly want?: unknown;
  /** A different value, and the message of its error. */
  readonly wrong: unknown;
  readonly says: RegExp;
  readonly use: string;
  readonly changed: object;
  readonly diff: readonly string[];
};

/** A message of a validation error, of the client and of the server. */
const messageOf = (outcome: { error?: unknown } | undefined, says: RegExp) => {
  const { message = '', body } = (outcome?.error ?? {}) as { message?: string; body?: unknown };
  return says.test(`${message} ${JSON.stringify(body)}`) ? 'says it' : `${message} ${JSON.stringify(body)}`;
};

const sent = (row: Sent): Row => {
  const { section, name, media, mediaType = 'multipart/form-data', given, want = given, wrong, says, use } = row;
  return {
    section,
    name,
    document: sending(mediaType, media),
    use: `return client.send({ body: ${use} });`,
    handlers: { send: async ({ body }: { body: unknown }) => ({ data: { read: await plain(body) } }) },
    call: async (client: AnyClient) => {
      const { data, error } = (await client.send?.({ body: given })) ?? {};
      const refused = await client.send?.({ body: wrong });
      const unchecked = await client.send?.({ body: wrong }, { validation: { input: 'off' } });
      return [data ?? error, messageOf(refused, says), messageOf(unchecked, says)];
    },
    want: [{ read: want }, 'says it', 'says it'],
    mocked: [{ wire: 'shown' }, 'says it', 'says it'],
    after: sending(mediaType, row.changed),
    diff: row.diff,
  };
};

const byName = {
  schema: object({ owner: person, note: text }),
  encoding: { owner: { contentType: 'multipart/mixed', encoding: { age: { contentType: 'text/plain' } } } },
};
const files = {
  schema: object({ title: text, photos: list(file) }),
  encoding: { photos: { contentType: 'multipart/mixed', itemEncoding: { contentType: 'image/png' } } },
};
const albums = {
  schema: object({ albums: list(list(file)) }),
  encoding: { albums: { contentType: 'multipart/mixed', itemEncoding: { contentType: 'image/png' } } },
};
const deep = {
  schema: object({ outer: object({ middle: object({ inner: list(number), photo: file }), word: text }) }),
  encoding: {
    outer: {
      contentType: 'multipart/form-data',
      encoding: {
        middle: {
          contentType: 'multipart/form-data',
          encoding: {
            inner: { contentType: 'application/json' },
            photo: { contentType: 'image/png', headers: { 'X-Size': { schema: { const: 'small' } } } },
          },
        },
      },
    },
  },
};
const mixed = {
  schema: object({
    report: { type: 'array', prefixItems: [person, object({ rows: list(number), photo: file })], items: false },
  }),
  encoding: {
    report: {
      contentType: 'multipart/related',
      prefixEncoding: [
        { contentType: 'application/json' },
        { contentType: 'multipart/form-data', encoding: { photo: { contentType: 'image/png' } } },
      ],
    },
  },
};

const address = {
  ...object({ city: text, zip: { ...number, xml: { attribute: true } }, lines: list(text) }),
  xml: { name: 'addr' },
};
const home = { city: 'Rome & <Co>', zip: 7, lines: ['a', 'b'] };
const renamed = { ...address, xml: { name: 'place' } };
const xml = (schema: object) => ({
  schema: object({ home: schema, others: list(schema), note: text }),
  encoding: {
    home: { contentType: 'application/xml' },
    others: { contentType: 'application/vnd.x+xml' },
    note: { contentType: 'application/xml' },
  },
});
const placedXml = (schema: object) => ({
  schema: { type: 'array', prefixItems: [schema, object({ home: schema })], items: false, minItems: 2 },
  prefixEncoding: [
    { contentType: 'application/xml' },
    { contentType: 'multipart/form-data', encoding: { home: { contentType: 'text/xml' } } },
  ],
});
const xmlUse = "{ city: 'a', zip: 1, lines: [] }";

testRows([
  sent({
    section: 'encoding-object',
    name: 'an object and a list of objects as XML in parts of a form',
    media: xml(address),
    given: { home, others: [home, { ...home, lines: [] }], note: '<note/>' },
    // An empty list has no element.
    want: { home, others: [home, { city: home.city, zip: 7, lines: [] }], note: '<note/>' },
    wrong: { home: { ...home, zip: 'x' }, others: [], note: '' },
    says: /\/home\/zip/,
    use: `{ home: ${xmlUse}, others: [], note: '' }`,
    changed: xml(renamed),
    diff: [
      'major: request: the XML of the part `home` is written differently',
      'major: request: the XML of the part `others` is written differently',
    ],
  }),
  sent({
    section: 'encoding-by-position',
    name: 'XML in positions, and in names in them',
    mediaType: 'multipart/mixed',
    media: placedXml(address),
    given: [home, { home }],
    wrong: [home, { home: { ...home, zip: 'x' } }],
    says: /\/1\/home\/zip/,
    use: `[${xmlUse}, { home: ${xmlUse} }]`,
    changed: placedXml(renamed),
    diff: [
      'major: request: the XML of the part 0 is written differently',
      'major: request: the XML of the part `home` is written differently',
    ],
  }),
  {
    section: 'encoding-by-position',
    name: 'responses with XML in parts',
    document: reading(placedXml(address)),
    use: `const { data } = await client.read();
return data && [data[0].zip satisfies number, data[1].home.city satisfies string];`,
    handlers: { read: () => ({ data: [home, { home }] }) },
    call: async (client) => {
      const { data, error } = (await client.read?.({}, { validation: { responses: 'throw' } })) ?? {};
      const [first, second] = (data ?? []) as [typeof home, { home: typeof home }];
      return error ?? [typeof first.zip, typeof second.home.zip, Array.isArray(first.lines)];
    },
    want: ['number', 'number', true],
  },
  sent({
    section: 'encoding-by-name',
    name: 'an object with names in a part of a form',
    media: byName,
    given: { owner: { name: 'Ann', age: 4 }, note: 'a' },
    wrong: { owner: { name: 'Ann', age: 'old' }, note: 'a' },
    says: /\/owner\/age/,
    use: "{ owner: { name: 'Ann', age: 4 }, note: 'a' }",
    changed: {
      ...byName,
      encoding: { owner: { contentType: 'multipart/mixed', encoding: { age: { contentType: 'application/json' } } } },
    },
    diff: ['major: the part `owner` of `multipart/form-data` is serialized differently'],
  }),
  sent({
    section: 'encoding-by-position',
    name: 'a nested multipart/mixed of files',
    media: files,
    given: { title: 't', photos: [png('a'), new Blob(['b'])] },
    want: { title: 't', photos: [shown('a'), shown('b')] },
    wrong: { title: 't', photos: 'none' },
    says: /\/photos/,
    use: "{ title: 't', photos: [new Blob(['a'])] }",
    changed: { schema: files.schema },
    diff: ['major: the part `photos` of `multipart/form-data` is serialized differently'],
  }),
  sent({
    section: 'encoding-by-name',
    name: 'each item of a list is a multipart/mixed of files, one of them alone',
    media: albums,
    given: { albums: [[png('a'), png('b')]] },
    want: { albums: [[shown('a'), shown('b')]] },
    wrong: { albums: [[png('a')], 7] },
    says: /\/albums/,
    use: "{ albums: [[new Blob(['a'])], []] }",
    changed: albums,
    diff: [],
  }),
  sent({
    section: 'encoding-by-name',
    name: 'each item of a list is a multipart/mixed of files, several and an empty one',
    media: albums,
    given: { albums: [[png('a')], [], [png('b'), png('c')]] },
    want: { albums: [[shown('a')], [], [shown('b'), shown('c')]] },
    wrong: { albums: 'none' },
    says: /\/albums/,
    use: "{ albums: [[new Blob(['a'])], []] }",
    changed: albums,
    diff: [],
  }),
  sent({
    section: 'encoding-object',
    name: 'three levels of names',
    media: deep,
    given: { outer: { middle: { inner: [1, 2], photo: png('p') }, word: 'w' } },
    want: { outer: { middle: { inner: [1, 2], photo: shown('p') }, word: 'w' } },
    wrong: { outer: { middle: { inner: [1, 'x'], photo: png('p') }, word: 'w' } },
    says: /\/outer\/middle\/inner\/1/,
    use: "{ outer: { middle: { inner: [1], photo: new Blob(['p']) }, word: 'w' } }",
    changed: {
      ...deep,
      encoding: { outer: { ...deep.encoding.outer, encoding: { middle: { contentType: 'application/json' } } } },
    },
    diff: ['major: the part `outer` of `multipart/form-data` is serialized differently'],
  }),
  sent({
    section: 'encoding-by-position',
    name: 'names in positions in names',
    media: mixed,
    given: {
      report: [
        { name: 'Ann', age: 4 },
        { rows: [1, 2], photo: png('p') },
      ],
    },
    want: {
      report: [
        { name: 'Ann', age: 4 },
        { rows: [1, 2], photo: shown('p') },
      ],
    },
    wrong: {
      report: [
        { name: 'Ann', age: 4 },
        { rows: ['x'], photo: png('p') },
      ],
    },
    says: /\/report\/1\/rows/,
    use: "{ report: [{ name: 'Ann', age: 4 }, { rows: [1], photo: new Blob(['p']) }] }",
    changed: {
      ...mixed,
      encoding: { report: { ...mixed.encoding.report, contentType: 'multipart/mixed' } },
    },
    diff: ['major: the part `report` of `multipart/form-data` is serialized differently'],
  }),
  sent({
    section: 'encoding-by-position',
    name: 'names in positions, three levels',
    mediaType: 'multipart/mixed',
    media: {
      schema: { type: 'array', prefixItems: [text, object({ owner: person, photos: list(file) })], items: false },
      prefixEncoding: [
        {},
        {
          contentType: 'multipart/form-data',
          encoding: {
            owner: { contentType: 'multipart/mixed', encoding: {} },
            photos: { contentType: 'image/png' },
          },
        },
      ],
    },
    given: ['head', { owner: { name: 'Ann', age: 4 }, photos: [png('a')] }],
    want: ['head', { owner: { name: 'Ann', age: 4 }, photos: [shown('a')] }],
    wrong: ['head', { owner: { name: 'Ann', age: null }, photos: [png('a')] }],
    says: /\/1\/owner/,
    use: "['head', { owner: { name: 'Ann', age: 4 }, photos: [new Blob(['a'])] }]",
    changed: {
      schema: { type: 'array', prefixItems: [text, object({ owner: person, photos: list(file) })], items: false },
      prefixEncoding: [
        {},
        {
          contentType: 'multipart/form-data',
          encoding: { owner: { contentType: 'application/json' }, photos: { contentType: 'image/png' } },
        },
      ],
    },
    diff: ['major: request: the part 1 of `multipart/mixed` is serialized differently'],
  }),
  {
    section: 'encoding-by-position',
    name: 'responses of lists and objects in parts',
    document: reading({
      schema: {
        type: 'array',
        prefixItems: [list(file), object({ owner: person, tags: list(text), photo: file })],
        items: false,
        minItems: 2,
      },
      prefixEncoding: [
        { contentType: 'multipart/mixed', itemEncoding: { contentType: 'image/png' } },
        {
          contentType: 'multipart/form-data',
          encoding: { owner: { contentType: 'multipart/mixed', encoding: {} }, photo: { contentType: 'image/png' } },
        },
      ],
    }),
    use: `const { data } = await client.read();
return data && [data[0][0]?.size satisfies number | undefined, data[1].owner.age satisfies number];`,
    handlers: {
      read: () => ({ data: [[png('a'), png('b')], { owner: { name: 'Ann', age: 4 }, tags: ['x'], photo: png('p') }] }),
    },
    call: async (client) => {
      const { data, error } = (await client.read?.({}, { validation: { responses: 'throw' } })) ?? {};
      const [photos, form] = (data ?? []) as [Blob[], { owner: object; tags: string[]; photo: Blob }];
      return (
        error ?? [
          photos.every((one) => one instanceof Blob),
          await plain(form.photo instanceof Blob),
          Object.keys(form.owner),
        ]
      );
    },
    want: [true, true, ['name', 'age']],
  },
]);
