import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { apiOf } from './fixture.ts';
import { documentOf, PROVIDERS } from './fuzz/agreement.ts';
import { expectSameOnBodies } from './fuzz/bodies.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

describe('a valid value is its own output, unless zod changes or copies it', () => {
  class Point {
    readonly x = 1;
  }
  const text = { type: 'string' };
  const number = { type: 'number' };
  const rows: readonly (readonly [string, unknown, unknown, boolean])[] = [
    ['an object', object({ a: text }, { required: ['a'] }), { a: 'x', more: 1 }, true],
    ['a list', { type: 'array', items: object({ a: number }), uniqueItems: true }, [{ a: 1 }, { a: 2 }], true],
    ['a record', { type: 'object', additionalProperties: number }, { a: 1 }, true],
    [
      'a closed object that requires an undeclared property',
      object({}, { required: ['b'], additionalProperties: false }),
      { b: 1 },
      false,
    ],
    ['a closed object', object({ a: text }, { additionalProperties: false }), { a: 'x' }, true],
    ['a union', { oneOf: [object({ a: text }, { required: ['a'] }), { type: 'array' }] }, { a: 'x' }, true],
    [
      'a pattern and a format',
      object({ a: { ...text, pattern: '^x' }, b: { ...text, format: 'date' } }),
      { a: 'x' },
      true,
    ],
    ['a `not` schema', object({ a: text }, { not: { required: ['b'] } }), { a: 'x' }, true],
    ['a default with a value', object({ a: { ...number, default: 3 } }), { a: 4 }, false],
    ['an absent default', object({ a: { ...number, default: 3 } }), {}, false],
    ['undefined in place of a value', object({ a: true }, { required: ['a'] }), { a: undefined }, false],
    ['a value that is not a plain object', object({ x: number }), new Point(), false],
    ['a property named __proto__', object({ x: number }), JSON.parse('{"__proto__":{"x":1}}'), false],
    ['unevaluatedProperties', { allOf: [object({ a: text })], unevaluatedProperties: false }, { a: 'x' }, true],
  ];
  test.each(rows)('%s', async (_, schema, value, isItself) => {
    const { Subject } = await modules.load(apiOf({ Subject: schema }));
    const plain = Subject?.safeParse(value);
    const result = await Subject?.['~standard'].validate(value);
    expect(result?.issues === undefined).toBe(plain?.success);
    const output = result?.issues === undefined ? result?.value : undefined;
    expect(output).toEqual(plain?.data);
    expect(Object.getPrototypeOf(output ?? {})).toBe(Object.getPrototypeOf(plain?.data ?? {}));
    expect(output === value).toBe(isItself);
  });
});

test('no code is generated at run time, which a strict Content Security Policy forbids', () => {
  const [file] = emitValidators(apiOf({ Subject: object({ a: { type: 'string' } }) }));
  expect(file?.text).toContain('function $Subject(x: unknown): boolean {');
  expect(file?.text).not.toMatch(/\beval\b|new Function/);
});

test('a cycle of 3,000 components', () => {
  const ref = (at: number) => ({ $ref: `#/components/schemas/S${at % 3000}` });
  const schemas = Array.from({ length: 3000 }, (_, at) => [`S${at}`, object({ a: ref(at + 1), b: ref(at + 2) })]);
  const [file] = emitValidators(apiOf(Object.fromEntries(schemas)));
  expect(file?.text.match(/^function \$S\d+\(/gm)).toHaveLength(3000);
});

/** Every body and response of a provider, with and without unknown keys. */
describe.each(PROVIDERS)('%s: compiled checks and zod agree on all bodies', (provider) => {
  test.each(['passthrough', 'strip'] as const)('%s', async (unknownKeys) => {
    const document = JSON.parse(readFileSync(documentOf(provider), 'utf8'));
    const { values, compiled } = await expectSameOnBodies(modules, document, unknownKeys, 6);
    expect(compiled).toBeGreaterThan(values / 20);
  });
});
