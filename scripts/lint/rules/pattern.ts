import type { Rule } from '../rule.ts';

/** A `pattern` that is no regular expression of ECMAScript, with Unicode on or off. */
export const pattern: Rule = () => ({
  Schema: (schema, { report, location }) => {
    if (typeof schema.pattern === 'string' && !compiles(schema.pattern)) {
      report({ message: 'This pattern is no regular expression.', help, location: location.child(['pattern']) });
    }
    const byPattern = schema.patternProperties;
    for (const key of typeof byPattern === 'object' && byPattern !== null ? Object.keys(byPattern) : []) {
      if (!compiles(key))
        report({
          message: 'This pattern is no regular expression.',
          help,
          location: location.child(['patternProperties', key]).key(),
        });
    }
  },
});

const help =
  'Write it as in JavaScript: close every bracket, and escape `\\`, `(`, `[`, `{`, `*`, `+` and `?` where they mean themselves.';

function compiles(source: string): boolean {
  return ['u', ''].some((flags) => {
    try {
      return new RegExp(source, flags) instanceof RegExp;
    } catch {
      return false;
    }
  });
}
