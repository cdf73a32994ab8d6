import { isObject, type JsonObject, ownMember } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import { collectOperations, type FoundOperation, operationIds } from '../collect-operations.ts';
import { inputHolds, responseHolds } from '../operation-holds.ts';
import type { Location, Rule, RuleContext } from '../rule.ts';
import type { Holds } from '../schema-pointer.ts';

/** The operation that confirms a call must exist, be safe to call, and have the values of the pointers. */
export const confirmOperation: Rule = () => {
  const found = collectOperations();
  return {
    ...found.visitor,
    Root: {
      leave: (_root, context) => {
        const ids = operationIds(found.operations);
        for (const operation of found.operations) {
          const confirm = ownMember(operation.node['x-cs-retry'], 'confirm');
          if (!isObject(confirm) || typeof confirm.operation !== 'string') continue;
          const place = operation.location.child(['x-cs-retry', 'confirm']);
          const asking = found.operations.find(({ id }) => id === confirm.operation);
          if (!asking || asking.id === operation.id) {
            context.report({
              message: asking
                ? `\`x-cs-retry.confirm\` of \`${confirm.operation}\` names the operation itself.`
                : `\`x-cs-retry.confirm\` names \`${confirm.operation}\`, but no operation has this operationId.`,
              help: `${didYouMean(confirm.operation, ids)}Use the operationId of an operation that lists completed calls.`,
              location: place.child(['operation']),
            });
            continue;
          }
          if (!isSafe(asking))
            context.report({
              message: `\`x-cs-retry.confirm\` names \`${confirm.operation}\`, which is not safe to retry.`,
              help: `Write \`x-cs-retry: safe\` on \`${confirm.operation}\` if it only reads data, or name another operation.`,
              location: place.child(['operation']),
            });
          checkPointers(confirm, operation, asking, place, context);
        }
      },
    },
  };
};

/** RFC 9110, section 9.2.1, if there is no `x-cs-retry`. */
function isSafe({ node, location }: FoundOperation): boolean {
  const retry = node['x-cs-retry'];
  return retry === undefined ? /\/(get|head|options|trace|query)$/.test(location.pointer) : retry === 'safe';
}

function checkPointers(
  confirm: JsonObject,
  operation: FoundOperation,
  asking: FoundOperation,
  place: Location,
  context: RuleContext,
): void {
  const check = (holds: Holds, what: string, pointer: string, location: Location) => {
    if (holds !== 'no') return;
    context.report({
      message: `${what} has no value at \`${pointer}\`.`,
      help: 'Write the JSON Pointer of a declared parameter (`/query/name`) or body property (`/body/name`).',
      location,
    });
  };
  const entries = (name: string): readonly (readonly [string, unknown])[] =>
    isObject(confirm[name]) ? Object.entries(confirm[name]) : [];
  const into = `The input of \`${asking.id}\``;
  const own = `The input of \`${operation.id}\``;
  const rows = typeof confirm.rows === 'string' ? confirm.rows : '';
  const inRow = `A row of \`${asking.id}\``;

  for (const name of ['input', 'fixed'])
    for (const [to] of entries(name)) check(inputHolds(asking, to, context), into, to, place.child([name, to]));
  if (typeof confirm.since === 'string')
    check(inputHolds(asking, confirm.since, context), into, confirm.since, place.child(['since']));
  for (const name of ['input', 'match'])
    for (const [key, from] of entries(name))
      if (typeof from === 'string') check(inputHolds(operation, from, context), own, from, place.child([name, key]));
  check(responseHolds(asking, rows, context), `The response of \`${asking.id}\``, rows, place.child(['rows']));
  for (const name of ['match', 'except'])
    for (const [at] of entries(name))
      check(responseHolds(asking, `${rows}/0${at}`, context), inRow, at, place.child([name, at]));
  for (const name of ['time', 'id']) {
    const at = confirm[name];
    if (typeof at === 'string') check(responseHolds(asking, `${rows}/0${at}`, context), inRow, at, place.child([name]));
  }
}
