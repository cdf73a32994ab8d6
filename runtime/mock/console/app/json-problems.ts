import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Flaw } from './gateway-api.ts';

/** A problem in a text, with its line. */
export type Problem = { readonly line: number; readonly message: string; readonly kind: 'syntax' | 'contract' };

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Invalid symbol. Expected a value: a string in double quotes, a number, true, false or null.',
  InvalidNumberFormat: 'Invalid number.',
  PropertyNameExpected: 'Expected a property name in double quotes. Look for a trailing comma.',
  ValueExpected: 'Expected a value. Look for a trailing comma.',
  ColonExpected: 'Expected a colon after the property name.',
  CommaExpected: 'Expected a comma between two values.',
  CloseBraceExpected: 'Expected a closing brace `}`.',
  CloseBracketExpected: 'Expected a closing bracket `]`.',
  EndOfFileExpected: 'Expected the end of the body after one JSON value.',
  InvalidCommentToken: 'JSON does not allow comments.',
  UnexpectedEndOfComment: 'JSON does not allow comments.',
  UnexpectedEndOfString: 'The string has no closing quote.',
  UnexpectedEndOfNumber: 'The number ends too early.',
  InvalidUnicode: 'Invalid \\u escape in the string.',
  InvalidEscapeCharacter: 'Invalid escape in the string.',
  InvalidCharacter: 'Invalid character in the string.',
};

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

type Parsed = { readonly root: Node | undefined; readonly problems: readonly Problem[] };

/**
 * Reads a JSON text up to the first error. Further errors are not reported, because they usually follow from the first.
 */
export function parseJson(text: string): Parsed {
  const errors: ParseError[] = [];
  const root = text.trim() === '' ? undefined : parseTree(text, errors, { disallowComments: true });
  const byLine = new Map<number, Problem>();
  for (const { error, offset } of errors) {
    const line = lineAt(text, offset);
    if (!byLine.has(line))
      byLine.set(line, { line, message: WORDS[printParseErrorCode(error)] ?? 'Invalid JSON.', kind: 'syntax' });
  }
  return { root, problems: [...byLine.values()] };
}

/** Problems with their lines. A missing property has the line of its object. */
export function locateFlaws(text: string, flaws: readonly Flaw[]): readonly Problem[] {
  const { root } = parseJson(text);
  return flaws.map(({ path, message }) => {
    let node: Node | undefined;
    for (let length = path.length; !node && root && length >= 0; length -= 1)
      node = findNodeAtLocation(root, path.slice(0, length));
    const name = ['body', ...path].join('.');
    return { line: lineAt(text, node?.offset ?? 0), message: `${name}: ${message}`, kind: 'contract' };
  });
}
