import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { type Characters, charactersOf, END, NONE } from './pattern-characters.ts';

/** So many ways to go on are as good as one. */
const FEW = 64;
/** So many steps may be taken anew at each place of a text. */
const SHORT = 1_000;
/** Patterns longer than this are left to the checker, whose time is bounded. */
const READABLE = 1_000;

type Start = {
  readonly first: Characters;
  /** Whether it can match without taking a character. */
  readonly nullable: boolean;
};

/** How a matcher that backtracks goes through a part of a pattern, from one place in the text. */
type Course = {
  /** In how many ways at most, repetitions in `endless` apart. */
  readonly ways: number;
  /** Characters that a way takes at most, those of repetitions in `endless` apart. */
  readonly length: number;
  /** Repetitions without a bound that can end at every turn, since what follows may begin as they do. */
  readonly endless: number;
};

const EMPTY: Course = { ways: 1, length: 0, endless: 0 };
const UNKNOWN: Course = { ways: Number.POSITIVE_INFINITY, length: Number.POSITIVE_INFINITY, endless: 0 };

/**
 * Whether matching surely takes time linear in the text's length, by a proof that is quick and far from complete: at
 * nearly every place the next character alone says how to go on (the pattern is one-unambiguous there), and where it
 * does not, the ways are few, or one for each place and short. False where that does not show it, and for a pattern
 * that cannot be read.
 *
 * @see Brüggemann-Klein and Wood, One-Unambiguous Regular Languages, Information and Computation 142 (1998)
 */
export function isSurelyLinear(pattern: string, flags: string): boolean {
  if (pattern.length > READABLE) return false;
  let read: AST.Pattern;
  try {
    read = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: flags.includes('u') });
  } catch {
    return false;
  }
  const { ways, length, endless } = courseOfAny(read.alternatives, END);
  if (ways > FEW) return false;
  const isAnchored = read.alternatives.every(
    ({ elements: [first] }) => first?.type === 'Assertion' && first.kind === 'start',
  );
  const isShort = ways * length <= SHORT;
  return isAnchored ? endless === 0 || (endless === 1 && isShort) : endless === 0 && isShort;
}

/** The course through one of several alternatives, before what may begin with `follow`. */
function courseOfAny(alternatives: readonly AST.Alternative[], follow: Characters): Course {
  const courses = alternatives.map(({ elements }) => courseOfAll(elements, follow));
  const starts = alternatives.map(({ elements }) => startOfAll(elements)).map((start) => before(start, follow));
  const ways = courses.map((course) => course.ways);
  return {
    ways: areDisjoint(starts) ? Math.max(...ways) : sum(ways),
    length: Math.max(...courses.map(({ length }) => length)),
    endless: Math.max(...courses.map(({ endless }) => endless)),
  };
}

function courseOfAll(elements: readonly AST.Element[], follow: Characters): Course {
  let next = follow;
  let course = EMPTY;
  for (const element of elements.toReversed()) {
    const { ways, length, endless } = courseOf(element, next);
    course = { ways: course.ways * ways, length: course.length + length, endless: course.endless + endless };
    next = before(startOf(element), next);
  }
  return course;
}

function courseOf(element: AST.Element, follow: Characters): Course {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return { ...EMPTY, length: 1 };
    case 'Assertion':
      return element.kind === 'lookahead' || element.kind === 'lookbehind' ? UNKNOWN : EMPTY;
    case 'Group':
      return element.modifiers === null ? courseOfAny(element.alternatives, follow) : UNKNOWN;
    case 'CapturingGroup':
      return courseOfAny(element.alternatives, follow);
    case 'Quantifier':
      return courseOfRepeated(element, follow);
    default:
      return UNKNOWN;
  }
}

function courseOfRepeated({ element, min, max }: AST.Quantifier, follow: Characters): Course {
  const { first, nullable } = startOf(element);
  const body = courseOf(element, max > 1 ? first | follow : follow);
  // Turns that take nothing are not bounded by the text.
  if (max > 1 && (nullable || body.endless > 0)) return UNKNOWN;
  const length = body.length * max;
  const isDecided = min === max || (!nullable && (first & follow) === NONE);
  if (max === Number.POSITIVE_INFINITY) {
    if (body.ways > 1) return UNKNOWN;
    return isDecided ? { ways: 1, length, endless: 0 } : { ways: 1, length: 0, endless: 1 };
  }
  if (isDecided) return { ways: body.ways ** max, length, endless: body.endless };
  // One more way for each number of turns; a sum that is over the limit needs no end.
  let ways = 0;
  for (let turns = min; turns <= max && ways <= FEW; turns++) ways += body.ways ** turns;
  return { ways, length, endless: body.endless };
}

function startOfAny(alternatives: readonly AST.Alternative[]): Start {
  const starts = alternatives.map(({ elements }) => startOfAll(elements));
  return {
    first: starts.reduce((all, { first }) => all | first, NONE),
    nullable: starts.some(({ nullable }) => nullable),
  };
}

function startOfAll(elements: readonly AST.Element[]): Start {
  let first = NONE;
  for (const element of elements) {
    const start = startOf(element);
    first |= start.first;
    if (!start.nullable) return { first, nullable: false };
  }
  return { first, nullable: true };
}

function startOf(element: AST.Element): Start {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return { first: charactersOf(element), nullable: false };
    case 'Assertion':
      return { first: element.kind === 'end' ? END : NONE, nullable: true };
    case 'Group':
    case 'CapturingGroup':
      return startOfAny(element.alternatives);
    case 'Quantifier': {
      const { first, nullable } = startOf(element.element);
      return { first: element.max === 0 ? NONE : first, nullable: nullable || element.min === 0 };
    }
    default:
      return { first: NONE, nullable: true };
  }
}

const before = ({ first, nullable }: Start, follow: Characters): Characters => (nullable ? first | follow : first);

function areDisjoint(sets: readonly Characters[]): boolean {
  let seen = NONE;
  for (const set of sets) {
    if ((seen & set) !== NONE) return false;
    seen |= set;
  }
  return true;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
