import { describe, expect, test } from 'vitest';
import { checkSchemas } from '../../scripts/emit/validators/emit-validators.ts';
import { apiOf, problemsOf } from './fixture.ts';

const AT = '/components/schemas/Subject';

describe('invalid schemas', () => {
  const cases: readonly (readonly [name: string, schema: unknown, code: string, pointer: string, text: string])[] = [
    ['unknown type', { type: 'strnig' }, 'schema-unknown-type', '/type', 'The type "strnig" does not exist.'],
    [
      'unknown type in a list',
      { type: ['string', 'int'] },
      'schema-unknown-type',
      '/type',
      'The type "int" does not exist.',
    ],
    ['no type at all', { type: [] }, 'schema-unknown-type', '/type', 'The type [] does not exist.'],
    [
      'minimum as text',
      { minimum: '1' },
      'schema-invalid-keyword',
      '/minimum',
      'minimum must be a number, received "1".',
    ],
    [
      'negative length',
      { minLength: -1 },
      'schema-invalid-keyword',
      '/minLength',
      'non-negative integer, received -1.',
    ],
    ['fractional count', { maxItems: 1.5 }, 'schema-invalid-keyword', '/maxItems', 'received 1.5.'],
    ['multipleOf 0', { multipleOf: 0 }, 'schema-invalid-keyword', '/multipleOf', 'a number above 0, received 0.'],
    ['enum of one value', { enum: 'a' }, 'schema-invalid-keyword', '/enum', 'a list of values, received "a".'],
    [
      'required as a flag',
      { required: true },
      'schema-invalid-keyword',
      '/required',
      'a list of property names, received true.',
    ],
    ['items as a list', { items: [{}] }, 'schema-invalid-keyword', '/items', 'a schema (an object, true or false)'],
    ['allOf as an object', { allOf: {} }, 'schema-invalid-keyword', '/allOf', 'a non-empty list of schemas'],
    [
      'property as text',
      { properties: { a: 'string' } },
      'schema-invalid-keyword',
      '/properties',
      'an object whose values are schemas',
    ],
    ['invalid pattern', { pattern: '(' }, 'schema-invalid-pattern', '/pattern', 'Invalid regular expression'],
    ['pattern of PCRE', { pattern: '(?i)a' }, 'schema-invalid-pattern', '/pattern', 'Invalid regular expression'],
    [
      'name pattern',
      { patternProperties: { '[': {} } },
      'schema-invalid-pattern',
      '/patternProperties/[',
      'Invalid regular',
    ],
    [
      'unknown reference',
      { $ref: '#/components/schemas/Nobody' },
      'schema-unknown-reference',
      '/$ref',
      'cannot be resolved',
    ],
    ['unknown anchor', { $ref: '#nowhere' }, 'schema-unknown-reference', '/$ref', 'cannot be resolved'],
    [
      'reference to another document',
      { $ref: 'https://example.com/a.json' },
      'schema-unknown-reference',
      '/$ref',
      'cannot be resolved',
    ],
    ['reference to itself', { $ref: '#/components/schemas/Subject' }, 'schema-reference-loop', '', 'refers to itself'],
    [
      'allOf of itself',
      { allOf: [{ $ref: '#/components/schemas/Subject' }] },
      'schema-reference-loop',
      '',
      'refers to',
    ],
    [
      'deep inside',
      { items: { properties: { a: { minimum: 'x' } } } },
      'schema-invalid-keyword',
      '/items/properties/a/minimum',
      'received "x"',
    ],
  ];
  test.each(cases)('%s', (_, schema, code, pointer, text) => {
    const [problem, ...others] = problemsOf(schema).filter(({ severity }) => severity === 'error');
    expect(problem).toMatchObject({ code, pointer: `${AT}${pointer}`, at: { file: `${AT}${pointer}` } });
    expect(problem?.message).toContain(text);
    expect(problem?.help).not.toBe('');
    expect(others).toEqual([]);
  });

  test('all errors of all schemas are reported at once', () => {
    const problems = problemsOf({ type: 'x', minimum: 'y', pattern: '(' }, { Other: { type: 'z' } });
    expect(problems.map(({ code }) => code)).toEqual([
      'schema-unknown-type',
      'schema-invalid-keyword',
      'schema-invalid-pattern',
      'schema-unknown-type',
    ]);
  });

  test('two thousand levels are rejected at the maximum depth', () => {
    let schema: unknown = { type: 'string' };
    for (let level = 0; level < 2000; level += 1) schema = { type: 'array', items: schema };
    const [problem, ...others] = problemsOf(schema);
    expect(problem).toMatchObject({
      severity: 'error',
      code: 'schema-too-deep',
      pointer: `${AT}${'/items'.repeat(201)}`,
    });
    expect(others).toEqual([]);
  });

  test('a default of a recursive schema is checked without a loop', () => {
    const problems = problemsOf(
      { properties: { a: { $ref: '#/components/schemas/Loop', default: 1 } } },
      {
        Loop: { allOf: [{ $ref: '#/components/schemas/Loop' }, { $ref: '#/components/schemas/Loop' }] },
      },
    );
    expect(problems.map(({ code }) => code)).toEqual(['schema-reference-loop']);
  });

  test('a default of a parameter is checked', () => {
    const parameters = [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 'x' } }];
    const paths = { '/a': { get: { operationId: 'a', parameters, responses: { 200: { description: 'ok' } } } } };
    expect(checkSchemas(apiOf({}, { paths }))).toMatchObject([
      { code: 'schema-default-mismatch', pointer: '/paths/~1a/get/parameters/0/schema/default' },
    ]);
  });

  test('a header with content has the place of its schema', () => {
    const headers = {
      'X-A': { content: { 'application/json': { schema: { minLength: -1 } } } },
      'X-B': { schema: { minLength: -1 } },
    };
    const paths = { '/a': { get: { operationId: 'a', responses: { 200: { description: 'ok', headers } } } } };
    expect(checkSchemas(apiOf({}, { paths })).map(({ pointer }) => pointer)).toEqual([
      '/paths/~1a/get/responses/200/headers/X-A/content/application~1json/schema/minLength',
      '/paths/~1a/get/responses/200/headers/X-B/schema/minLength',
    ]);
  });

  test('a reference through properties is not a cycle', () => {
    expect(problemsOf({ properties: { child: { $ref: '#/components/schemas/Subject' } } })).toEqual([]);
  });
});

describe('schemas that are probably a mistake', () => {
  const cases: readonly (readonly [name: string, schema: unknown, code: string, pointer: string])[] = [
    ['empty range', { minLength: 5, maxLength: 2 }, 'schema-empty-range', '/minLength'],
    [
      'default of another type',
      { properties: { a: { type: 'integer', default: 'x' } } },
      'schema-default-mismatch',
      '/properties/a/default',
    ],
    [
      'default that enum lacks',
      { properties: { a: { enum: ['a'], default: 'b' } } },
      'schema-default-mismatch',
      '/properties/a/default',
    ],
    ['enum of another type', { type: 'string', enum: ['a', true] }, 'schema-enum-mismatch', '/enum'],
    ['enum beside an object', { type: 'object', enum: ['a'] }, 'schema-enum-mismatch', '/enum'],
    ...(
      [
        ['a part', { allOf: [{ type: 'string', enum: ['a', 'b'] }], default: 'zz' }],
        ['the alternatives', { anyOf: [{ enum: ['a'] }, { type: 'null' }], default: 'zz' }],
        ['one of two', { oneOf: [{ type: 'string' }, { type: 'boolean' }], default: 5 }],
        ['the properties', { type: 'object', required: ['z'], properties: { z: { type: 'string' } }, default: {} }],
        ['a property', { type: 'object', properties: { z: { type: 'string' } }, default: { z: 1 } }],
        ['closed properties', { type: 'object', additionalProperties: false, default: { z: 1 } }],
        ['the items', { type: 'array', items: { type: 'string' }, default: [1] }],
        ['the length', { type: 'string', minLength: 2, default: 'a' }],
        ['the bounds', { type: 'integer', minimum: 1, default: 0 }],
        ['an enum of objects', { enum: [{ a: 1 }], default: { a: 2 } }],
      ] as const
    ).map(([what, a]): (typeof cases)[number] => {
      return [
        `default that ${what} forbids`,
        { properties: { a } },
        'schema-default-mismatch',
        '/properties/a/default',
      ];
    }),
    ['pattern without u', { pattern: '^\\_$' }, 'schema-pattern-not-unicode', '/pattern'],
    ['exponential pattern', { pattern: '^(a+)+$' }, 'schema-slow-pattern', '/pattern'],
    ['exponential pattern, bounded', { pattern: '^(a|a)*$', maxLength: 200 }, 'schema-slow-pattern', '/pattern'],
    ['polynomial pattern', { pattern: '\\s+$' }, 'schema-slow-pattern', '/pattern'],
    ...['^[a-z](a+){10}$', '^[A-Z]([a-z]+){5}$', '(a|a){40}$', '(a?){30}a{30}$', 'a{0,99}a{0,99}$'].map(
      (pattern): (typeof cases)[number] => [pattern, { pattern }, 'schema-slow-pattern', '/pattern'],
    ),
    [
      'slow name pattern',
      { patternProperties: { '^(a|a)*$': {} } },
      'schema-slow-pattern',
      '/patternProperties/^(a|a)*$',
    ],
  ];
  test.each(cases)('%s', (_, schema, code, pointer) => {
    expect(problemsOf(schema)).toMatchObject([{ severity: 'warning', code, pointer: `${AT}${pointer}` }]);
  });

  test.each([
    '^[a-z0-9]+(-[a-z0-9]+)*$',
    '^(?:[^/]+/)*[^/]+$',
    '^\\d{4}-\\d{2}$',
    '^(\\d{4})-(\\d{2})$',
    '^[A-Z]{2,4}$',
    '^[^\\u0000]*$',
    '^.+$',
  ])('linear pattern %s', (pattern) => {
    expect(problemsOf({ pattern })).toEqual([]);
  });

  const groups = (levels: number, end: string) => `^${'(?:'.repeat(levels)}a${end.repeat(levels)}$`;
  test.each<[levels: number, end: string, want: object]>([
    [300, ')', { severity: 'warning', code: 'schema-unchecked-pattern' }],
    [10_000, ')', { severity: 'warning', code: 'schema-unchecked-pattern' }],
    [10_000, ')*', { code: 'schema-invalid-pattern' }],
  ])('a pattern of %d nested groups, each %s', (levels, end, want) => {
    const pattern = groups(levels, end);
    expect(problemsOf({ pattern })).toMatchObject([{ ...want, pointer: `${AT}/pattern` }]);
    expect(problemsOf({ patternProperties: { [pattern]: {} } })).toMatchObject([want]);
  });

  const long = { type: 'integer', format: 'int64' };
  const text = { type: 'string' };
  test.each<[what: string, schema: object, codes: readonly string[]]>([
    ['oneOf', { oneOf: [long, text] }, ['int64-or-text']],
    ['anyOf with null', { anyOf: [long, text, { type: 'null' }] }, ['int64-or-text']],
    ['a list of types', { type: ['integer', 'string'], format: 'int64' }, ['int64-or-text']],
    ['by reference', { oneOf: [{ $ref: '#/components/schemas/Long' }, text] }, ['int64-or-text']],
    ['a property', { type: 'object', properties: { id: { oneOf: [long, text] } } }, ['int64-or-text']],
    ['a text with a pattern', { oneOf: [long, { ...text, pattern: '^x' }] }, []],
    ['a text with two values', { oneOf: [long, { ...text, enum: ['all', 'none'] }] }, []],
    ['a date', { oneOf: [long, { ...text, format: 'date' }] }, []],
    ['no text', { oneOf: [long, { type: 'boolean' }] }, []],
    ['a smaller integer', { oneOf: [{ type: 'integer' }, text] }, []],
  ])('a 64-bit integer beside a text: %s', (_, schema, codes) => {
    const api = apiOf({ Subject: schema, Long: long });
    expect(checkSchemas({ ...api, int64: 'string' }).map(({ code }) => code)).toEqual(codes);
    expect(checkSchemas({ ...api, int64: 'bigint' })).toEqual([]);
  });

  test('a maximum length, which is checked first, is enough for a polynomial pattern', () => {
    expect(problemsOf({ pattern: '\\s+$', maxLength: 200 })).toEqual([]);
  });

  test.each([
    ['has no rule for the values', {}],
    ['maps to a schema that is not an alternative', { mapping: { cat: 'Cat', dog: 'Dog', fish: 'Fish' } }],
    ['maps to a schema that rejects the value', { mapping: { cat: 'Dog', dog: 'Cat' } }],
  ])('a discriminator that %s', (_, more) => {
    const kind = (value: string) => ({ type: 'object', properties: { kind: { const: value } }, required: ['kind'] });
    const others = { Cat: kind('cat'), Dog: kind('dog'), Fish: kind('fish') };
    const oneOf = ['Cat', 'Dog'].map((name) => ({ $ref: `#/components/schemas/${name}` }));
    expect(problemsOf({ oneOf, discriminator: { propertyName: 'kind', ...more } }, others)).toMatchObject([
      { severity: 'warning', code: 'schema-discriminator-contradiction', pointer: `${AT}/discriminator` },
    ]);
    const mapping = { cat: 'Cat', dog: '#/components/schemas/Dog' };
    expect(problemsOf({ oneOf, discriminator: { propertyName: 'kind', mapping } }, others)).toEqual([]);
  });

  // The value of a discriminator is a text (OpenAPI 3.1.1, Discriminator Object).
  test.each([
    ['a number', { type: 'integer' }, true],
    ['a constant number', { const: 1 }, true],
    ['a boolean by reference', { $ref: '#/components/schemas/Flag' }, true],
    ['a text', { type: 'string' }, false],
    ['a text or null', { type: ['string', 'null'] }, false],
    ['anything', {}, false],
  ])('a discriminator whose property is %s', (_, kind, isIgnored) => {
    const schema = { type: 'object', properties: { kind }, required: ['kind'] };
    const others = { Cat: schema, Dog: schema, Flag: { type: 'boolean' } };
    const oneOf = ['Cat', 'Dog'].map((name) => ({ $ref: `#/components/schemas/${name}` }));
    const codes = problemsOf({ oneOf, discriminator: { propertyName: 'kind' } }, others).map(({ code }) => code);
    expect(codes.includes('schema-discriminator-contradiction')).toBe(isIgnored);
  });
});
