import { isObject, ownMember, pointerTokens } from '../../common/document/pointer.ts';
import { contentsOf } from '../collect-operations.ts';
import { follow, type Rule } from '../rule.ts';
import { schemaHolds } from '../schema-pointer.ts';

/** `x-cs-batch` must point to the rows in the request body. */
export const batchItems: Rule = () => ({
  Operation: (operation, context) => {
    const batch = operation['x-cs-batch'];
    if (!isObject(batch) || typeof batch.items !== 'string') return;
    const tokens = pointerTokens(batch.items);
    const body = follow(operation.requestBody, context.location.child(['requestBody']), context);
    const answers = contentsOf(body, context).map(({ node, location }) =>
      schemaHolds({ node: ownMember(node, 'schema'), location: location.child(['schema']) }, tokens, context),
    );
    if (answers.some((answer) => answer !== 'no')) return;
    context.report({
      message:
        answers.length === 0
          ? '`x-cs-batch` requires a request body, but the operation has none.'
          : `The request body schema has no property at \`${batch.items}\`.`,
      help: 'Set `items` to the JSON Pointer of the list of rows in the request body.',
      location: context.location.child(['x-cs-batch', 'items']),
    });
  },
});
