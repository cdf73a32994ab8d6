import { isObject, type JsonObject, ownMember, pointerTokens } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import { responsesOf } from '../collect-operations.ts';
import { follow, type Rule, type RuleContext } from '../rule.ts';
import { schemaHolds } from '../schema-pointer.ts';

/** Paging uses query parameters that the operation has, and rows that its answer has. */
export const pageParameter: Rule = () => {
  let shared: string[] = [];
  return {
    PathItem: {
      enter: (pathItem, context) => {
        shared = queryNames(pathItem, context);
      },
    },
    Operation: (operation, context) => {
      const page = operation['x-cs-page'];
      if (!isObject(page)) return;
      const place = context.location.child(['x-cs-page']);
      const names = [...shared, ...queryNames(operation, context)];
      for (const field of ['cursor', 'limit', 'min', 'max']) {
        const name = page[field];
        if (typeof name !== 'string' || names.includes(name)) continue;
        context.report({
          message: `Paging uses the query parameter \`${name}\`, and the operation does not have it.`,
          help: `${didYouMean(name, names)}Declare it with \`in: query\`, or name another.`,
          location: place.child([field]),
        });
      }
      if (typeof page.items !== 'string') return;
      const tokens = pointerTokens(page.items);
      const answers = responsesOf({ id: undefined, node: operation, location: context.location }, context)
        .filter(({ status }) => status.startsWith('2'))
        .flatMap(({ contents }) => contents)
        .map(({ node, location }) =>
          schemaHolds({ node: ownMember(node, 'schema'), location: location.child(['schema']) }, tokens, context),
        );
      if (answers.length === 0 || answers.some((answer) => answer !== 'no')) return;
      context.report({
        message: `The answer has nothing at \`${page.items}\`.`,
        help: 'Point at the member of the answer that holds the rows, from the root of the body.',
        location: place.child(['items']),
      });
    },
  };
};

function queryNames(owner: JsonObject, context: RuleContext): string[] {
  if (!Array.isArray(owner.parameters)) return [];
  return owner.parameters.flatMap((parameter: unknown, index) => {
    const { node } = follow(parameter, context.location.child(['parameters', index]), context);
    return isObject(node) && node.in === 'query' && typeof node.name === 'string' ? [node.name] : [];
  });
}
