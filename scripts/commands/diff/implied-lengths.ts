import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** The length of the shortest and of the longest text, in code points. */
export type Lengths = readonly [least: number, most: number];

const ANY: Lengths = [0, Number.POSITIVE_INFINITY];

/** The lengths of all texts of a format, as our validators check it. */
const OF_FORMAT: ReadonlyMap<unknown, Lengths> = new Map([
  ['date', [10, 10]],
  ['date-time', [20, Number.POSITIVE_INFINITY]],
  ['duration', [3, Number.POSITIVE_INFINITY]],
  ['email', [3, 320]],
  ['hostname', [1, 253]],
  ['ipv4', [7, 15]],
  ['ipv6', [2, 45]],
  ['time', [9, Number.POSITIVE_INFINITY]],
  ['uuid', [36, 36]],
]);

/** The lengths of the texts that have a format and match every pattern. Unknown formats and invalid patterns count as none. */
export function impliedLengths(format: unknown, patterns: readonly unknown[]): Lengths {
  const all = [OF_FORMAT.get(format) ?? ANY, ...patterns.map(lengthsOfPattern)];
  return [Math.max(...all.map(([least]) => least)), Math.min(...all.map(([, most]) => most))];
}

function lengthsOfPattern(pattern: unknown): Lengths {
  if (typeof pattern !== 'string') return ANY;
  try {
    const { alternatives } = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: true });
    const [least, most] = ofAlternatives(alternatives);
    // A part of a longer text may match, unless the pattern must reach from the start to the end.
    return [least, alternatives.every(isWhole) ? most : Number.POSITIVE_INFINITY];
  } catch {
    // Without the flag `u`, a code point may count as two characters.
    return ANY;
  }
}

const isEdge = (element: AST.Element | undefined, kind: 'start' | 'end'): boolean =>
  element?.type === 'Assertion' && element.kind === kind;

const isWhole = ({ elements }: AST.Alternative): boolean =>
  isEdge(elements[0], 'start') && isEdge(elements.at(-1), 'end');

function ofAlternatives(alternatives: readonly AST.Alternative[]): Lengths {
  const all = alternatives.map(({ elements }) => {
    const parts = elements.map(ofElement);
    return [sum(parts.map(([least]) => least)), sum(parts.map(([, most]) => most))] as const;
  });
  return [Math.min(...all.map(([least]) => least)), Math.max(...all.map(([, most]) => most))];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function ofElement(element: AST.Element): Lengths {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives);
    case 'Quantifier': {
      const [least, most] = ofElement(element.element);
      // Zero times infinity is not a number.
      return [least * element.min, most === 0 || element.max === 0 ? 0 : most * element.max];
    }
    case 'Assertion':
      return [0, 0];
    case 'Backreference':
      return ANY;
    case 'Character':
    case 'CharacterClass':
    case 'CharacterSet':
    case 'ExpressionCharacterClass':
      return [1, 1];
  }
}
