import { ownMember, pointerTokens } from '../../common/document/pointer.ts';
import { collectOperations, responsesOf } from '../collect-operations.ts';
import { collectSchemes } from '../collect-schemes.ts';
import type { Rule } from '../rule.ts';
import { schemaHolds } from '../schema-pointer.ts';

/** The login's response must have a property for the token. */
export const sessionToken: Rule = () => {
  const found = collectOperations();
  const { schemes, visitor } = collectSchemes();
  return {
    ...found.visitor,
    ...visitor,
    Root: {
      leave: (_root, context) => {
        for (const { node, location } of schemes) {
          const session = node['x-cs-session'];
          const token = ownMember(session, 'token');
          if (typeof token !== 'string') continue;
          for (const name of [ownMember(session, 'operation')].flat()) {
            const login = found.operations.find(({ id }) => id !== undefined && id === name);
            if (!login) continue;
            const answers = responsesOf(login, context)
              .filter(({ status }) => status.startsWith('2'))
              .flatMap(({ contents }) => contents)
              .map((content) =>
                schemaHolds(
                  { node: ownMember(content.node, 'schema'), location: content.location.child(['schema']) },
                  pointerTokens(token),
                  context,
                ),
              );
            if (answers.length === 0 || answers.some((answer) => answer !== 'no')) continue;
            context.report({
              message: `The response of \`${login.id}\` has no property at \`${token}\`.`,
              help: 'Write the JSON Pointer of the token, from the root of the response body.',
              location: location.child(['x-cs-session', 'token']),
            });
          }
        }
      },
    },
  };
};
