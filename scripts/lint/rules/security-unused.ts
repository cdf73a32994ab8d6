import { isObject } from '../../pointer.ts';
import type { Rule } from '../rule.ts';

/** A security scheme that nothing asks for. */
export const securityUnused: Rule = () => {
  const used = new Set<string>();
  return {
    SecurityRequirement: {
      enter: (requirement) => {
        for (const name of Object.keys(requirement)) used.add(name);
      },
    },
    Root: {
      leave: ({ components }, { report, location }) => {
        const schemes = isObject(components) && isObject(components.securitySchemes) ? components.securitySchemes : {};
        for (const name of Object.keys(schemes)) {
          if (used.has(name)) continue;
          report({
            message: `Nothing uses the security scheme \`${name}\`.`,
            help: 'Name it in a `security` list, or remove it.',
            location: location.child(['components', 'securitySchemes', name]).key(),
          });
        }
      },
    },
  };
};
