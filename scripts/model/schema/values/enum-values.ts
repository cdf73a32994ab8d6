import type { SchemaObject } from '../keywords.ts';

/** The values of `enum` that the `type` beside it allows. */
export function possibleValues({ type, enum: values }: SchemaObject): readonly unknown[] {
  const listed: readonly unknown[] = Array.isArray(values) ? values : [];
  const types: readonly unknown[] = Array.isArray(type) ? type : type === undefined ? [] : [type];
  return types.length === 0 ? listed : listed.filter((value) => types.some((each) => isOf(each, value)));
}

function isOf(type: unknown, value: unknown): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return type === typeof value;
}
