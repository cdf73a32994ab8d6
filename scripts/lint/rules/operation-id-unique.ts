import { collectOperations } from '../collect-operations.ts';
import type { Location, Rule } from '../rule.ts';

/**
 * Two operations must not have the same operationId. Replaces Redocly's rule, which names only one of the two places.
 */
export const operationIdUnique: Rule = () => {
  const { operations, visitor } = collectOperations();
  return {
    ...visitor,
    Root: {
      leave: (_root, { report }) => {
        const seen = new Map<string, Location>();
        for (const { id, location } of operations) {
          if (id === undefined) continue;
          const place = location.child(['operationId']);
          const first = seen.get(id);
          if (first === undefined) seen.set(id, place);
          else
            report({
              message: `Two operations have the operationId \`${id}\`.`,
              help: 'Rename one of them. An operationId becomes the name of a client method.',
              location: place.key(),
              first,
            });
        }
      },
    },
  };
};
