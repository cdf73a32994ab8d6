import { expect, test } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../scripts/common/text/nearest.ts';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['abc', 'abd', 1],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['kitten', 'sitting', 3],
  ['signing', 'singing', 1],
])('the distance from %j to %j is %i edits', (from, to, want) => {
  expect(editDistance(from, to)).toBe(want);
  expect(editDistance(to, from)).toBe(want);
});

test.each([
  ['x-cs-singing', ['x-cs-source', 'x-cs-signing'], 'x-cs-signing'],
  ['ListItems', ['listItem', 'listItems'], 'listItems'],
  ['tolerence', ['timestamp', 'tolerance'], 'tolerance'],
  ['id', ['name', 'ip'], 'ip'],
  ['balance', ['history', 'start'], undefined],
  ['a', [], undefined],
  ['same', ['same'], undefined],
])('the nearest name to %s', (name, candidates, want) => {
  expect(nearest(name, candidates)).toBe(want);
});

test('didYouMean returns a question or an empty text', () => {
  expect(didYouMean('equal', ['equals', 'query'])).toBe('Did you mean `equals`? ');
  expect(didYouMean('zzz', ['equals', 'query'])).toBe('');
});
