import { didYouMean } from '../../common/text/nearest.ts';
import type { Rule } from '../rule.ts';
import { extensionNames } from '../x-cs-schema.ts';

/** An unknown `x-cs-*` extension. */
export const extensionName =
  (internal: readonly string[]): Rule =>
  () => ({
    any: (node, { report, location, type }) => {
      if (type.extensionsPrefix === undefined) return;
      for (const name of Object.keys(node)) {
        if (!name.startsWith('x-cs-') || extensionNames.has(name) || internal.includes(name)) continue;
        report({
          message: `The extension \`${name}\` does not exist.`,
          help: `${didYouMean(name, extensionNames)}docs/x-cs.md lists all extensions.`,
          location: location.child([name]).key(),
        });
      }
    },
  });
