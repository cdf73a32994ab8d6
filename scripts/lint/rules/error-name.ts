import { isObject, ownMember } from '../../common/document/pointer.ts';
import { errorClass } from '../../common/text/names.ts';
import type { Rule } from '../rule.ts';

/** Two codes must not have the same error class. */
export const errorName: Rule = () => ({
  Root: (root, { report, location }) => {
    const errors = ownMember(root['x-cs-envelope'], 'errors');
    if (!isObject(errors)) return;
    const seen = new Map<string, { readonly code: string; readonly name: string }>();
    for (const [code, error] of Object.entries(errors)) {
      const name = ownMember(error, 'name');
      if (typeof name !== 'string') continue;
      const made = errorClass(name);
      const earlier = seen.get(made);
      if (earlier === undefined) seen.set(made, { code, name });
      else {
        const both = `The codes ${earlier.code} and ${code}`;
        report({
          message:
            earlier.name === name
              ? `${both} have the same error name, \`${name}\`.`
              : `${both} have names that become the same error class, \`${made}\`.`,
          help: 'Give each code a unique name.',
          location: location.child(['x-cs-envelope', 'errors', code, 'name']),
        });
      }
    }
  },
});
