import { isObject } from '../common/document/pointer.ts';
import type { Derivations } from '../common/document/provenance.ts';
import { methods } from '../load/shapes.ts';

type Members = { readonly [member: string]: unknown };

/** One path item a variant; wrong variants (lint says which) are passed over. */
export function dispatchItems(
  dispatch: readonly unknown[],
  plain: Members,
  path: string,
  { derive }: Derivations,
): { readonly id: string; readonly item: Members }[] {
  const shared = Object.fromEntries(Object.entries(plain).filter(([key]) => !methods.includes(key)));
  return dispatch.flatMap((variant, index) => {
    if (!isObject(variant) || !isObject(variant.operation) || !methods.includes(String(variant.method))) return [];
    const { method, operation } = variant;
    const when = Array.isArray(variant.when) ? variant.when : [];
    const fixed = when.flatMap((condition: unknown) => fixedParameter(condition, derive));
    const own = Array.isArray(operation.parameters) ? operation.parameters : [];
    const parameters = derive(
      [...fixed, ...own],
      Array.isArray(operation.parameters) ? operation.parameters : operation,
    );
    const made = fixed.length === 0 ? operation : derive({ ...operation, parameters }, operation);
    const id = typeof operation.operationId === 'string' ? operation.operationId : `${String(method)}-${index + 1}`;
    return [{ id, item: derive({ ...shared, [String(method)]: made, 'x-cs-path': path, 'x-cs-when': when }, variant) }];
  });
}

/** `{ query: action, equals: balance }` is a parameter that has one value. */
function fixedParameter(condition: unknown, derive: Derivations['derive']): Members[] {
  if (!isObject(condition) || typeof condition.query !== 'string' || typeof condition.equals !== 'string') return [];
  const { query: name, equals: value } = condition;
  return [derive({ name, in: 'query', required: true, schema: { type: 'string', const: value } }, condition)];
}
