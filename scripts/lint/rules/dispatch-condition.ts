import { type Condition, exclude, placeOf } from '@countersign/runtime/contract';
import { conditionsOf, variantsOf } from '../dispatch.ts';
import type { Rule } from '../rule.ts';

const placeText = (condition: Condition): string => {
  const { in: place, name } = placeOf(condition);
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
};

/** The conditions of a variant must not contradict or repeat each other. */
export const dispatchCondition: Rule = () => ({
  PathItem: (pathItem, { report, location }) => {
    for (const [index, variant] of variantsOf(pathItem).entries()) {
      const conditions = conditionsOf(variant);
      for (const [at, condition] of conditions.entries()) {
        const place = location.child(['x-cs-dispatch', index, 'when', at]);
        const { in: within, name } = placeOf(condition);
        if ('equals' in condition && within !== 'body' && typeof condition.equals !== 'string') {
          report({
            message: `The condition on \`${name}\` must compare with a string, received a ${typeof condition.equals}.`,
            help: `Quote the value: \`equals: '${condition.equals}'\`.`,
            location: place.child(['equals']),
          });
        }
        const before = conditions.slice(0, at);
        const earlier = before.find((one) => exclude(one, condition) || placeText(one) === placeText(condition));
        if (!earlier) continue;
        report({
          message: exclude(earlier, condition)
            ? `This condition on \`${name}\` contradicts the condition before it: no request matches both.`
            : `The variant has two conditions on \`${name}\`.`,
          help: 'Keep one condition per parameter.',
          location: place,
        });
      }
    }
  },
});
