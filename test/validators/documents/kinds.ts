/** A third-party document, by the schemas of its components. The values are those of the first one. */
export type Given = {
  /** Default 3.1.0. */
  readonly openapi?: string;
  readonly schemas: { readonly [name: string]: unknown };
  readonly accepted: readonly unknown[];
  readonly refused: readonly unknown[];
};

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const open = (properties: object, ...required: readonly string[]) => ({ type: 'object', properties, required });
const text = { type: 'string' };
const whole = { type: 'integer' };
const kind = open({ kind: text }, 'kind');
const extend = (parent: string, ...more: readonly object[]) => ({ allOf: [ref(parent), ...more] });
const mapping = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name.toLowerCase(), `#/components/schemas/${name}`]));
const chosen = (...names: readonly string[]) => ({ propertyName: 'kind', mapping: mapping(...names) });
const circle = open({ r: { type: 'number' } }, 'r');
const square = open({ side: { type: 'number' } }, 'side');
const A = { kind: 'a', r: 1 };
const B = { kind: 'b', side: 2 };

const nested = (levels: number, make: (inner: object) => object): object =>
  levels === 0 ? text : make(nested(levels - 1, make));
const inside = (levels: number, make: (inner: unknown) => unknown, leaf: unknown): unknown =>
  levels === 0 ? leaf : make(inside(levels - 1, make, leaf));
const unions = (count: number, each: number) =>
  Array.from({ length: count }, (_, at) => ({
    oneOf: Array.from({ length: each }, (_, option) => open({ [`p${at}`]: { const: option } }, `p${at}`)),
  }));

/** By kind, and by variant. */
export const DOCUMENTS: { readonly [kind: string]: { readonly [what: string]: Given } } = {
  'parents that list their children': {
    'with a discriminator': {
      schemas: {
        S: { ...kind, discriminator: chosen('A', 'B'), oneOf: [ref('A'), ref('B')] },
        A: extend('S', circle),
        B: extend('S', square),
      },
      accepted: [A, B],
      refused: [{ kind: 'a', side: 1 }, { kind: 'c' }, { r: 1 }],
    },
    'in 3.0': {
      openapi: '3.0.3',
      schemas: {
        S: { ...kind, discriminator: chosen('A', 'B'), oneOf: [ref('A'), ref('B')] },
        A: extend('S', circle),
        B: extend('S', square),
      },
      accepted: [A, B],
      refused: [{ kind: 'a', side: 1 }],
    },
    'without a discriminator': {
      schemas: { S: { ...kind, oneOf: [ref('A'), ref('B')] }, A: extend('S', circle), B: extend('S', square) },
      accepted: [A, B],
      refused: [{ r: 1 }, { kind: 'a' }],
    },
    'in anyOf': {
      schemas: { S: { ...kind, anyOf: [ref('A'), ref('B')] }, A: extend('S', circle), B: extend('S', square) },
      accepted: [A, { kind: 'x', r: 1, side: 2 }],
      refused: [{ kind: 'a' }],
    },
    'over two generations': {
      schemas: {
        S: { ...kind, oneOf: [ref('A'), ref('B')] },
        A: { ...extend('S', open({ a: text }, 'a')), oneOf: [ref('C'), ref('D')] },
        B: extend('S', square),
        C: extend('A', circle),
        D: extend('A', open({ d: text }, 'd')),
      },
      accepted: [{ kind: 'c', a: '', r: 1 }, B],
      refused: [
        { kind: 'c', r: 1 },
        { kind: 'a', a: '' },
      ],
    },
    'extended beside a reference': {
      schemas: {
        S: { ...kind, oneOf: [ref('A'), ref('B')] },
        A: { ...ref('S'), ...circle },
        B: { ...ref('S'), ...square },
      },
      accepted: [A, B],
      refused: [{ r: 1 }],
    },
    'children that are used alone': {
      schemas: {
        S: open({ one: ref('A'), any: { type: 'array', items: ref('P') } }, 'one'),
        P: { ...kind, discriminator: chosen('A', 'B'), oneOf: [ref('A'), ref('B')] },
        A: extend('P', circle),
        B: extend('P', square),
      },
      accepted: [{ one: { kind: 'anything', r: 1 } }, { one: A, any: [A, B] }],
      refused: [{ one: B }, { one: { r: 1 } }, { one: A, any: [{ kind: 'a', side: 1 }] }],
    },
    'a parent without a word of its own': {
      schemas: { S: { oneOf: [ref('A'), ref('B')] }, A: extend('S', circle), B: extend('S', square) },
      accepted: [{ r: 1 }, { side: 1 }],
      refused: [{}, 1],
    },
    'a child that only one of the lists has': {
      schemas: { S: { ...kind, oneOf: [ref('A'), { type: 'null' }] }, A: extend('S', circle) },
      accepted: [A],
      refused: [{ kind: 'a' }],
    },
    'names that a pointer escapes': {
      schemas: {
        S: { ...kind, oneOf: [{ $ref: '#/components/schemas/A%20b' }, ref('B')] },
        'A b': extend('S', circle),
        B: extend('S', square),
      },
      accepted: [A, B],
      refused: [{ kind: 'a' }],
    },
  },
  'nullable beside alternatives': {
    'one alternative takes null': {
      openapi: '3.0.3',
      schemas: {
        S: open({ at: { nullable: true, oneOf: [ref('Level'), ref('No')] } }),
        Level: { type: 'string', enum: ['low'] },
        No: { enum: [null] },
      },
      accepted: [{ at: null }, { at: 'low' }, {}],
      refused: [{ at: 'high' }],
    },
    'an object that takes null': {
      openapi: '3.0.3',
      schemas: { S: open({ at: { nullable: true, oneOf: [{ ...open({ z: whole }), nullable: true }, whole] } }) },
      accepted: [{ at: null }, { at: {} }, { at: 1 }],
      refused: [{ at: '' }],
    },
    'two take null': {
      openapi: '3.0.3',
      schemas: {
        S: open({
          at: {
            nullable: true,
            oneOf: [
              { ...text, nullable: true },
              { ...whole, nullable: true },
            ],
          },
        }),
      },
      accepted: [{ at: null }, { at: '' }, { at: 1 }],
      refused: [{ at: true }],
    },
    'none takes null': {
      openapi: '3.0.3',
      schemas: { S: open({ at: { nullable: true, oneOf: [text, whole] } }) },
      accepted: [{ at: null }, { at: 1 }],
      refused: [{ at: true }],
    },
    'in anyOf': {
      openapi: '3.0.3',
      schemas: { S: open({ at: { nullable: true, anyOf: [ref('T'), whole] } }), T: { ...text, nullable: true } },
      accepted: [{ at: null }, { at: '' }],
      refused: [{ at: true }],
    },
    'with a type': {
      openapi: '3.0.3',
      schemas: { S: open({ at: { type: 'object', nullable: true, oneOf: [circle, square] } }) },
      accepted: [{ at: null }, { at: { r: 1 } }],
      refused: [{ at: {} }, { at: 1 }],
    },
    'allOf with a type': {
      openapi: '3.0.3',
      schemas: { S: open({ at: { type: 'object', nullable: true, allOf: [ref('C')] } }), C: circle },
      accepted: [{ at: null }, { at: { r: 1 } }],
      refused: [{ at: {} }],
    },
    'with a discriminator': {
      openapi: '3.0.3',
      schemas: {
        S: open({ at: { nullable: true, oneOf: [ref('A'), ref('B')], discriminator: chosen('A', 'B') } }),
        A: open({ kind: text, r: whole }, 'kind', 'r'),
        B: open({ kind: text, side: whole }, 'kind', 'side'),
      },
      accepted: [{ at: null }, { at: A }, { at: B }],
      refused: [{ at: { kind: 'a', side: 1 } }, { at: { kind: 'c' } }],
    },
    'null among what a discriminator chooses from': {
      schemas: {
        S: open({ at: { oneOf: [ref('A'), ref('B'), { type: 'null' }], discriminator: chosen('A', 'B') } }),
        A: open({ kind: text, r: whole }, 'kind', 'r'),
        B: open({ kind: text, side: whole }, 'kind', 'side'),
      },
      accepted: [{ at: null }, { at: A }, { at: B }],
      refused: [{ at: { kind: 'a', side: 1 } }, { at: {} }],
    },
    'a choice of Django': {
      openapi: '3.0.3',
      schemas: {
        S: open({ at: { nullable: true, oneOf: [ref('E'), ref('Blank'), ref('Null')] } }),
        E: { enum: ['x', 'y'], type: 'string' },
        Blank: { enum: [''] },
        Null: { enum: [null] },
      },
      accepted: [{ at: null }, { at: '' }, { at: 'x' }],
      refused: [{ at: 'z' }],
    },
  },
  'identifiers and anchors': {
    'a pointer below $id': {
      schemas: { S: { $id: 'https://x.invalid/a', ...open({ b: { $ref: '#/$defs/b' } }), $defs: { b: text } } },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'a pointer of the document below $id': {
      schemas: { S: { $id: 'https://x.invalid/a', ...open({ b: ref('B') }) }, B: text },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'the $id of another schema': {
      schemas: { S: open({ b: { $ref: 'https://x.invalid/b' } }), B: { $id: 'https://x.invalid/b', ...text } },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'a relative $id': {
      schemas: {
        S: { $id: 'https://x.invalid/a', ...open({ b: { $ref: 'b' } }) },
        B: { $id: 'https://x.invalid/b', ...text },
      },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'a part of what an $id names': {
      schemas: {
        S: open({ b: { $ref: 'https://x.invalid/b#/$defs/c' } }),
        B: { $id: 'https://x.invalid/b', $defs: { c: text } },
      },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'an anchor': {
      schemas: { S: open({ b: { $ref: '#bb' } }), B: { $anchor: 'bb', ...text } },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'an anchor in place': {
      schemas: { S: { ...open({ b: { $ref: '#pos' } }), $defs: { p: { $anchor: 'pos', ...whole } } } },
      accepted: [{ b: 1 }],
      refused: [{ b: '' }],
    },
    'an anchor of an $id': {
      schemas: {
        S: open({ b: { $ref: 'https://x.invalid/b#c' } }),
        B: { $id: 'https://x.invalid/b', $defs: { c: { $anchor: 'c', ...text } } },
      },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'an anchor of the document below $id': {
      schemas: { S: { $id: 'https://x.invalid/a', ...open({ b: { $ref: '#bb' } }) }, B: { $anchor: 'bb', ...text } },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    itself: {
      schemas: { S: { $id: 'https://x.invalid/s', ...open({ next: { $ref: '#' } }) } },
      accepted: [{ next: { next: {} } }],
      refused: [{ next: 1 }],
    },
    'percent-encoded': {
      schemas: { S: open({ b: { $ref: '#/components/schemas/B%20%25c' } }), 'B %c': text },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
    'letters of other languages': {
      schemas: { S: open({ b: { $ref: '#/components/schemas/%C3%BCn%C3%AF' } }), ünï: text },
      accepted: [{ b: '' }],
      refused: [{ b: 1 }],
    },
  },
  'patterns of other languages': {
    'a flag': {
      schemas: { S: open({ b: { ...text, pattern: '(?i)abc' } }) },
      accepted: [{ b: 'x' }],
      refused: [{ b: 1 }],
    },
    'anchors of Ruby': {
      schemas: { S: open({ b: { ...text, pattern: '\\A[a-z]++\\Z', minLength: 2 } }) },
      accepted: [{ b: 'A!' }],
      refused: [{ b: '!' }],
    },
    'an atomic group': {
      schemas: { S: open({ b: { ...text, pattern: '(?>a)' } }) },
      accepted: [{ b: 'x' }],
      refused: [{ b: 1 }],
    },
    'a comment': {
      schemas: { S: open({ b: { ...text, pattern: '(?#c)a' } }) },
      accepted: [{ b: 'x' }],
      refused: [{ b: 1 }],
    },
    'one of a name, closed': {
      schemas: { S: { ...open({ a: text }), patternProperties: { '(?i)^x-': whole }, additionalProperties: false } },
      accepted: [{ a: '', 'x-b': 1 }],
      refused: [{ a: 1 }],
    },
    'one of two names': {
      schemas: { S: { type: 'object', patternProperties: { '(?i)^x-': whole, '^y-': text } } },
      accepted: [{ 'x-b': '', 'y-b': '' }],
      refused: [{ 'y-b': 1 }],
    },
    'without the u flag': {
      schemas: { S: open({ b: { ...text, pattern: '^[\\w\\-]+\\_$' } }) },
      accepted: [{ b: 'a_' }],
      refused: [{ b: '!' }],
    },
    'in items': {
      schemas: { S: { type: 'array', items: { ...text, pattern: '[[:alpha:]]+(' } } },
      accepted: [['x']],
      refused: [[1]],
    },
    'beside a right one': {
      schemas: { S: { allOf: [{ ...text, pattern: '(?i)a' }, { pattern: '^b' }] } },
      accepted: ['b'],
      refused: ['a'],
    },
  },
  'lists of no value': {
    'a member': { schemas: { S: open({ b: { enum: [] } }) }, accepted: [{}], refused: [{ b: 1 }, { b: null }] },
    'with a type': { schemas: { S: open({ b: { ...text, enum: [] } }) }, accepted: [{}], refused: [{ b: '' }] },
    'among alternatives': { schemas: { S: { oneOf: [text, { enum: [] }] } }, accepted: [''], refused: [1] },
    'that may be null in 3.0': {
      openapi: '3.0.3',
      schemas: { S: open({ b: { ...text, nullable: true, enum: [] } }) },
      accepted: [{}, { b: null }],
      refused: [{ b: '' }],
    },
    items: { schemas: { S: { type: 'array', items: { enum: [] } } }, accepted: [[]], refused: [[1]] },
    'a map': {
      schemas: { S: { type: 'object', additionalProperties: { enum: [] } } },
      accepted: [{}],
      refused: [{ a: 1 }],
    },
    'referred to': { schemas: { S: open({ b: ref('E') }), E: { enum: [] } }, accepted: [{}], refused: [{ b: 1 }] },
    'a part': { schemas: { S: open({ b: { allOf: [text, { enum: [] }] } }) }, accepted: [{}], refused: [{ b: '' }] },
    'a key': { schemas: { S: { type: 'object', propertyNames: { enum: [] } } }, accepted: [{}], refused: [{ a: 1 }] },
  },
  'deep nesting in place': {
    '40 optional objects': {
      schemas: { S: nested(40, (a) => open({ a })) },
      accepted: [inside(40, (a) => ({ a }), ''), {}],
      refused: [inside(40, (a) => ({ a }), 1)],
    },
    '40 lists': {
      schemas: { S: nested(40, (items) => ({ type: 'array', items })) },
      accepted: [inside(40, (a) => [a], '')],
      refused: [inside(40, (a) => [a], 1)],
    },
    '40 required objects': {
      schemas: { S: nested(40, (a) => open({ a }, 'a')) },
      accepted: [inside(40, (a) => ({ a }), '')],
      refused: [{}],
    },
    '40 maps': {
      schemas: { S: nested(40, (a) => ({ type: 'object', additionalProperties: a })) },
      accepted: [inside(40, (a) => ({ a }), '')],
      refused: [inside(40, (a) => ({ a }), 1)],
    },
    '40 alternatives': {
      schemas: { S: nested(40, (a) => ({ oneOf: [open({ a }, 'a'), whole] })) },
      accepted: [1, inside(40, (a) => ({ a }), '')],
      refused: [inside(40, (a) => ({ a }), true)],
    },
    '40 objects that may be null': {
      schemas: { S: nested(40, (a) => ({ ...open({ a }), type: ['object', 'null'] })) },
      accepted: [null, inside(40, (a) => ({ a }), '')],
      refused: [1],
    },
    '40 closed objects': {
      schemas: { S: nested(40, (a) => ({ ...open({ a }), additionalProperties: false })) },
      accepted: [inside(40, (a) => ({ a }), '')],
      refused: [{ b: 1 }],
    },
    'lists of objects': {
      schemas: { S: nested(20, (a) => ({ type: 'array', items: open({ a }) })) },
      accepted: [inside(20, (a) => [{ a }], '')],
      refused: [inside(20, (a) => [{ a }], 1)],
    },
    '40 with defaults': {
      schemas: { S: nested(40, (a) => open({ a, n: { ...whole, default: 1 } })) },
      accepted: [{}, inside(40, (a) => ({ a }), '')],
      refused: [{ n: '' }],
    },
  },
  'products of alternatives': {
    '8 of 8': {
      schemas: { S: { allOf: unions(8, 8) } },
      accepted: [Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`p${at}`, at]))],
      refused: [{ p0: 0 }],
    },
    '17 of 2': {
      schemas: { S: { allOf: unions(17, 2) } },
      accepted: [Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`p${at}`, 1]))],
      refused: [{}],
    },
    '3 of 3': {
      schemas: { S: { allOf: unions(3, 3) } },
      accepted: [{ p0: 0, p1: 1, p2: 2 }],
      refused: [{ p0: 0, p1: 1, p2: 3 }],
    },
    'by reference': {
      schemas: {
        S: { allOf: ['A', 'B', 'C', 'D', 'E'].map(ref) },
        ...Object.fromEntries(['A', 'B', 'C', 'D', 'E'].map((name, at) => [name, unions(5, 8)[at]])),
      },
      accepted: [{ p0: 0, p1: 1, p2: 2, p3: 3, p4: 4 }],
      refused: [{}],
    },
    'inside each other': {
      schemas: { S: { allOf: [{ allOf: unions(4, 8) }, { allOf: unions(8, 8).slice(4) }] } },
      accepted: [Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`p${at}`, 7]))],
      refused: [{}],
    },
    'beside members': {
      schemas: { S: { ...open({ id: text }, 'id'), allOf: unions(6, 8) } },
      accepted: [{ id: '', p0: 0, p1: 0, p2: 0, p3: 0, p4: 0, p5: 0 }],
      refused: [{ p0: 0, p1: 0, p2: 0, p3: 0, p4: 0, p5: 0 }],
    },
    'of texts': {
      schemas: {
        S: open({
          a: {
            allOf: Array.from({ length: 6 }, () => ({
              anyOf: Array.from({ length: 8 }, (_, n) => ({ const: `v${n}` })),
            })),
          },
        }),
      },
      accepted: [{ a: 'v1' }],
      refused: [{ a: 'x' }],
    },
    'anyOf beside oneOf': {
      schemas: { S: { anyOf: unions(1, 300)[0]?.oneOf, oneOf: unions(2, 300)[1]?.oneOf } },
      accepted: [{ p0: 1, p1: 2 }],
      refused: [{ p0: 1 }],
    },
    'below a member': { schemas: { S: open({ a: { allOf: unions(8, 8) } }) }, accepted: [{}], refused: [{ a: {} }] },
  },
};
