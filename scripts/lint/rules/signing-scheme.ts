import type { Rule } from '../rule.ts';

/** A signature travels where an apiKey scheme says. */
export const signingScheme: Rule = () => ({
  SecurityScheme: (scheme, { report, location }) => {
    if (!Object.hasOwn(scheme, 'x-cs-signing') || scheme.type === 'apiKey') return;
    report({
      message: '`x-cs-signing` is on a scheme that is not of type `apiKey`.',
      help: 'Write `type: apiKey`; its `in` and `name` say where the signature travels.',
      location: location.child(['x-cs-signing']).key(),
    });
  },
});
