import { isPattern } from '../../expand/drop-patterns.ts';
import type { Rule } from '../rule.ts';

/** A `pattern` that is no regular expression of ECMAScript, with Unicode on or off. */
export const pattern: Rule = () => ({
  Schema: (schema, { report, location }) => {
    if (typeof schema.pattern === 'string' && !isPattern(schema.pattern)) {
      report({ message: 'This pattern is no regular expression.', help, location: location.child(['pattern']) });
    }
    const byPattern = schema.patternProperties;
    for (const key of typeof byPattern === 'object' && byPattern !== null ? Object.keys(byPattern) : []) {
      if (!isPattern(key))
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
