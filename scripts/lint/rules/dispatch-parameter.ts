import type { Condition } from '@countersign/runtime/contract';
import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { conditionsOf, variantsOf } from '../dispatch.ts';
import { type Found, follow, type Location, type Rule, type RuleContext } from '../rule.ts';

/** The parameters of a variant must fit its conditions. */
export const dispatchParameter: Rule = () => ({
  PathItem: (pathItem, context) => {
    for (const [index, variant] of variantsOf(pathItem).entries()) {
      if (!isObject(variant)) continue;
      const place = context.location.child(['x-cs-dispatch', index]);
      const own = parametersOf(variant.operation, place.child(['operation']), context);
      const shared = parametersOf(pathItem, context.location, context);
      for (const [at, condition] of conditionsOf(variant).entries()) {
        check(condition, own, [...own, ...shared], place.child(['when', at]), context);
      }
    }
  },
});

function check(
  condition: Condition,
  own: readonly Found[],
  all: readonly Found[],
  place: Location,
  { report }: RuleContext,
): void {
  if (!('query' in condition)) return;
  const { query } = condition;
  const isMeant = ({ node }: Found) => isObject(node) && node.in === 'query' && node.name === query;
  const repeated = own.find(isMeant);
  const declared = all.find(isMeant);
  if ('equals' in condition && repeated) {
    report({
      message: `The query parameter \`${query}\` is declared twice: by the dispatch condition and by the operation.`,
      help: 'Remove the parameter from the operation. Countersign adds it with the value of the condition.',
      location: repeated.location,
    });
  } else if ('present' in condition && !(isObject(declared?.node) && declared.node.required === true)) {
    report({
      message: `The variant requires the query parameter \`${query}\`, but ${declared ? 'the parameter is not required' : 'the operation does not declare it'}.`,
      help: `Declare \`${query}\` with \`in: query\` and \`required: true\` on the operation.`,
      location: declared?.location ?? place,
    });
  } else if ('absent' in condition && declared) {
    report({
      message: `The variant matches requests without \`${query}\`, but the operation declares the parameter.`,
      help: 'Remove the parameter from this variant.',
      location: declared.location,
    });
  }
}

function parametersOf(owner: unknown, location: Location, context: RuleContext): Found[] {
  const { node, location: place } = follow(owner, location, context);
  const parameters: unknown = isObject(node) ? (node as JsonObject).parameters : undefined;
  if (!Array.isArray(parameters)) return [];
  return parameters.map((parameter: unknown, index) => {
    const at = place.child(['parameters', index]);
    return { node: follow(parameter, at, context).node, location: at };
  });
}
