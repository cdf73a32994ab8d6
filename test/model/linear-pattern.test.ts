import { describe, expect, test } from 'vitest';
import { isSurelyLinear } from '../../scripts/model/schema/patterns/linear-pattern.ts';
import { judgeLinearPatterns } from './judge-linear-patterns.ts';

describe('patterns that are provably linear', () => {
  test.each<[pattern: string, want: boolean, flags?: string]>([
    ['^[a-z]+$', true],
    ['^\\d+\\.\\d+\\.\\d+$', true],
    ['^[a-z0-9]+(-[a-z0-9]+)*$', true],
    ['^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$', true],
    ['^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$', true],
    ['^([0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?)$', true],
    ['^refs/(heads|tags|pull)/.*$', true],
    ['^[^@\\s]+@[^@\\s]+$', true],
    ['^(?:a+b){3}$', true],
    ['prefix_[a-z]{32}', true],
    ['ssh-(rsa|dss) ', true],
    ['^\\p{L}+$', true],
    ['^\\_+$', true, ''],
    // Quadratic: a match can begin anywhere, or two repetitions match the same characters.
    ['\\s+$', false],
    ['a|^b+$', false],
    ['^a*a*$', false],
    ['^a*[ab]*c$', false],
    ['^a*a{2000}$', false],
    ['^(a+a){2}$', false],
    ['a{0,99}a{0,99}$', false],
    // Exponential.
    ['^(a+)+$', false],
    ['^(a|a)*$', false],
    ['^(a?)*$', false],
    ['^[a-z](a+){10}$', false],
    ['(a|a){40}$', false],
    ['(a?){30}a{30}$', false],
    ['^([\\u4e00-\\u4e05]+)+$', false],
    ['^(?:[^a]+\\D)+$', false],
    // Exponential in their counts, for a text of two characters.
    ['^-*(?:$|b?$){24}\\b', false],
    ['^a(?:|[]|){24}$', false],
    ['^a(?:(?:(?:|[]){200}){200}){200}$', false],
    ['(?:\\b|\\b){40}$', false],
    // Patterns that are not analysed.
    ['^(a+)\\1$', false],
    ['^(?=a+)b$', false],
    ['^(?i:a)+$', false],
    [`^${'a'.repeat(2000)}$`, false],
    ['^(', false],
  ])('%s: %s', (pattern, want, flags = 'u') => {
    expect(isSurelyLinear(pattern, flags)).toBe(want);
  });

  test('none of 1,000 is slow for the checker', () => {
    const { linear, slow } = judgeLinearPatterns(1_000);
    expect(slow).toEqual([]);
    expect(linear).toBeGreaterThan(100);
  });
});
