import type { Rule } from '../rule.ts';
import { extensionNames, validateExtension } from '../x-cs-schema.ts';

/** The value of each `x-cs-*` extension must match specs/x-cs.schema.json. */
export const extensionValue: Rule = () => ({
  any: (node, { report, location, type }) => {
    if (type.extensionsPrefix === undefined) return;
    for (const name of Object.keys(node)) {
      if (!extensionNames.has(name)) continue;
      for (const { tokens, onKey, message, help } of validateExtension(name, node[name])) {
        const place = location.child([name, ...tokens]);
        report({ message, help, location: onKey ? place.key() : place });
      }
    }
  },
});
