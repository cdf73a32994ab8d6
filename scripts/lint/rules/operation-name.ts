import { collectOperations } from '../collect-operations.ts';
import type { Rule } from '../rule.ts';

/** Two operations must not have the same name in code, where `list-games` becomes `listGames`. */
export const operationName: Rule = () => {
  const { operations, visitor } = collectOperations();
  return {
    ...visitor,
    Root: {
      leave: (_root, { report }) => {
        const seen = new Map<string, string>();
        for (const { id, location } of operations) {
          if (id === undefined) continue;
          const name = id.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
          const earlier = seen.get(name);
          if (earlier !== undefined && earlier !== id) {
            report({
              message: `The operationIds \`${id}\` and \`${earlier}\` become the same name in code.`,
              help: 'Rename one of them: the names must differ in more than case and punctuation.',
              location: location.child(['operationId']),
            });
          }
          seen.set(name, earlier ?? id);
        }
      },
    },
  };
};
