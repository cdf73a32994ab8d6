import type { Rule } from '../rule.ts';

const TYPES = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'];
const PLACES = ['query', 'header', 'cookie'];

/**
 * The fields of a scheme that are needed to send and to check a credential. For external documents, other rules only
 * warn about form. This one rejects, because without the scheme, a server would accept every caller.
 */
export const securityScheme: Rule = () => ({
  SecurityScheme: (scheme, { report, location }) => {
    const problem = (member: string, message: string, help: string): void =>
      report({
        message,
        help,
        location: Object.hasOwn(scheme, member) ? location.child([member]) : location.key(),
      });
    if (typeof scheme.type !== 'string' || !TYPES.includes(scheme.type)) {
      problem('type', 'The security scheme has no valid `type`.', `Write one of ${TYPES.join(', ')}.`);
    } else if (scheme.type === 'apiKey') {
      if (typeof scheme.in !== 'string' || !PLACES.includes(scheme.in))
        problem('in', 'The `apiKey` scheme has no valid `in`.', `Write \`in\` with one of ${PLACES.join(', ')}.`);
      if (typeof scheme.name !== 'string' || scheme.name === '')
        problem(
          'name',
          'The `apiKey` scheme has no `name`.',
          'Add the `name` of the header, query parameter or cookie.',
        );
    } else if (scheme.type === 'http' && (typeof scheme.scheme !== 'string' || scheme.scheme === '')) {
      problem('scheme', 'The `http` security scheme has no `scheme`.', 'Add `scheme`, for example `scheme: bearer`.');
    }
  },
});
