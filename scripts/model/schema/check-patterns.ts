import type { Problem } from './check-keywords.ts';
import { isSchemaObject, type SchemaObject } from './keywords.ts';

/** What is wrong with a schema's regular expressions. */
export function patternProblems(schema: SchemaObject): readonly Problem[] {
  const named = isSchemaObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
  return [
    ...(typeof schema.pattern === 'string' ? problemsOf(schema.pattern, ['pattern']) : []),
    ...named.flatMap((pattern) => problemsOf(pattern, ['patternProperties', pattern])),
  ];
}

function problemsOf(pattern: string, tokens: readonly string[]): readonly Problem[] {
  const strict = syntaxProblem(pattern, 'u');
  if (strict === undefined) return [];
  const loose = syntaxProblem(pattern, '');
  if (loose !== undefined) {
    return [
      {
        code: 'schema-invalid-pattern',
        message: `${strict.replace(/\.?$/, '.')}`,
        help: 'Patterns are ECMA-262 regular expressions: no (?i), no \\A or \\Z, no possessive quantifiers.',
        tokens,
      },
    ];
  }
  return [
    {
      severity: 'warning',
      code: 'schema-pattern-not-unicode',
      message: `The pattern is only valid without the u flag, and is used so: ${strict.replace(/\.?$/, '.')}`,
      help: 'Escape only what needs it: write - and _ as they are, and code points above U+FFFF as \\u{…}.',
      tokens,
    },
  ];
}

function syntaxProblem(pattern: string, flags: string): string | undefined {
  try {
    new RegExp(pattern, flags);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
