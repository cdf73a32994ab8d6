import { expect } from 'vitest';
import { seed } from '../run/seed.ts';
import { type Judged, judgePairs } from './judge-pairs.ts';
import { changeNames, drawPairs } from './pairs.ts';

/** No bump may be too low. Each finding becomes a row of a table. */
const MOST_MISSES = 0;

const breaks = ({ byCompiler, byValues }: Judged): boolean => byCompiler.length + byValues.length > 0;

const say = ({ pair, end, bump, told, byCompiler, byValues }: Judged): string =>
  [
    `${pair.changes.join(' + ')}, for a ${end}: ${bump}`,
    ...told.slice(0, 4).map((text) => `  told: ${text}`),
    ...byCompiler.slice(0, 2).map((text) => `  compiler: ${text.slice(0, 300)}`),
    ...byValues.slice(0, 2).map((text) => `  values: ${text.slice(0, 300)}`),
  ].join('\n');

/**
 * Three judges over generated pairs of documents: the compiler, values through validators and clients, and our bump.
 * @param most the maximum share of judgements without a break that may be major
 * @param share from which of several parts the pairs are drawn, so that parts can run beside each other
 */
export async function expectJudges(count: number, most: number, share = 0): Promise<void> {
  const judged = await judgePairs(drawPairs(seed + share, count), seed);
  const low = judged.filter((each) => breaks(each) && each.bump !== 'major');
  const misses = low.length / judged.length;

  const harmless = judged.filter((each) => !breaks(each) && !each.unseen);
  const high = harmless.filter(({ bump }) => bump === 'major');
  const alarms = high.length / harmless.length;
  console.log(
    `${judged.length} judgements of ${judged.length / 2} pairs, seed ${seed}: ${judged.filter(breaks).length} break, ` +
      `${low.length} bumps too low, ${high.length} of ${harmless.length} alarms too many (${(100 * alarms).toFixed(2)} %).`,
  );
  expect(misses, low.map(say).join('\n')).toBeLessThanOrEqual(MOST_MISSES);
  expect(alarms, high.map(say).join('\n')).toBeLessThanOrEqual(most);

  // Judges that find no differences, or changes that never apply, would prove nothing.
  expect(judged.length / 2).toBeGreaterThan(count * 0.8);
  expect(judged.filter(breaks).length).toBeGreaterThan(judged.length / 4);
  expect(harmless.length).toBeGreaterThan(judged.length / 4);
  const seen = new Set(judged.flatMap(({ pair }) => pair.changes));
  // Some apply to few documents: `an operation without a body` must have been drawn, or a part of an `allOf`.
  const unseen = changeNames.filter((name) => !seen.has(name));
  if (count > 2 * changeNames.length) expect(unseen.length, unseen.join()).toBeLessThan(changeNames.length / 20);
}
