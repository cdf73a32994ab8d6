import { isSchemaObject, type SchemaObject } from '../keywords.ts';
import { slowness } from '../patterns/slow-pattern.ts';
import type { Problem } from './problem.ts';

/** What is wrong with a schema's regular expressions. */
export function patternProblems(schema: SchemaObject): readonly Problem[] {
  const { pattern, maxLength, patternProperties, propertyNames } = schema;
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
        help: 'Patterns are ECMA-262 regular expressions: no (?i), no \\A or \\Z, no possessive quantifiers.',
        tokens,
      },
    ];
  }
  const notUnicode: Problem = {
    severity: 'warning',
    code: 'schema-pattern-not-unicode',
    message: `The pattern is only valid without the u flag, and is used so: ${sentence(strict)}`,
    help: 'Escape only what needs it: write - and _ as they are, and code points above U+FFFF as \\u{…}.',
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
      message: `A long text can make this pattern take very long to match (${found.summary}): ${JSON.stringify(pattern)}.`,
      help: 'Let no two parts that repeat match the same text side by side; a maxLength, which is checked first, bounds the harm.',
      tokens,
    },
  ];
}

function tooDeep(pattern: string, flags: string, tokens: readonly string[]): Problem {
  const help = 'Leave out groups that only hold another group, or write several patterns in `allOf`.';
  try {
    // It is compiled now, with as much stack as there is.
    new RegExp(pattern, flags).test('');
  } catch {
    const message = 'This pattern is nested too deeply to be used.';
    return { code: 'schema-invalid-pattern', message, help, tokens };
  }
  const message =
    'Whether a text can make this pattern take very long to match could not be found out: it is nested too deeply.';
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
