import { exclude } from '@countersign/runtime/contract';
import { ownMember } from '../../common/document/pointer.ts';
import { conditionsOf, variantsOf } from '../dispatch.ts';
import type { Rule } from '../rule.ts';

/** One request must not match two variants of a method. */
export const dispatchOverlap: Rule = () => ({
  PathItem: (pathItem, { report, location }) => {
    const variants = variantsOf(pathItem).map((variant, index) => ({
      index,
      method: ownMember(variant, 'method'),
      conditions: conditionsOf(variant),
      id: ownMember(ownMember(variant, 'operation'), 'operationId'),
    }));
    for (const [index, one] of variants.entries()) {
      for (const other of variants.slice(0, index)) {
        if (one.method !== other.method || one.conditions.length === 0 || other.conditions.length === 0) continue;
        if (one.conditions.some((a) => other.conditions.some((b) => exclude(a, b)))) continue;
        report({
          message: `The conditions of \`${String(one.id)}\` and \`${String(other.id)}\` overlap: a request can match both.`,
          help: 'Make the conditions exclusive: compare the same parameter with different values, or use `present` in one and `absent` in the other.',
          location: location.child(['x-cs-dispatch', one.index, 'when']),
        });
      }
    }
  },
});
