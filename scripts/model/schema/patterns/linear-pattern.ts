import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { type Characters, charactersOf, END, NONE } from './pattern-characters.ts';

/** From this number on, paths count as unlimited. */
const FEW = 64;
/** Number of steps that may repeat at each position of a text. */
const SHORT = 1_000;
/** Longer patterns are left to the checker, whose time is limited. */
const READABLE = 1_000;

type Start = {
  readonly first: Characters;
  /** Whether it can match the empty text. */
  readonly nullable: boolean;
};

/** How a backtracking matcher processes a part of a pattern, from one position in the text. */
type Course = {
  /** Maximum number of paths, without the repetitions in `endless`. */
  readonly ways: number;
  /** Maximum number of characters that a path consumes, without the repetitions in `endless`. */
  readonly length: number;
  /** Unbounded repetitions that can end after every iteration, because their continuation may begin in the same way. */
  readonly endless: number;
};

const EMPTY: Course = { ways: 1, length: 0, endless: 0 };
const UNKNOWN: Course = { ways: Number.POSITIVE_INFINITY, length: Number.POSITIVE_INFINITY, endless: 0 };

/**
 * Whether matching provably takes time linear in the text's length. The proof is fast and incomplete: at nearly every
 * position, the next character alone decides how to continue (the pattern is one-unambiguous there), and elsewhere the
 * paths are few, or one for each position and short. False if this is not shown, and for a pattern that cannot be
 * parsed.
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

/** The path through one of several alternatives, before what may begin with `follow`. */
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
  // The text does not limit iterations that consume nothing.
  if (max > 1 && (nullable || body.endless > 0)) return UNKNOWN;
  const length = body.length * max;
  const isDecided = min === max || (!nullable && (first & follow) === NONE);
  if (max === Number.POSITIVE_INFINITY) {
    if (body.ways > 1) return UNKNOWN;
    return isDecided ? { ways: 1, length, endless: 0 } : { ways: 1, length: 0, endless: 1 };
  }
  if (isDecided) return { ways: body.ways ** max, length, endless: body.endless };
  // One more path for each number of iterations. A sum above the limit need not be completed.
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
