import { memberNames } from '../json.ts';
import { unlikely } from './judged-elsewhere.ts';
import type { Members } from './types.ts';

/**
 * Whether an object is a plain one, by what its `__proto__` is. Of others, and of those with a member of that name, zod
 * makes a copy that differs.
 */
export function isPlain(proto: unknown): true {
  return proto === Object.prototype || unlikely();
}

/** Whether a property with any value exists. If its value is undefined, zod decides. */
export function present(object: Members, name: string): boolean {
  return object[name] !== undefined || (name in object && unlikely());
}

/** A property with a default. If it is absent, zod adds it. */
export function filled(value: unknown): true {
  return value !== undefined || unlikely();
}

/** A property that zod omits. */
export function isAbsent(object: Members, name: string): true {
  return !(name in object) || unlikely();
}

/**
 * The result for a property that a closed object does not declare. Keywords ignore one with the value undefined; zod
 * does not.
 */
export function unnamed(value: unknown): false {
  return value !== undefined ? false : unlikely();
}

/** Whether the object has a number of members between these. */
export function atMost(object: Members, min: number, max: number): boolean {
  const { length } = memberNames(object);
  return length >= min && length <= max;
}

/** `propertyNames`. */
export function namesAre(object: Members, isValid: (name: unknown) => boolean): boolean {
  return memberNames(object).every((name) => isValid(name));
}
