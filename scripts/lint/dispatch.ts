import type { Condition } from '@countersign/runtime/contract';
import { isObject, type JsonObject } from '../common/document/pointer.ts';

/** The valid conditions of a dispatch variant. */
export function conditionsOf(variant: unknown): Condition[] {
  const when = isObject(variant) && Array.isArray(variant.when) ? variant.when : [];
  return when.flatMap((condition: unknown): Condition[] => {
    if (!isObject(condition)) return [];
    const places = [condition.query, condition.header, condition.form, condition.body];
    const isPlaced = places.filter((place) => place !== undefined).length === 1 && places.some(isText);
    const { equals, present, absent } = condition;
    const isSaid = ['string', 'number', 'boolean'].includes(typeof equals) || present === true || absent === true;
    return isPlaced && isSaid ? [condition as Condition] : [];
  });
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** The dispatch variants of a path item. */
export function variantsOf(pathItem: JsonObject): unknown[] {
  const dispatch = pathItem['x-cs-dispatch'];
  return Array.isArray(dispatch) ? dispatch : [];
}
