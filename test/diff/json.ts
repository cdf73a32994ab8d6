/** A document that is being changed. */
export type Json = { [member: string]: unknown };

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schemas or branches of a list; none if the value is not a list. */
export const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A property whose value is an object. */
export function inside(node: unknown, ...names: readonly string[]): Json {
  const found = names.reduce<unknown>((each, name) => (isJson(each) ? each[name] : undefined), node);
  return isJson(found) ? found : {};
}
