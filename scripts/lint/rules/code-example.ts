import { isObject, ownMember, valueAt } from '../../common/document/pointer.ts';
import { collectOperations, examplesOf, type FoundOperation, responsesOf } from '../collect-operations.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Each failure of an operation needs an example, which the mock returns. */
export const codeExample: Rule = () => {
  const { operations, visitor } = collectOperations();
  return {
    ...visitor,
    Root: {
      leave: (root, context) => {
        const envelope = root['x-cs-envelope'];
        if (!isObject(envelope) || typeof envelope.code !== 'string') return;
        for (const operation of operations) {
          const codes = ownMember(operation.node['x-cs-envelope'], 'codes');
          if (!Array.isArray(codes) || codes.length === 0) continue;
          const shown = shownCodes(operation, envelope.code, context);
          for (const [index, code] of codes.entries()) {
            if (typeof code === 'object' || shown.has(String(code))) continue;
            context.report({
              message: `No response of \`${operation.id ?? 'this operation'}\` has an example with the error code ${String(code)}.`,
              help: 'Add an example with this code to one of the responses.',
              location: operation.location.child(['x-cs-envelope', 'codes', index]),
            });
          }
        }
      },
    },
  };
};

function shownCodes(operation: FoundOperation, code: string, context: RuleContext): Set<string> {
  const shown = new Set<string>();
  for (const { status, contents } of responsesOf(operation, context)) {
    const examples = contents.flatMap((content) => examplesOf(content, context));
    if (code === 'status') {
      if (examples.length > 0) shown.add(status);
      continue;
    }
    for (const example of examples) {
      const value = valueAt(example, code);
      if (value !== undefined) shown.add(String(value));
    }
  }
  return shown;
}
