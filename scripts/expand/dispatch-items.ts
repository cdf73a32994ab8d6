import { ADDITIONAL, FIXED_METHODS } from '../common/document/path-operations.ts';
import { isObject } from '../common/document/pointer.ts';
import { withFixedMembers } from './fixed-members.ts';
import type { SchemaContext } from './without-required.ts';

type Members = { readonly [member: string]: unknown };

/** Members of a path item that are operations. */
const OPERATIONS: ReadonlySet<string> = new Set([...FIXED_METHODS, ADDITIONAL]);

/** One path item per variant. Invalid variants, which lint reports, are skipped. */
export function dispatchItems(
  dispatch: readonly unknown[],
  plain: Members,
  path: string,
  context: SchemaContext,
): { readonly id: string; readonly item: Members }[] {
  const shared = Object.fromEntries(Object.entries(plain).filter(([key]) => !OPERATIONS.has(key)));
  const { resolve, derive } = context;
  return dispatch.flatMap((variant, index) => {
    if (!isObject(variant) || !isObject(variant.operation) || !FIXED_METHODS.includes(String(variant.method)))
      return [];
    const { method, operation } = variant;
    const when = Array.isArray(variant.when) ? variant.when : [];
    const fixed = when.flatMap((condition: unknown) => fixedParameter(condition, derive));
    const written = Array.isArray(operation.parameters) ? operation.parameters : [];
    const own = written.filter((parameter: unknown) => !isFixedHeader(resolve(parameter), when));
    const parameters = derive(
      [...fixed, ...own],
      Array.isArray(operation.parameters) ? operation.parameters : operation,
    );
    const same = fixed.length === 0 && own.length === written.length;
    const plainly = same ? operation : derive({ ...operation, parameters }, operation);
    const made = withFixedMembers(plainly, when, { resolve, derive });
    const id = typeof operation.operationId === 'string' ? operation.operationId : `${String(method)}-${index + 1}`;
    return [{ id, item: derive({ ...shared, [String(method)]: made, 'x-cs-path': path, 'x-cs-when': when }, variant) }];
  });
}

/** A header that identifies the operation: the client sends it, and callers do not pass it. */
function isFixedHeader(parameter: Members, when: readonly unknown[]): boolean {
  if (parameter.in !== 'header' || typeof parameter.name !== 'string') return false;
  const name = parameter.name.toLowerCase();
  return when.some(
    (condition) =>
      isObject(condition) &&
      typeof condition.header === 'string' &&
      condition.equals !== undefined &&
      condition.header.toLowerCase() === name,
  );
}

/** `{ query: action, equals: balance }` is a parameter that has one value. */
function fixedParameter(condition: unknown, derive: SchemaContext['derive']): Members[] {
  if (!isObject(condition) || typeof condition.query !== 'string' || typeof condition.equals !== 'string') return [];
  const { query: name, equals: value } = condition;
  return [derive({ name, in: 'query', required: true, schema: { type: 'string', const: value } }, condition)];
}
