import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../scripts/load/types.ts';
import { parseYaml } from '../../scripts/load/yaml/parse-yaml.ts';

/** The errors of a text: code, line and column, message. */
function mistakes(text: string): readonly string[] {
  return parseYaml(text, defaultLimits).problems.map(({ code, message, offset }) => {
    const before = text.slice(0, offset).split('\n');
    return `${code} ${before.length}:${(before.at(-1) ?? '').length + 1} ${message}`;
  });
}

const DEEPER = 'The line is indented more than the key above it, which already has a value.';

describe('an error is reported where the mistake is', () => {
  test.each<[string, string, readonly string[]]>([
    ['a list that is not closed', 'a: 1\nb: [ { c: x }\nd:\n  e: 1\n', ['yaml-syntax 2:4 The `[` is not closed.']],
    ['a map that is not closed', 'a: { b: 1\nc: 2\n', ['yaml-syntax 1:4 The `{` is not closed.']],
    ['a list below a key', 'a:\n  b: [1, 2\n  c: 3\n', ['yaml-syntax 2:6 The `[` is not closed.']],
    ['a map in a list', 'a:\n  - { x: 1, y: 2\n  - { x: 3 }\n', ['yaml-syntax 2:5 The `{` is not closed.']],
    ['the inner of two', 'a: [ { b: [1, 2 }, 3 ]\nc: 1\n', ['yaml-syntax 1:11 The `[` is not closed.']],
    ['a bracket in a string', "a: '['\nb: [1\nc: 1\n", ['yaml-syntax 2:4 The `[` is not closed.']],
    ['a key below a single value', 'a: text\n  b: 2\nc: 3\n', [`yaml-indentation 2:3 ${DEEPER}`]],
    ['a key below a number', 'r:\n  a: 1\n    b: 2\n', [`yaml-indentation 3:5 ${DEEPER}`]],
    [
      'a key that is not indented enough',
      "r:\n  '200':\n   d: The order.\n    c:\n      x: 1\n",
      [`yaml-indentation 4:5 ${DEEPER}`],
    ],
    ['a key between two levels', 'r:\n    a: 1\n  b: 2\n', ['yaml-indentation 3:3 The indentation is inconsistent.']],
    ['a colon in a text', 'a: Get: an order\n', ['yaml-syntax 1:4 A map starts where a single value was expected.']],
  ])('%s', (_title, text, want) => {
    expect(mistakes(text)).toEqual(want);
  });
});
