import { isObject, ownMember, pointerTokens } from '../../common/document/pointer.ts';
import { collectOperations, responsesOf } from '../collect-operations.ts';
import type { Rule } from '../rule.ts';
import { schemaHolds } from '../schema-pointer.ts';

/** Successful answers have a place for the envelope's code and data. */
export const envelopePointer: Rule = () => {
  const { operations, visitor } = collectOperations();
  return {
    ...visitor,
    Root: {
      leave: (root, context) => {
        const envelope = root['x-cs-envelope'];
        if (!isObject(envelope)) return;
        for (const operation of operations) {
          const own = operation.node['x-cs-envelope'];
          if (ownMember(own, 'none') === true) continue;
          for (const { status, contents } of responsesOf(operation, context)) {
            if (!status.startsWith('2')) continue;
            for (const content of contents) {
              const schema = { node: ownMember(content.node, 'schema'), location: content.location.child(['schema']) };
              for (const member of ['code', 'data']) {
                const pointer = ownMember(own, member) ?? envelope[member];
                if (typeof pointer !== 'string' || !pointer.startsWith('/')) continue;
                if (schemaHolds(schema, pointerTokens(pointer), context) !== 'no') continue;
                context.report({
                  message: `The ${status} answer of \`${operation.id ?? 'this operation'}\` has nothing at \`${pointer}\`, where the envelope's ${member} is.`,
                  help: 'Add the member to the schema, or write `x-cs-envelope: { none: true }` on the operation.',
                  location: schema.location.key(),
                });
              }
            }
          }
        }
      },
    },
  };
};
