import { expect, it } from 'vitest';
import { layout } from '../../scripts/format/layout/index.ts';
import { layoutList } from '../../scripts/format/layout/list.ts';

const short = "Expect<Agree<'a', B>>";
const long = `Expect<Agree<(typeof validators.${'x'.repeat(40)})['body']['a/b'], operations['${'y'.repeat(60)}']['body']>>`;
const wide = `'${'z'.repeat(130)}'`;

it.each([
  ['no items', []],
  ['one short item', [short]],
  ['one long item', [long]],
  ['one item that no line holds', [wide]],
  ['items of one line', [short, short]],
  ['items that just do not fit in a line', [short, short, short, short, short]],
  ['items that fill two lines', Array.from({ length: 11 }, () => short)],
  ['long items', [long, short, wide, long]],
  ['many items', Array.from({ length: 500 }, (_, index) => (index % 3 === 0 ? long : short))],
  ['nested lists', [`[${long}, [${long}, ${long}]]`, `{ a: ${long}, b: ${wide} }`, `[${wide}]`]],
])('a list laid out item by item equals the list laid out at once: %s', (_, items) => {
  expect(layoutList('export type A = ', items, ';')).toBe(layout(`export type A = [${items.join(', ')}];`));
});
