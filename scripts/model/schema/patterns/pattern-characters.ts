import type { AST } from '@eslint-community/regexpp';

/** A set of characters: one bit for each ASCII character, and one for all others. */
export type Characters = bigint;

/** No character. */
export const NONE: Characters = 0n;
const OTHERS: Characters = 1n << 128n;
/** Represents the end of the text in place of the next character. */
export const END: Characters = 1n << 129n;
const ASCII: Characters = OTHERS - 1n;

const SETS = {
  digit: matching(/\d/),
  space: matching(/\s/) | OTHERS,
  word: matching(/\w/),
} as const;

/** The characters that an element of a pattern matches; a superset if they are hard to determine. */
export function charactersOf(element: AST.Character | AST.CharacterSet | AST.CharacterClass): Characters {
  if (element.type !== 'CharacterClass') return membersOf(element) ?? ASCII | OTHERS;
  let members = NONE;
  for (const each of element.elements) {
    const more = membersOf(each);
    if (more === undefined) return ASCII | OTHERS;
    members |= more;
  }
  return element.negate ? inverse(members) : members;
}

/** The exact set of matched ASCII characters; undefined if it is hard to determine. */
function membersOf(element: AST.CharacterClassElement | AST.CharacterSet): Characters | undefined {
  switch (element.type) {
    case 'Character':
      return between(element.value, element.value);
    case 'CharacterClassRange':
      return between(element.min.value, element.max.value);
    case 'CharacterSet': {
      if (element.kind === 'any' || element.kind === 'property') return undefined;
      return element.negate ? inverse(SETS[element.kind]) : SETS[element.kind];
    }
    default:
      return undefined;
  }
}

const inverse = (characters: Characters): Characters => (ASCII & ~characters) | OTHERS;

function between(min: number, max: number): Characters {
  let found = max > 127 ? OTHERS : NONE;
  for (let code = min; code <= Math.min(max, 127); code++) found |= 1n << BigInt(code);
  return found;
}

function matching(pattern: RegExp): Characters {
  let found = NONE;
  for (let code = 0; code < 128; code++) if (pattern.test(String.fromCharCode(code))) found |= 1n << BigInt(code);
  return found;
}
