import { isObject, ownMember, toPointer } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import { collectOperations, type FoundOperation, parametersOf } from '../collect-operations.ts';
import { inputHolds, responseHolds } from '../operation-holds.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Paging must use parameters, body properties and response properties that the operation declares. */
export const pageParameter: Rule = () => {
  const found = collectOperations();
  return {
    ...found.visitor,
    Root: {
      leave: (_root, context) => {
        for (const operation of found.operations) checkPage(operation, context);
      },
    },
  };
};

function checkPage(operation: FoundOperation, context: RuleContext): void {
  const page = operation.node['x-cs-page'];
  if (!isObject(page)) return;
  const place = operation.location.child(['x-cs-page']);
  for (const field of ['cursor', 'page', 'offset', 'limit', 'min', 'max']) {
    const input = page[field];
    if (typeof input !== 'string') continue;
    const pointer = input.startsWith('/') ? input : toPointer(['query', input]);
    if (inputHolds(operation, pointer, context) !== 'no') continue;
    context.report({
      ...(input.startsWith('/') ? missingProperty(input) : missingParameter(input, operation, context)),
      location: place.child([field]),
    });
  }
  const items = typeof page.items === 'string' ? page.items : undefined;
  const sources = ['items', 'next', 'more', 'done', 'total', 'pages'].flatMap((field) => {
    const source = page[field];
    return typeof source === 'string' ? [[field, source] as const] : [];
  });
  if (items !== undefined && typeof page.from === 'string') sources.push(['from', `${items}/0${page.from}`]);
  for (const [field, pointer] of sources) {
    if (responseHolds(operation, pointer, context) !== 'no') continue;
    context.report({
      message: `The response schema has no property at \`${pointer}\`.`,
      help: HELP[field] ?? 'Write the JSON Pointer of a property, from the root of the response body.',
      location: place.child([field]),
    });
  }
}

const HELP: { readonly [field: string]: string } = {
  items: 'Write the JSON Pointer of the list of rows, from the root of the response body.',
  from: 'Write the JSON Pointer of the cursor, from the root of a row.',
};

function missingParameter(name: string, operation: FoundOperation, context: RuleContext) {
  const names = parametersOf(operation, context).flatMap((one) =>
    one.in === 'query' && typeof ownMember(one, 'name') === 'string' ? [`${one.name}`] : [],
  );
  return {
    message: `\`x-cs-page\` uses the query parameter \`${name}\`, but the operation does not declare it.`,
    help: `${didYouMean(name, names)}Declare the parameter with \`in: query\`, or use the name of a declared one.`,
  };
}

const missingProperty = (pointer: string) => ({
  message: `\`x-cs-page\` uses \`${pointer}\` of the request, but the operation does not declare it.`,
  help: 'Write the JSON Pointer of a parameter (`/query/name`, `/headers/name`) or of a request body property (`/body/name`).',
});
