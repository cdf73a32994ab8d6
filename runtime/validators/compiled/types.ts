/** An object with unknown properties. */
export type Members = { readonly [name: string]: unknown };

/** Whether a value is an object, and neither null nor an array. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an array. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether a value is a string. */
export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a value is a boolean. */
export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** Whether a value is a finite number: JSON has no others. */
export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Whether a value is a whole number of any size. */
export function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

/** Whether a value is a whole number that JavaScript represents exactly. */
export function isSafeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Whether a value is a signed integer of 32 bits. */
export function isInt32(value: unknown): value is number {
  // Only a 32-bit number equals the result of the operator. -0 is accepted, too.
  return typeof value === 'number' && (value | 0) === value;
}
