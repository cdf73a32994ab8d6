import { ADDITIONAL, FIXED_METHODS } from '../../common/document/path-operations.ts';
import { isObject } from '../../common/document/pointer.ts';
import type { Rule } from '../rule.ts';

/** RFC 9110, section 9.1: a method is a token. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** The error in the key of an additional operation, and its fix. */
function flawOf(method: string): readonly [flaw: string, help: string] | undefined {
  if (!TOKEN.test(method)) return ['is not a valid HTTP method.', "Use only letters, digits and !#$%&'*+-.^_`|~."];
  const field = FIXED_METHODS.find((fixed) => fixed === method.toLowerCase());
  if (field === undefined) return undefined;
  return method === field.toUpperCase()
    ? [`has its own field \`${field}\`.`, `Move the operation to \`${field}\`.`]
    : [
        `differs from ${field.toUpperCase()} only in case: methods are case-sensitive, and servers do not know it.`,
        `Move the operation to \`${field}\`, or write the method that the provider documents.`,
      ];
}

/** `additionalOperations` has only methods without a field of their own (OpenAPI 3.2, Path Item Object). */
export const additionalOperation: Rule = () => ({
  PathItem: (item, { report, location }) => {
    const additional = item[ADDITIONAL];
    if (!isObject(additional)) return;
    for (const method of Object.keys(additional)) {
      const [flaw, help] = flawOf(method) ?? [];
      if (flaw === undefined || help === undefined) continue;
      report({
        message: `The additional operation \`${method}\` ${flaw}`,
        help,
        location: location.child([ADDITIONAL, method]).key(),
      });
    }
  },
});
