import { ownMember } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import { collectOperations, operationIds } from '../collect-operations.ts';
import { collectSchemes } from '../collect-schemes.ts';
import type { Rule } from '../rule.ts';

/** The login operation of a session must exist. */
export const sessionOperation: Rule = () => {
  const found = collectOperations();
  const { schemes, visitor } = collectSchemes();
  return {
    ...found.visitor,
    ...visitor,
    Root: {
      leave: (_root, { report }) => {
        const ids = operationIds(found.operations);
        for (const { node, location } of schemes) {
          const operation = ownMember(node['x-cs-session'], 'operation');
          const isList = Array.isArray(operation);
          for (const [index, name] of [operation].flat().entries()) {
            if (typeof name !== 'string' || ids.includes(name)) continue;
            report({
              message: `The session logs in with \`${name}\`, but no operation has this operationId.`,
              help: `${didYouMean(name, ids)}Use an operationId of this document.`,
              location: location.child(['x-cs-session', 'operation', ...(isList ? [index] : [])]),
            });
          }
        }
      },
    },
  };
};
