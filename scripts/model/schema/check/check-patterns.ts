import { isSchemaObject, type SchemaObject } from '../keywords.ts';
import { slowness } from '../patterns/slow-pattern.ts';
import type { Problem } from './problem.ts';

const NONE: readonly Problem[] = [];

/** The problems of a schema's regular expressions. */
export function patternProblems(schema: SchemaObject): readonly Problem[] {
  const { pattern, maxLength, patternProperties, propertyNames } = schema;
  if (pattern === undefined && patternProperties === undefined) return NONE;
  const named = isSchemaObject(patternProperties) ? Object.keys(patternProperties) : [];
  const longestName = isSchemaObject(propertyNames) ? propertyNames.maxLength : undefined;
  return [
    ...(typeof pattern === 'string' ? problemsOf(pattern, ['pattern'], maxLength) : []),
    ...named.flatMap((each) => problemsOf(each, ['patternProperties', each], longestName)),
  ];
}

function problemsOf(pattern: string, tokens: readonly string[], maxLength: unknown): readonly Problem[] {
  const strict = syntaxProblem(pattern, 'u');
  if (strict === undefined) return slowProblems(pattern, 'u', tokens, maxLength);
  if (syntaxProblem(pattern, '') !== undefined) {
    return [
      {
        code: 'schema-invalid-pattern',
        message: sentence(strict),
        help: 'Use ECMA-262 syntax. (?i), \\A, \\Z and possessive quantifiers are not supported.',
        tokens,
      },
    ];
  }
  const notUnicode: Problem = {
    severity: 'warning',
    code: 'schema-pattern-not-unicode',
    message: `The pattern is not valid with the u flag and is used without it: ${sentence(strict)}`,
    help: 'Escape only special characters: write - and _ without a backslash, and code points above U+FFFF as \\u{…}.',
    tokens,
  };
  return [notUnicode, ...slowProblems(pattern, '', tokens, maxLength)];
}

function slowProblems(
  pattern: string,
  flags: string,
  tokens: readonly string[],
  maxLength: unknown,
): readonly Problem[] {
  const found = slowness(pattern, flags, typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY);
  if (found === undefined) return [];
  if (found.kind === 'unreadable') return [tooDeep(pattern, flags, tokens)];
  return [
    {
      severity: 'warning',
      code: 'schema-slow-pattern',
      message: `The pattern can take very long to match a long string (${found.summary}): ${JSON.stringify(pattern)}.`,
      help: 'Do not place two repetitions that match the same text side by side. A maxLength limits the time, since it is checked first.',
      tokens,
    },
  ];
}

function tooDeep(pattern: string, flags: string, tokens: readonly string[]): Problem {
  const help = 'Remove groups that contain only another group, or split the pattern with `allOf`.';
  try {
    // The pattern is compiled here, where most of the stack is still free.
    new RegExp(pattern, flags).test('');
  } catch {
    const message = 'The pattern is nested too deeply to compile.';
    return { code: 'schema-invalid-pattern', message, help, tokens };
  }
  const message = 'The matching time of the pattern was not checked: the pattern is nested too deeply.';
  return { severity: 'warning', code: 'schema-unchecked-pattern', message, help, tokens };
}

const sentence = (text: string): string => text.replace(/\.?$/, '.');

function syntaxProblem(pattern: string, flags: string): string | undefined {
  try {
    new RegExp(pattern, flags);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
