import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedPackage, loadPackage } from '../../emit/load-package.ts';

const text = { type: 'string' };
const secret = { type: 'string', writeOnly: true };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (items: object) => ({ type: 'array', items });
const object = (properties: object, rest: object = {}) => ({ type: 'object', properties, ...rest });

const schemas = {
  User: object(
    { id: { type: 'string', readOnly: true }, name: text, password: secret },
    { required: ['name', 'password'] },
  ),
  Tree: object({ name: text, pin: secret, children: list(ref('Tree')) }),
  Cat: object({ kind: { const: 'cat' }, meow: text, chip: secret }, { required: ['kind'] }),
  Dog: object({ kind: { const: 'dog' }, bark: text }, { required: ['kind'] }),
  Base: object({ id: text }),
  // Other schemas extend these: with a mapping, by name, in two steps, and with a separate discriminator.
  Animal: object(
    { kind: text, name: text },
    {
      required: ['kind'],
      discriminator: { propertyName: 'kind', mapping: { lion: 'Lion', wolf: '#/components/schemas/Wolf' } },
    },
  ),
  Lion: { allOf: [ref('Animal'), object({ mane: text, chip: secret, prey: list(ref('Animal')) })] },
  Wolf: {
    allOf: [ref('Animal'), object({ rank: text })],
    discriminator: { propertyName: 'rank', mapping: { alpha: 'Alpha' } },
  },
  Alpha: { allOf: [ref('Wolf'), object({ bite: text })] },
  Fox: { allOf: [ref('Animal')], type: 'object', properties: { den: text } },
  Arctic: { allOf: [ref('Fox'), object({ fur: text })] },
  // Referenced only by a discriminator.
  Event: object({ type: text, at: text }, { required: ['type'], discriminator: { propertyName: 'type' } }),
  Paid: { allOf: [ref('Event'), object({ amount: { type: 'integer' }, card: secret }, { required: ['card'] })] },
  Closed: object({ id: text, pin: secret }, { additionalProperties: false }),
  // Distinguished by the properties that they lack.
  Meower: object({ meow: text, chip: secret }),
  Barker: object({ bark: text }),
  Open: object({ name: text, password: secret }, { additionalProperties: true }),
};

type Row = readonly [name: string, schema: object, answered: unknown, want: unknown];

const rows: readonly Row[] = [
  ['an undeclared property', ref('User'), { name: 'n', hash: 'h' }, { name: 'n' }],
  ['a writeOnly property', ref('User'), { id: '1', name: 'n', password: 'p' }, { id: '1', name: 'n' }],
  ['a writeOnly property of the wrong type', ref('User'), { name: 'n', password: 1 }, { name: 'n' }],
  [
    'in a list',
    list(ref('User')),
    [
      { name: 'a', password: 'p' },
      { name: 'b', x: 1 },
    ],
    [{ name: 'a' }, { name: 'b' }],
  ],
  [
    'nested',
    object({ user: ref('User'), more: object({ of: list(ref('User')) }) }),
    { user: { name: 'n', password: 'p', x: 1 }, more: { of: [{ name: 'n', password: 'p' }], x: 1 }, x: 1 },
    { user: { name: 'n' }, more: { of: [{ name: 'n' }] } },
  ],
  [
    'in a recursive schema',
    ref('Tree'),
    { name: 'a', pin: '1', children: [{ name: 'b', pin: '2', children: [{ pin: '3', x: 1 }] }] },
    { name: 'a', children: [{ name: 'b', children: [{}] }] },
  ],
  [
    'in a union',
    { oneOf: [ref('Cat'), ref('Dog')] },
    { kind: 'cat', meow: 'm', chip: 'c', bark: 'b' },
    { kind: 'cat', meow: 'm' },
  ],
  [
    'in a union with a discriminator',
    {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: {
        propertyName: 'kind',
        mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
      },
    },
    { kind: 'dog', meow: 'm', chip: 'c', bark: 'b' },
    { kind: 'dog', bark: 'b' },
  ],
  [
    'in overlapping alternatives: properties of any matching one stay',
    {
      anyOf: [
        object({ a: text }),
        object({ a: text, b: text }),
        object({ c: { type: 'integer' } }, { required: ['c'] }),
      ],
    },
    { a: 'a', b: 'b', c: 'no integer' },
    { a: 'a', b: 'b' },
  ],
  [
    'in a nullable property',
    object({ user: { anyOf: [ref('User'), { type: 'null' }] } }),
    { user: { name: 'n', password: 'p' } },
    { user: { name: 'n' } },
  ],
  [
    'in allOf',
    { allOf: [ref('Base'), object({ name: text, pin: secret })] },
    { id: '1', name: 'n', pin: 'p', x: 1 },
    { id: '1', name: 'n' },
  ],
  [
    'in allOf whose parts declare the same property',
    { allOf: [object({ a: object({ x: text }) }), object({ a: object({ y: text, z: secret }) })] },
    { a: { x: 'x', y: 'y', z: 'z', q: 1 }, b: 1 },
    { a: { x: 'x', y: 'y' } },
  ],
  [
    'beside a $ref',
    { ...ref('Base'), properties: { pin: secret, name: text } },
    { id: '1', pin: 'p', name: 'n', x: 1 },
    { id: '1', name: 'n' },
  ],
  [
    'in a map',
    object({}, { additionalProperties: ref('User') }),
    { a: { name: 'n', password: 'p' } },
    { a: { name: 'n' } },
  ],
  [
    'declared by a pattern',
    object({}, { patternProperties: { '^x-': object({ a: text, b: secret }) } }),
    { 'x-1': { a: 'a', b: 'b' }, y: 1 },
    { 'x-1': { a: 'a' } },
  ],
  [
    'in a tuple',
    { type: 'array', prefixItems: [text, ref('User')] },
    ['a', { name: 'n', password: 'p' }],
    ['a', { name: 'n' }],
  ],
  [
    'by a condition',
    object(
      { kind: text },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      { if: object({ kind: { const: 'a' } }), then: object({ a: text }), else: object({ b: text }) },
    ),
    { kind: 'a', a: '1', b: '2' },
    { kind: 'a', a: '1' },
  ],
  [
    'with a default: it is not written',
    object({ a: { type: 'integer', default: 1 }, b: text }),
    { b: 'b', x: 1 },
    { b: 'b' },
  ],
  [
    'of an object with toJSON',
    ref('User'),
    { toJSON: () => ({ name: 'n', password: 'p', x: 1 }), name: 'n' },
    { name: 'n' },
  ],
  [
    'in an open object, only writeOnly properties',
    ref('Open'),
    { name: 'n', password: 'p', x: { y: 1 } },
    { name: 'n', x: { y: 1 } },
  ],
  [
    'of an extending schema that nothing else references',
    object({ event: ref('Event'), all: list(ref('Event')) }),
    { event: { type: 'Paid', amount: 1, card: 'c', x: 1 }, all: [{ type: 'Paid', card: 'c' }] },
    { event: { type: 'Paid', amount: 1 }, all: [{ type: 'Paid' }] },
  ],
  ['in a closed object', ref('Closed'), { id: '1', pin: 'p', hash: 'h' }, { id: '1' }],
  [
    'in closed objects of a list and of a nullable property',
    object({ all: list(ref('Closed')), one: { anyOf: [ref('Closed'), { type: 'null' }] } }),
    { all: [{ id: '1', x: 1 }], one: { id: '2', pin: 'p', x: 1 } },
    { all: [{ id: '1' }], one: { id: '2' } },
  ],
  [
    'in closed objects that a discriminator selects',
    {
      oneOf: [
        object({ is: { const: 'a' }, a: text }, { required: ['is'], additionalProperties: false }),
        object({ is: { const: 'b' }, b: text }, { required: ['is'], additionalProperties: false }),
      ],
      discriminator: { propertyName: 'is' },
    },
    { is: 'b', a: 'a', b: 'b', x: 1 },
    { is: 'b', b: 'b' },
  ],
  ['nothing in an object without declared properties', { type: 'object' }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['nothing where any value is allowed', {}, { a: { b: 1 } }, { a: { b: 1 } }],
  ['nothing in a property of any type', object({ any: {} }), { any: { b: 1 }, x: 1 }, { any: { b: 1 } }],
  [
    'with the name of an inherited property',
    object({ constructor: text }),
    { constructor: 'c', toString: 't' },
    { constructor: 'c' },
  ],
  [
    'beyond the extending schema',
    ref('Animal'),
    { kind: 'lion', name: 'n', mane: 'm', chip: 'c', den: 'd' },
    { kind: 'lion', name: 'n', mane: 'm' },
  ],
  [
    'beyond an extending schema selected by its own name',
    ref('Animal'),
    { kind: 'Fox', den: 'd', fur: 'f' },
    { kind: 'Fox', den: 'd' },
  ],
  [
    'beyond a schema two levels below',
    ref('Animal'),
    { kind: 'Arctic', den: 'd', fur: 'f', x: 1 },
    { kind: 'Arctic', den: 'd', fur: 'f' },
  ],
  [
    'beyond the schema that a second discriminator selects',
    ref('Animal'),
    { kind: 'wolf', rank: 'alpha', bite: 'b', mane: 'm' },
    { kind: 'wolf', rank: 'alpha', bite: 'b' },
  ],
  ['with an unknown value of the discriminator', ref('Animal'), { kind: 'cow', milk: 1 }, { kind: 'cow' }],
  [
    'with the name of an inherited property as its value',
    ref('Animal'),
    { kind: 'toString', x: 1 },
    { kind: 'toString' },
  ],
  [
    'of an extending schema that is referenced itself',
    ref('Lion'),
    { kind: 'lion', mane: 'm', chip: 'c', x: 1 },
    { kind: 'lion', mane: 'm' },
  ],
  [
    'of extended schemas in lists and in each other',
    list(ref('Animal')),
    [{ kind: 'lion', prey: [{ kind: 'Fox', den: 'd', x: 1 }], x: 1 }],
    [{ kind: 'lion', prey: [{ kind: 'Fox', den: 'd' }] }],
  ],
  [
    'of a nullable extended schema',
    { anyOf: [ref('Animal'), { type: 'null' }] },
    { kind: 'lion', mane: 'm', x: 1 },
    { kind: 'lion', mane: 'm' },
  ],
  [
    'of an extended schema in a map',
    object({}, { additionalProperties: ref('Animal') }),
    { a: { kind: 'lion', mane: 'm', x: 1 } },
    { a: { kind: 'lion', mane: 'm' } },
  ],
  [
    'but not the property of a discriminator that no alternative declares',
    { oneOf: [ref('Meower'), ref('Barker')], discriminator: { propertyName: 'kind' } },
    { kind: 'Meower', meow: 'm', chip: 'c', bark: 'b' },
    { kind: 'Meower', meow: 'm' },
  ],
  [
    'but not that property in a list, by a mapping',
    list({
      oneOf: [ref('Meower'), ref('Barker')],
      discriminator: { propertyName: 'is', mapping: { cat: 'Meower', dog: 'Barker' } },
    }),
    [{ is: 'dog', meow: 'm', bark: 'b' }],
    [{ is: 'dog', bark: 'b' }],
  ],
];

const document = {
  openapi: '3.1.0',
  info: { title: 'Hostile', version: '1' },
  servers: [{ url: 'https://provider.example' }],
  paths: Object.fromEntries(
    rows.map(([, schema], at) => [
      `/${at}`,
      {
        get: {
          operationId: `op${at}`,
          responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
        },
      },
    ]),
  ),
  components: { schemas },
};

const folder = mkdtempSync(join(tmpdir(), 'countersign-kept-'));
let made: LoadedPackage<unknown>;
const handlers = Object.fromEntries(rows.map(([, , answered], at) => [`op${at}`, () => ({ data: answered })]));
const open: Listening[] = [];
const serve = async (options: object = {}): Promise<string> => {
  const listening = await listen(made.createServer({ handlers, logger: {}, ...options }));
  open.push(listening);
  return listening.url;
};

beforeAll(async () => {
  made = await loadPackage(folder, document);
});
afterAll(async () => {
  for (const listening of open) await listening.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['throw', {}],
  ['off', { validation: { responses: 'off' } }],
  ['warn', { validation: { responses: 'warn' } }],
] as const)('a server that validates responses with %s omits undeclared and writeOnly properties', (_, options) => {
  let url = '';
  beforeAll(async () => {
    url = await serve(options);
  });
  test.each(rows.map(([name, , , want], at) => [name, at, want] as const))('%s', async (_, at, want) => {
    const response = await fetch(`${url}/${at}`);
    expect([response.status, await response.json()]).toEqual([200, want]);
  });
});

test('passthrough keeps undeclared properties, and omits writeOnly ones', async () => {
  const url = await serve({ unknownKeys: 'passthrough' });
  const wants: readonly (readonly [at: number, want: unknown])[] = [
    [0, { name: 'n', hash: 'h' }],
    [1, { id: '1', name: 'n' }],
    [4, { user: { name: 'n', x: 1 }, more: { of: [{ name: 'n' }], x: 1 }, x: 1 }],
    [6, { kind: 'cat', meow: 'm', bark: 'b' }],
    [11, { a: { x: 'x', y: 'y', q: 1 }, b: 1 }],
  ];
  for (const [at, want] of wants) expect(await (await fetch(`${url}/${at}`)).json()).toEqual(want);
});

test('an invalid response omits them, if it is sent at all', async () => {
  const wrong = { handlers: { op1: () => ({ data: { name: 1, password: 'p', x: 1 } }) } };
  const strict = await fetch(`${await serve(wrong)}/1`);
  expect([strict.status, (await strict.text()).includes('p"')]).toEqual([500, false]);
  const lenient = await fetch(`${await serve({ ...wrong, validation: { responses: 'warn' } })}/1`);
  expect(await lenient.json()).toEqual({ name: 1 });
});
