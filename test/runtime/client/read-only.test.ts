import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages, taking } from '../bodies/packages.ts';

const text = { type: 'string' };
const read = { type: 'string', readOnly: true };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (items: object) => ({ type: 'array', items });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const json = (schema: object) => ({ 'application/json': { schema } });

const schemas = {
  User: object({ id: read, name: text }, { required: ['id', 'name'] }),
  Id: read,
  Referred: object({ id: ref('Id'), name: text }),
  Wrapped: object({ id: { description: 'The id', allOf: [ref('Id')] }, name: text }, { required: ['id'] }),
  Tree: object({ id: read, name: text, children: list(ref('Tree')) }),
  Cat: object({ kind: { const: 'cat' }, id: read, name: text }, { required: ['kind'] }),
  Dog: object({ kind: { const: 'dog' }, id: text }, { required: ['kind'] }),
  Extended: { allOf: [ref('User'), object({ at: read, more: text })] },
  Sibling: { ...ref('Plain'), properties: { id: { readOnly: true } } },
  Plain: object({ id: text, name: text }),
  Animal: object({ kind: text, name: text }, { required: ['kind'], discriminator: { propertyName: 'kind' } }),
  Lion: { allOf: [ref('Animal'), object({ id: read })] },
};

type Row = readonly [name: string, schema: object, given: unknown, sent: unknown];
const rows: readonly Row[] = [
  ['a property', ref('User'), { id: '1', name: 'n' }, { name: 'n' }],
  ['of the wrong type', ref('User'), { id: 1, name: 'n' }, { name: 'n' }],
  ['behind a reference', ref('Referred'), { id: '1', name: 'n' }, { name: 'n' }],
  ['behind a reference in allOf', ref('Wrapped'), { id: '1', name: 'n' }, { name: 'n' }],
  ['beside allOf', object({ id: { allOf: [text], readOnly: true } }), { id: '1' }, {}],
  ['beside a reference', ref('Sibling'), { id: '1', name: 'n' }, { name: 'n' }],
  ['in a list', list(ref('User')), [{ id: '1', name: 'n' }], [{ name: 'n' }]],
  ['in an object', object({ user: ref('User') }), { user: { id: '1', name: 'n' } }, { user: { name: 'n' } }],
  ['of parts of allOf', ref('Extended'), { id: '1', name: 'n', at: 'a', more: 'm' }, { name: 'n', more: 'm' }],
  [
    'in a record',
    { type: 'object', additionalProperties: ref('User') },
    { a: { id: '1', name: 'n' } },
    { a: { name: 'n' } },
  ],
  [
    'in a tuple',
    { type: 'array', prefixItems: [text, ref('User')] },
    ['a', { id: '1', name: 'n' }],
    ['a', { name: 'n' }],
  ],
  [
    'at any depth',
    ref('Tree'),
    { id: '1', children: [{ id: '2', children: [{ id: '3', name: 'n' }] }] },
    { children: [{ children: [{ name: 'n' }] }] },
  ],
  ['of the branch that fits', { oneOf: [ref('Cat'), ref('Dog')] }, { kind: 'cat', id: '1' }, { kind: 'cat' }],
  ['not of another branch', { oneOf: [ref('Cat'), ref('Dog')] }, { kind: 'dog', id: '1' }, { kind: 'dog', id: '1' }],
  [
    'by a discriminator',
    { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog' } } },
    { kind: 'cat', id: '1', name: 'n' },
    { kind: 'cat', name: 'n' },
  ],
  [
    'of a schema that extends the declared one',
    ref('Animal'),
    { kind: 'Lion', id: '1', name: 'n' },
    { kind: 'Lion', name: 'n' },
  ],
  ['of a nullable object', { anyOf: [ref('User'), { type: 'null' }] }, { id: '1', name: 'n' }, { name: 'n' }],
  ['of a closed object', object({ id: read, name: text }, { additionalProperties: false }), { id: '1' }, {}],
  [
    'beside unknown properties, which stay',
    ref('User'),
    { id: '1', name: 'n', x: [{ id: '2' }] },
    { name: 'n', x: [{ id: '2' }] },
  ],
  ['null', { anyOf: [ref('User'), { type: 'null' }] }, null, null],
];

const media = {
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  xml: 'application/xml',
  lines: 'application/jsonl',
};
const made = await packageOf(
  {
    ...Object.fromEntries(rows.map(([, schema], at) => [`/r${at}`, taking(`r${at}`, json(schema))])),
    ...Object.fromEntries(
      Object.entries(media).map(([name, type]) => [`/${name}`, taking(name, { [type]: { schema: ref('User') } })]),
    ),
  },
  { components: { schemas } },
);
afterAll(removePackages);

describe('a client omits readOnly properties from requests', () => {
  test.each(rows.map(([name, , given, sent], at) => ({ name, given, sent, at })))(
    '$name',
    async ({ given, sent, at }) => {
      const before = structuredClone(given);
      expect(JSON.parse((await made.sent(`r${at}`, { body: given })).body)).toEqual(sent);
      expect(given).toEqual(before);
    },
  );

  test.each([
    ['form', { id: '1', name: 'n' }, /^name=n$/],
    [
      'multipart',
      { id: '1', name: 'n' },
      /^--\S+\r\nContent-Disposition: form-data; name="name"\r\n\r\nn\r\n--\S+--\r\n$/,
    ],
    ['xml', { id: '1', name: 'n' }, /<User><name>n<\/name><\/User>/],
    [
      'lines',
      [
        { id: '1', name: 'a' },
        { id: '2', name: 'b' },
      ],
      /^\{"name":"a"\}\n\{"name":"b"\}\n$/,
    ],
  ] as const)('in %s', async (operation, body, wire) => {
    expect((await made.sent(operation, { body })).body).toMatch(wire);
  });

  test('omits them without validation, too', async () => {
    let received: unknown;
    const handler = ({ body }: { readonly body: unknown }) => {
      received = body;
      return { status: 204 };
    };
    const off = { validation: { input: 'off', responses: 'off' } };
    const result = await made.serving({ r0: handler }, (url) =>
      Promise.resolve(made.client(url, off).r0?.({ body: { id: '1', name: 'n', more: 1 } })),
    );
    expect([result?.error, received]).toEqual([undefined, { name: 'n', more: 1 }]);
  });
});

describe('a webhook is sent by the owner of the data', () => {
  const Secret = object(
    { id: read, name: text, pin: { ...text, writeOnly: true } },
    { required: ['id', 'name', 'pin'] },
  );
  const requestBody = { required: true, content: json(ref('Secret')) };
  const responses = { 200: { description: 'ok', content: json(ref('Secret')) } };
  const hook = { post: { operationId: 'hook', requestBody, responses } };
  const named = {
    post: {
      operationId: 'named',
      requestBody: { $ref: '#/components/requestBodies/Secret' },
      responses: { 200: { $ref: '#/components/responses/Secret' } },
    },
  };
  const both = { id: '1', name: 'n', pin: 'p' };

  test.each(['hook', 'named'])(
    '%s: its request contains readOnly properties, its response writeOnly ones',
    async (operation) => {
      const webhooks = await packageOf(
        { '/direct': { post: { ...hook.post, operationId: 'direct' } } },
        {
          webhooks: { hook, named },
          components: {
            schemas: { Secret },
            requestBodies: { Secret: requestBody },
            responses: { Secret: responses[200] },
          },
        },
      );
      let received: unknown;
      const handler = ({ body }: { readonly body: unknown }) => {
        received = body;
        return { data: both };
      };
      await webhooks.serving({ hook: handler, named: handler, direct: handler }, async (url) => {
        const sent = await webhooks.client(url)[operation]?.({ body: both }, { endpoint: `${url}/${operation}` });
        expect([sent?.error?.message, received, sent?.data]).toEqual([
          undefined,
          { id: '1', name: 'n' },
          { name: 'n', pin: 'p' },
        ]);
        const direct = await webhooks.client(url).direct?.({ body: both });
        expect([direct?.error, received, direct?.data]).toEqual([
          undefined,
          { name: 'n', pin: 'p' },
          { id: '1', name: 'n' },
        ]);
        const missing = await fetch(`${url}/${operation}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"name":"n"}',
        });
        expect(missing.status).toBe(400);
      });
    },
  );
});
