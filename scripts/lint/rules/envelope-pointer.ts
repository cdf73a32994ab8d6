import { isObject, ownMember, pointerTokens } from '../../common/document/pointer.ts';
import { collectOperations, responsesOf } from '../collect-operations.ts';
import type { Rule } from '../rule.ts';
import { schemaHolds } from '../schema-pointer.ts';

/** Success responses must have the properties that contain the envelope's code and data. */
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
                  message: `The ${status} response of \`${operation.id ?? 'this operation'}\` has no property at \`${pointer}\`, where the envelope expects the ${member}.`,
                  help: 'Add the property to the response schema. If the operation has no envelope, write `x-cs-envelope: { none: true }` on it.',
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
