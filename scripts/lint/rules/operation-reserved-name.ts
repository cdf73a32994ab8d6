import { camelCase, isReservedName } from '../../common/text/names.ts';
import { collectOperations } from '../collect-operations.ts';
import type { Rule } from '../rule.ts';

/** Names that a generated module declares in addition to its operations. */
const MODULE_NAMES = ['api', 'operations'];

/** Operations that cannot have their own names in code, such as `delete`. */
export const operationReservedName: Rule = () => {
  const { operations, visitor } = collectOperations();
  return {
    ...visitor,
    Root: {
      leave: (_root, { report }) => {
        for (const { id, location } of operations) {
          const name = camelCase(id ?? '');
          if (id === undefined || !(isReservedName(name) || MODULE_NAMES.includes(name))) continue;
          report({
            message: `\`${name}\` is a reserved word. The method and the handler of this operation are called \`${name}2\`.`,
            help: 'Choose another operationId, for example one with a noun: `deleteUser`.',
            location: location.child(['operationId']),
          });
        }
      },
    },
  };
};
