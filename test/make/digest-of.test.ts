import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../scripts/common/text/digest-of.ts';

const shared = { type: 'string' };
const twoBytes = 'abc\u{4e2d}'.slice(0, 3);
const point = { x: 0.5 };
point.x = 5;

describe('a digest of data is that of its contents', () => {
  it.each([
    ['one object twice, and two equal objects', [shared, shared], [{ type: 'string' }, { type: 'string' }]],
    ['a text that the engine holds in two bytes a unit', { [twoBytes]: twoBytes }, { abc: 'abc' }],
    ['an integer that the engine holds as a fraction', point, JSON.parse('{"x":5}')],
    ['a list with holes before it was filled', Object.assign(new Array(3), [1, 2, 3]), [1, 2, 3]],
    [
      'data of another thread',
      deserialize(serialize({ a: [1, { b: 'ä' }], c: undefined })),
      { a: [1, { b: 'ä' }], c: undefined },
    ],
  ])('%s', (_, one, other) => {
    expect(digestOf(one)).toBe(digestOf(other));
  });

  const different: readonly unknown[] = [
    0,
    -0,
    '0',
    0n,
    null,
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    'null',
    'NaN',
    {},
    { a: undefined },
    { a: null },
    [],
    [undefined],
    [null],
    new Map(),
    new Set(),
    new Map([['a', 1]]),
    { a: 1 },
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    '\ud800',
    '\ud801',
    '\ufffd',
  ];
  it('differs for different contents', () => {
    expect(new Set(different.map(digestOf)).size).toBe(different.length);
  });
});
