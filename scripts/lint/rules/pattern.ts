import { isPattern } from '../../expand/drop-patterns.ts';
import type { Rule } from '../rule.ts';

/** A `pattern` that is not a regular expression of ECMAScript, with Unicode on or off. */
export const pattern: Rule = () => ({
  Schema: (schema, { report, location }) => {
    if (typeof schema.pattern === 'string' && !isPattern(schema.pattern)) {
      report({
        message: 'The `pattern` is not a valid regular expression.',
        help,
        location: location.child(['pattern']),
      });
    }
    const byPattern = schema.patternProperties;
    for (const key of typeof byPattern === 'object' && byPattern !== null ? Object.keys(byPattern) : []) {
      if (!isPattern(key))
        report({
          message: 'The `pattern` is not a valid regular expression.',
          help,
          location: location.child(['patternProperties', key]).key(),
        });
    }
  },
});

const help =
  'Use JavaScript syntax: close every bracket, and escape `\\`, `(`, `[`, `{`, `*`, `+` and `?` where they are literal characters.';
