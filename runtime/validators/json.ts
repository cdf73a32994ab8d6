/** A JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

/** Whether a value is an object, and neither null nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Names of the existing properties. A property with the value undefined does not count, because JSON cannot represent
 * it.
 */
export function memberNames(value: JsonObject): string[] {
  const names = Object.keys(value);
  return names.every((name) => value[name] !== undefined) ? names : names.filter((name) => value[name] !== undefined);
}

/** Whether an object has an own property that is not undefined. */
export function hasMember(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined;
}

/**
 * Sets a property, also `__proto__`, for which an assignment would change the prototype. `setOwn` of the contract does
 * the same. Sharing it with the client would split the client's first chunk in two.
 */
export function setMember(target: { [name: string]: unknown }, name: string, value: unknown): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Returns a text that is equal only for equal JSON values (2020-12, 4.2.2: numbers by value, objects without order). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'bigint') return String(value);
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const members = memberNames(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}
