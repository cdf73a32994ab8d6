import type { Rule } from '../rule.ts';

/** `x-cs-signing` is only allowed on an `apiKey` scheme, which has the location of the signature. */
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
