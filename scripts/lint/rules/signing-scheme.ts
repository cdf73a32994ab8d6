import type { Rule } from '../rule.ts';

/** The location of a signature is that of an apiKey scheme. */
export const signingScheme: Rule = () => ({
  SecurityScheme: (scheme, { report, location }) => {
    if (!Object.hasOwn(scheme, 'x-cs-signing') || scheme.type === 'apiKey') return;
    report({
      message: '`x-cs-signing` is only allowed on a security scheme of type `apiKey`.',
      help: 'Write `type: apiKey`, with the `in` and `name` of the signature.',
      location: location.child(['x-cs-signing']).key(),
    });
  },
});
