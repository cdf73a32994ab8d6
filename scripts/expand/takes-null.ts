import type { JsonDocument } from './step.ts';

type Schema = { readonly [keyword: string]: unknown };

/** References and compositions that are followed. */
const DEEPEST = 16;

/** Whether an OpenAPI 3.0 schema accepts null, according to its types and values. */
export function takesNull(value: unknown, document: JsonDocument, depth = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null || depth === 0) return false;
  const { $ref, type, enum: values, nullable, oneOf, anyOf, allOf } = value as Schema;
  const inner = (each: unknown) => takesNull(each, document, depth - 1);
  if (typeof $ref === 'string') return inner(targetOf($ref, document));
  if (type === 'null') return true;
  if (type !== undefined && nullable !== true) return Array.isArray(type) && type.includes('null');
  if (Array.isArray(values)) return values.includes(null) || nullable === true;
  if (nullable === true) return true;
  if (Array.isArray(oneOf)) return oneOf.some(inner);
  if (Array.isArray(anyOf)) return anyOf.some(inner);
  return Array.isArray(allOf) && allOf.length > 0 && allOf.every(inner);
}

/** The value at a reference within the document. Undefined if there is none. */
export function targetOf(ref: string, document: JsonDocument): unknown {
  let found: unknown = document;
  for (const token of ref.replace(/^#\/?/, '').split('/')) {
    const name = decode(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Schema)[name];
  }
  return found;
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
