import { createRequire } from 'node:module';
import fc from 'fast-check';
import { isSurelyLinear } from '../../scripts/model/schema/patterns/linear-pattern.ts';

/**
 * Random patterns: how many count as provably linear, and which of those an independent checker reports as vulnerable.
 */
export function judgeLinearPatterns(runs: number): { readonly linear: number; readonly slow: readonly string[] } {
  const { checkSync } = createRequire(import.meta.url)('recheck/lib/browser.js') as {
    checkSync: (pattern: string, flags: string, options: object) => { readonly status: string };
  };
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\w',
    '\\s',
    'é',
    '\\b',
    '^',
    '$',
    'a{2}',
    'b{1,3}',
    '[]',
    '[^]',
    '',
  );
  const many = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{1,2}', '{2,}', '*?');
  const { alternatives } = fc.letrec<{ alternatives: string; sequence: string; group: string; part: string }>(
    (tie) => ({
      alternatives: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((each) => each.join('|')),
      sequence: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((each) => each.join('')),
      group: fc.tuple(tie('alternatives'), many).map(([inner, times]) => `(${inner})${times}`),
      part: fc.oneof({ maxDepth: 3 }, fc.tuple(atom, many).map(repeated), tie('group')),
    }),
  );
  let linear = 0;
  const slow = new Set<string>();
  fc.assert(
    fc.property(alternatives, fc.boolean(), (inner, isAnchored) => {
      const pattern = isAnchored ? `^(?:${inner})$` : inner;
      if (!isSurelyLinear(pattern, 'u')) return;
      linear++;
      if (checkSync(pattern, 'u', { timeout: 2_000 }).status === 'vulnerable') slow.add(pattern);
    }),
    { numRuns: runs },
  );
  return { linear, slow: [...slow] };
}

/** A quantifier after an assertion or another quantifier is not a valid pattern. */
function repeated([atom, times]: readonly [atom: string, times: string]): string {
  return times === '' || /^(?:\\b|\^|\$)$/.test(atom) ? atom : `(?:${atom})${times}`;
}
