import { describe, expect, test } from 'vitest';
import { type Attributes, evaluateRules, type Rules } from '../../plugins/moonpacket/rules.ts';

const documented: Rules = { level: { gt: 99 }, status: { eq: 'active' }, is_blacklist: { eq: false } };

const cases: readonly [name: string, rules: Rules, attributes: Attributes, reasons: readonly string[]][] = [
  ['the documented example passes', documented, { level: 100, status: 'active', is_blacklist: false }, []],
  ['empty rules accept any user', {}, {}, []],
  ['a rule without operators accepts any value', { level: {} }, {}, []],
  ['attributes without a rule are ignored', { a: { eq: 1 } }, { a: 1, b: 'x' }, []],
  ['gt: above', { n: { gt: 10 } }, { n: 11 }, []],
  ['gt: at the limit', { n: { gt: 10 } }, { n: 10 }, ['n must be more than 10, is 10']],
  ['gte: at the limit', { n: { gte: 10 } }, { n: 10 }, []],
  ['gte: below', { n: { gte: 10 } }, { n: 9 }, ['n must be at least 10, is 9']],
  ['lt: below', { n: { lt: 10 } }, { n: 9.5 }, []],
  ['lt: at the limit', { n: { lt: 10 } }, { n: 10 }, ['n must be less than 10, is 10']],
  ['lte: at the limit', { n: { lte: 10 } }, { n: 10 }, []],
  ['lte: above', { n: { lte: 10 } }, { n: 11 }, ['n must be at most 10, is 11']],
  ['both ends of a range', { n: { gte: 1, lte: 3 } }, { n: 4 }, ['n must be at most 3, is 4']],
  ['eq: number', { n: { eq: 0 } }, { n: 0 }, []],
  ['eq: boolean', { kyc: { eq: true } }, { kyc: false }, ['kyc must be true, is false']],
  ['eq: text', { s: { eq: 'active' } }, { s: 'Active' }, ['s must be "active", is "Active"']],
  ['missing: eq', { kyc: { eq: true } }, {}, ['kyc must be true, is missing']],
  ['missing: eq false needs a value', { b: { eq: false } }, {}, ['b must be false, is missing']],
  ['missing: lt needs a value', { n: { lt: 5 } }, {}, ['n must be less than 5, is missing']],
  ['inherited properties are not attributes', { toString: { eq: 'x' } }, {}, ['toString must be "x", is missing']],
  ['type: number as text', { n: { gte: 10 } }, { n: '100' }, ['n must be at least 10, is a string']],
  ['type: text as number', { s: { eq: '1' } }, { s: 1 }, ['s must be "1", is a number']],
  ['type: boolean as number', { b: { eq: true } }, { b: 1 }, ['b must be true, is a number']],
  [
    'all reasons are listed, in the order of the rules',
    documented,
    { level: 99, is_blacklist: true },
    ['level must be more than 99, is 99', 'status must be "active", is missing', 'is_blacklist must be false, is true'],
  ],
  ['an unknown operator fails', { n: { ne: 1 } as never }, { n: 2 }, ['n has a rule with the unknown operator ne']],
  ['an ordering of texts fails', { s: { gt: 'a' } as never }, { s: 'b' }, ['s has a rule whose gt is not a number']],
];

describe('evaluateRules', () => {
  test.each(cases)('%s', (_, rules, attributes, reasons) => {
    const judgement = evaluateRules(rules, attributes);
    expect(judgement.failures.map(({ reason }) => reason)).toEqual(reasons);
    expect(judgement.passed).toBe(reasons.length === 0);
  });

  test('returns the failures as data, too', () => {
    expect(evaluateRules({ level: { gte: 10 } }, { level: 9 }).failures).toEqual([
      {
        attribute: 'level',
        operator: 'gte',
        expected: 10,
        actual: 9,
        kind: 'value',
        reason: 'level must be at least 10, is 9',
      },
    ]);
  });
});
