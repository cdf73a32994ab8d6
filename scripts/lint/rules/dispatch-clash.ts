import { ownMember } from '../../common/document/pointer.ts';
import { variantsOf } from '../dispatch.ts';
import type { Rule } from '../rule.ts';

/** A path item must not have a dispatch variant and a plain operation for the same method. */
export const dispatchClash: Rule = () => ({
  PathItem: (pathItem, { report, location }) => {
    for (const [index, variant] of variantsOf(pathItem).entries()) {
      const method = ownMember(variant, 'method');
      if (typeof method !== 'string' || !Object.hasOwn(pathItem, method)) continue;
      report({
        message: `The path declares \`${method}\` twice: as a plain operation and as this variant of \`x-cs-dispatch\`.`,
        help: `Move the plain \`${method}\` operation into \`x-cs-dispatch\` and give it a condition, for example \`absent: true\`.`,
        location: location.child(['x-cs-dispatch', index, 'method']),
      });
    }
  },
});
