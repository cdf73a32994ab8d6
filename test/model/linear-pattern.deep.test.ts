import { expect, test } from 'vitest';
import { judgeLinearPatterns } from './judge-linear-patterns.ts';

test('none of 10,000 patterns that are provably linear is slow for the checker', () => {
  const { linear, slow } = judgeLinearPatterns(10_000);
  expect(slow).toEqual([]);
  expect(linear).toBeGreaterThan(1_000);
});
