import { conditionsOf, exclude, variantsOf } from '../dispatch.ts';
import type { Rule } from '../rule.ts';

/** Conditions of one variant that contradict or repeat each other. */
export const dispatchCondition: Rule = () => ({
  PathItem: (pathItem, { report, location }) => {
    for (const [index, variant] of variantsOf(pathItem).entries()) {
      const conditions = conditionsOf(variant);
      for (const [place, condition] of conditions.entries()) {
        const earlier = conditions.slice(0, place).find(({ query }) => query === condition.query);
        if (!earlier) continue;
        report({
          message: exclude(earlier, condition)
            ? `No request can fulfil this condition on \`${condition.query}\` and the one before.`
            : `There is a condition on \`${condition.query}\` already.`,
          help: 'Keep one condition for each parameter.',
          location: location.child(['x-cs-dispatch', index, 'when', place]),
        });
      }
    }
  },
});
