import { describe, expect, it } from 'vitest';
import { locateFlaws, parseJson } from '../../runtime/mock/console/app/json-problems.ts';

describe('syntax errors have their line', () => {
  const table: readonly (readonly [string, string, readonly (readonly [number, RegExp])[]])[] = [
    ['valid', '{\n  "a": [1, null, true]\n}', []],
    ['empty', ' \n', []],
    ['a text alone', '"a"', []],
    ['a trailing comma', '{\n  "a": 1,\n}', [[3, /property name/]]],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', [[3, /comma/]]],
    ['no colon', '{\n  "a" 1\n}', [[2, /colon/]]],
    ['no closing brace', '{\n  "a": 1', [[2, /closing brace/]]],
    ['no closing quote', '{\n  "a": "b\n}', [[2, /closing quote/]]],
    ['a comment', '{\n  // no\n  "a": 1\n}', [[2, /comments/]]],
    ['single quotes', "{\n  'a': 1\n}", [[2, /symbol|property name/]]],
    ['a second value', '{}\n{}', [[2, /end of the body/]]],
    [
      'two errors',
      '{\n  "a": ,\n  "b": 01\n}',
      [
        [2, /value/],
        [3, /./],
      ],
    ],
  ];
  it.each(table)('%s', (_, text, want) => {
    const { problems } = parseJson(text);
    for (const [line, words] of want)
      expect(
        problems
          .filter((problem) => problem.line === line)
          .map(({ message }) => message)
          .join(),
      ).toMatch(words);
    if (want.length === 0) expect(problems).toEqual([]);
    let valid = true;
    try {
      if (text.trim() !== '') JSON.parse(text);
    } catch {
      valid = false;
    }
    expect(problems.length === 0).toBe(valid);
  });
});

describe('contract errors have the line of the value', () => {
  const text = '{\n  "a": 1,\n  "list": [\n    { "b": "x" },\n    { "c": 2 }\n  ]\n}';
  const table = [
    ['a property', ['a'], 2],
    ['an item of a list', ['list', 1], 5],
    ['a missing property: the line of the object', ['list', 0, 'missing'], 4],
    ['the whole body', [], 1],
  ] as const;
  it.each(table)('%s', (_, path, line) => {
    expect(locateFlaws(text, [{ path, message: 'is wrong' }])).toEqual([
      { line, message: `${['body', ...path].join('.')}: is wrong`, kind: 'contract' },
    ]);
  });
});
