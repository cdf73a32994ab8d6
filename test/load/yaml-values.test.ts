import { describe, expect, test } from 'vitest';
import { pointerTokens } from '../../scripts/common/document/pointer.ts';
import { parseJson } from '../../scripts/load/json/parse-json.ts';
import { defaultLimits } from '../../scripts/load/types.ts';
import { parseYaml } from '../../scripts/load/yaml/parse-yaml.ts';

const yaml = (text: string) => parseYaml(text, defaultLimits);
const json = (text: string) => parseJson(text, defaultLimits);

describe('YAML 1.2 core', () => {
  test.each([
    ['on', 'on'],
    ['NO', 'NO'],
    ['yes', 'yes'],
    ['2026-11-21', '2026-11-21'],
    ['12:30', '12:30'],
    ['1_000', '1_000'],
    ['0b11', '0b11'],
    ['0o17', 15],
    ['0xff', 255],
    ['012', 12],
    ["'012'", '012'],
    ['1e3', 1000],
    ['~', null],
    ['True', true],
    ['!!str 12', '12'],
    ['!!int "12"', 12],
    ['!!float 1', 1],
    ['!!float -0', -0],
    ['!!float 9223372036854775807', 2 ** 63],
    ['!!float .5', 0.5],
    ['&a b', 'b'],
  ])('%s is read as %j', (text, want) => {
    const { value, problems } = yaml(`v: ${text}\n`);
    expect(value).toEqual({ v: want });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each([
    ['200: a', { 200: 'a' }],
    ['012: a', { '012': 'a' }],
    ['on: a', { on: 'a' }],
    ['null: a', { null: 'a' }],
    ['"a b": c', { 'a b': 'c' }],
    ['[a: 1]', [{ a: 1 }]],
    ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
    ['a:\n', { a: null }],
    ['\ufeffa: 1', { a: 1 }],
  ])('%j is read as %j', (text, want) => {
    const { value, problems } = yaml(text);
    expect(value).toEqual(want);
    expect(problems).toEqual([]);
  });

  test('__proto__ is an ordinary key, and modifies no prototype', () => {
    for (const { value } of [yaml('__proto__: { polluted: true }'), json('{"__proto__": {"polluted": true}}')]) {
      expect(Object.keys(value as object)).toEqual(['__proto__']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('aliases create copies', () => {
    const { value } = yaml('a: &x {b: 1}\nc: *x') as { value: { a: object; c: object } };
    expect(value.a).not.toBe(value.c);
  });
});

describe('errors after more warnings than the report shows', () => {
  const warnings = `n: [${Array.from({ length: 60 }, (_, index) => `0${index + 10}`).join(', ')}]\n`;
  const bomb = `a0: &a0 [${'x, '.repeat(100)}]\na1: &a1 [${'*a0, '.repeat(100)}]\na2: [${'*a1, '.repeat(100)}]`;
  test.each([
    ['a: 1\na: 2', 'yaml-duplicate-key'],
    ['a: .inf', 'yaml-number'],
    ['a: *nowhere', 'yaml-alias'],
    ['a: !binary x', 'yaml-tag'],
    [bomb, 'yaml-alias-bomb'],
  ])('%.30j: %s', (text, code) => {
    const { problems } = yaml(warnings + text);
    expect(problems.filter(({ severity }) => severity === 'error').map((problem) => problem.code)).toContain(code);
    expect(problems).toHaveLength(50);
  });
});

describe('numbers with more digits than a double keeps', () => {
  test.each<[text: string, want: (readonly [digits: string, offset: number])[]]>([
    ['{"enum": [9007199254740993, 9007199254740992]}', [['9007199254740992', 10]]],
    ['{"const": -9223372036854775807}', [['-9223372036854775808', 10]]],
    ['{"a": [{"enum": [1, 18446744073709551615]}]}', [['18446744073709551616', 20]]],
    ['{"maximum": 9223372036854775807, "const": 9223372036854775808}', [['9223372036854775808', 12]]],
    ['{"enum": ["9007199254740993", 1e300, 1.5, {"a": 9007199254740993}]}', [['9007199254740992', 48]]],
    ['{"default": 12345678901234567890}', [['12345678901234567168', 12]]],
    ['{"x-limits": [1, [9007199254740993]]}', [['9007199254740992', 18]]],
    ['{"multipleOf": 0.12345678901234567890123}', [['0.12345678901234568', 15]]],
    ['{"example": -9007199254740993.0}', [['-9007199254740992', 12]]],
    ['{"maximum": 1.00000000000000000001}', [['1', 12]]],
    ['{"minimum": 9007199254740992, "maximum": 1.50000000000000000000}', []],
    ['{"maximum": 100000000000000000000, "minimum": 0.1000000000000000}', []],
    ['{"maximum": 1e21, "a": 12345678901234567e-3}', [['12345678901234.566', 23]]],
    ['{"a": "at: 12345678901234567890, [9007199254740993]", "9007199254740993": 1}', []],
    [
      '{"a": "\\"", "b": [9007199254740993,1,9007199254740995]}',
      [
        ['9007199254740992', 18],
        ['9007199254740996', 37],
      ],
    ],
    ['[9007199254740993]', [['9007199254740992', 1]]],
    ['9007199254740993', [['9007199254740992', 0]]],
  ])('%s', (text, want) => {
    for (const [name, { problems }] of Object.entries({ yaml: yaml(text), json: json(text) }))
      expect(problems).toMatchObject(
        want.map(([digits, offset]) => ({
          severity: 'warning',
          code: `${name}-number-digits`,
          message: expect.stringContaining(`as ${digits}.`),
          offset,
        })),
      );
  });

  test('an alias of such a number is reported once', () => {
    const { problems } = yaml('a: &x { enum: [9007199254740993] }\nb: *x');
    expect(problems.map(({ code }) => code)).toEqual(['yaml-number-digits']);
  });
});

describe('merge keys', () => {
  test.each<[what: string, text: string, want: unknown]>([
    ['an alias', 'd: &d {a: 1}\nm: {<<: *d, b: 2}', { b: 2, a: 1 }],
    ['a key of the map wins', 'd: &d {a: 1}\nm: {a: 0, <<: *d}', { a: 0 }],
    ['a key before the merge wins, too', 'd: &d {a: 1}\nm: {<<: *d, a: 0}', { a: 0 }],
    [
      'several maps, of which the first wins',
      'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nm: {<<: [*x, *y]}',
      { a: 1, b: 1, c: 2 },
    ],
    ['an inline map', 'm: {<<: {a: 1}}', { a: 1 }],
    ['nested merges', 'x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nm: {<<: *y}', { b: 2, a: 1 }],
    ['a block', 'd: &d\n  a: 1\nm:\n  <<: *d\n  b: 2', { b: 2, a: 1 }],
    ['a value that is not a map merges nothing', 'm: {<<: text, a: 1}', { a: 1 }],
    ['a quoted key is an ordinary key', 'm: {"<<": 1}', { '<<': 1 }],
    [
      'a name that every object has',
      'd: &d {__proto__: 1, constructor: 2}\nm: {<<: *d}',
      JSON.parse('{"__proto__": 1, "constructor": 2}'),
    ],
  ])('%s', (_, text, want) => {
    const { value, problems } = yaml(text);
    expect((value as { readonly m: unknown }).m).toEqual(want);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('are reported at their location, and merged values at their original one', () => {
    const text = 'd: &d {a: 1}\nm: {<<: *d}';
    const { problems, offsetOf } = yaml(text);
    expect(problems).toMatchObject([{ severity: 'warning', code: 'yaml-merge-key', offset: text.indexOf('<<') }]);
    expect(offsetOf(['m', 'a'], 'value')).toBe(text.indexOf('1'));
  });
});

describe('tags that do not match their value', () => {
  test.each(['!!float x', '!!int 1.0', '!!float ~'])('%s', (text) => {
    expect(yaml(`v: ${text}`).problems.map(({ code }) => code)).toContain('yaml-tag');
  });
});

describe('locations', () => {
  const text = 'a:\n  - b: 1\n    "c d": [x, {e: f}]\n  - *none\nz/y: ~\n';
  test.each([
    ['/a', 0],
    ['/a/0', 7],
    ['/a/0/b', 10],
    ['/a/0/c d/1/e', text.indexOf('f}')],
    ['/a/0/c d/9', text.indexOf('"c d"')],
    ['/z~1y', text.indexOf('~')],
    ['/nowhere', 0],
  ])('YAML %s', (pointer, offset) => {
    expect(yaml(text).offsetOf(pointerTokens(pointer), 'value')).toBe(offset);
  });

  const object = '{ "a": [ {"b": 1, "c\\"d": [true, {"e": "f,}"}]}, null ],\n "z/y": -1.5 }';
  test.each([
    ['/a', 2],
    ['/a/0', object.indexOf('{"b')],
    ['/a/0/b', object.indexOf('1, ')],
    ['/a/0/c"d/1/e', object.indexOf('"f,}"')],
    ['/a/1', object.indexOf('null')],
    ['/z~1y', object.indexOf('-1.5')],
    ['/a/7', 2],
  ])('JSON %s', (pointer, offset) => {
    expect(json(object).offsetOf(pointerTokens(pointer), 'value')).toBe(offset);
  });
});

describe('invalid JSON', () => {
  test.each([
    ['', 0, 'a value'],
    ['{', 1, 'a key in double quotes'],
    ['{"a" 1}', 5, 'a colon'],
    ['{"a": 1 "b": 2}', 8, 'a comma or }'],
    ['[1, ]', 4, 'a value'],
    ['[1] x', 4, 'the end of the file'],
    ['{"a": "\n"}', 6, 'a value'],
    ['{"a": 01}', 7, 'a comma or }'],
    ["{'a': 1}", 1, 'a key in double quotes'],
    ['[[[]]', 5, 'a comma or ]'],
  ])('%j', (text, offset, expected) => {
    const [problem, ...more] = json(text).problems;
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'json-syntax', offset });
    expect(problem?.message).toBe(`The file is not valid JSON: expected ${expected}.`);
  });
});
