import { isObject, ownMember } from '../../pointer.ts';
import type { Rule } from '../rule.ts';

/** Each error class has one code. */
export const errorName: Rule = () => ({
  Root: (root, { report, location }) => {
    const errors = ownMember(root['x-cs-envelope'], 'errors');
    if (!isObject(errors)) return;
    const seen = new Map<string, string>();
    for (const [code, error] of Object.entries(errors)) {
      const name = ownMember(error, 'name');
      if (typeof name !== 'string') continue;
      const earlier = seen.get(name);
      if (earlier === undefined) seen.set(name, code);
      else {
        report({
          message: `The codes ${earlier} and ${code} have one error name, \`${name}\`.`,
          help: 'Give each code a name of its own.',
          location: location.child(['x-cs-envelope', 'errors', code, 'name']),
        });
      }
    }
  },
});
