import { isObject, type JsonObject } from '../common/document/pointer.ts';

/** One condition of a dispatch variant. */
export type Condition =
  | { readonly query: string; readonly kind: 'equals'; readonly value: string }
  | { readonly query: string; readonly kind: 'present' | 'absent' };

/** The conditions of a dispatch variant that are written rightly. */
export function conditionsOf(variant: unknown): Condition[] {
  const when = isObject(variant) && Array.isArray(variant.when) ? variant.when : [];
  return when.flatMap((condition: unknown): Condition[] => {
    if (!isObject(condition) || typeof condition.query !== 'string') return [];
    const { query, equals } = condition;
    if (typeof equals === 'string') return [{ query, kind: 'equals', value: equals }];
    if (condition.present === true) return [{ query, kind: 'present' }];
    return condition.absent === true ? [{ query, kind: 'absent' }] : [];
  });
}

/** Whether no request can fulfil both. */
export function exclude(one: Condition, other: Condition): boolean {
  if (one.query !== other.query) return false;
  if (one.kind === 'equals' && other.kind === 'equals') return one.value !== other.value;
  return (one.kind === 'absent') !== (other.kind === 'absent');
}

/** The dispatch variants of a path item. */
export function variantsOf(pathItem: JsonObject): unknown[] {
  const dispatch = pathItem['x-cs-dispatch'];
  return Array.isArray(dispatch) ? dispatch : [];
}
