import { jsonText } from './json-text.ts';
/** Writes a single value as text. Objects and dates are written as JSON. */
export function textOf(value: unknown): string {
  if (value instanceof Date) return value.toJSON();
  return typeof value === 'object' ? jsonText(value) : String(value);
}

/** Whether a value is sent: neither undefined nor null. */
export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** Whether a value is a plain object, and not a list, a date, a file or another object of the platform. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
