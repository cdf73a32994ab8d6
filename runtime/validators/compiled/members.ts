import { memberNames } from '../json.ts';
import { unlikely } from './judged-elsewhere.ts';
import type { Members } from './types.ts';

/**
 * Whether an object is a plain object, according to its `__proto__`. For other objects, and for objects with a property
 * of that name, zod creates a copy that differs.
 */
export function isPlain(proto: unknown): true {
  return proto === Object.prototype || unlikely();
}

/** Whether a property exists, with any value. If the value is undefined, zod decides. */
export function present(object: Members, name: string): boolean {
  return object[name] !== undefined || (name in object && unlikely());
}

/** Handles a property with a default. If it is absent, zod adds it. */
export function filled(value: unknown): true {
  return value !== undefined || unlikely();
}

/** Handles a property that zod omits. */
export function isAbsent(object: Members, name: string): true {
  return !(name in object) || unlikely();
}

/**
 * The result for a property that a closed object does not declare. JSON Schema keywords ignore a property with the
 * value undefined; zod does not.
 */
export function unnamed(value: unknown): false {
  return value !== undefined ? false : unlikely();
}

/** Whether the number of properties of an object is within these limits. */
export function atMost(object: Members, min: number, max: number): boolean {
  const { length } = memberNames(object);
  return length >= min && length <= max;
}

/** `propertyNames`: whether all names are valid. */
export function namesAre(object: Members, isValid: (name: unknown) => boolean): boolean {
  return memberNames(object).every((name) => isValid(name));
}
