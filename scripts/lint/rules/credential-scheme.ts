import type { Rule } from '../rule.ts';

/** `x-cs-credential` is only allowed on a scheme of type `apiKey` or `http`. */
export const credentialScheme: Rule = () => ({
  SecurityScheme: (scheme, { report, location }) => {
    if (!Object.hasOwn(scheme, 'x-cs-credential') || scheme.type === 'apiKey' || scheme.type === 'http') return;
    report({
      message: '`x-cs-credential` is only allowed on a security scheme of type `apiKey` or `http`.',
      help: 'Remove `x-cs-credential`, or change the `type` of the scheme.',
      location: location.child(['x-cs-credential']).key(),
    });
  },
});
