import { didYouMean } from '../../common/text/nearest.ts';
import type { Rule } from '../rule.ts';
import { extensionNames } from '../x-cs-schema.ts';

/** An extension of ours that we do not have. */
export const extensionName =
  (internal: readonly string[]): Rule =>
  () => ({
    any: (node, { report, location, type }) => {
      if (type.extensionsPrefix === undefined) return;
      for (const name of Object.keys(node)) {
        if (!name.startsWith('x-cs-') || extensionNames.has(name) || internal.includes(name)) continue;
        report({
          message: `There is no extension \`${name}\`.`,
          help: `${didYouMean(name, extensionNames)}The extensions are in specs/x-cs.schema.json.`,
          location: location.child([name]).key(),
        });
      }
    },
  });
