import { inside, isJson, type Json, listed } from '../json.ts';

/** The schemas of a document for requests or for responses: without properties of the other direction. */
export function inDirection(document: Json, hidden: 'readOnly' | 'writeOnly'): Json {
  const schemas = inside(document, 'components', 'schemas');
  const hides = (schema: unknown, seen: readonly string[] = []): boolean => {
    if (!isJson(schema)) return false;
    if (schema[hidden] === true) return true;
    if (listed(schema.allOf).some((part) => hides(part, seen))) return true;
    const name = typeof schema.$ref === 'string' ? (schema.$ref.split('/').pop() ?? '') : '';
    return name !== '' && !seen.includes(name) && hides(schemas[name], [...seen, name]);
  };
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isJson(value)) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, visit(each)]));
    if (!isJson(value.properties)) return copy;
    const gone = Object.entries(value.properties).flatMap(([name, each]) => (hides(each) ? [name] : []));
    const kept = Object.entries(inside(copy, 'properties')).filter(([name]) => !gone.includes(name));
    return {
      ...copy,
      properties: Object.fromEntries(kept),
      ...(copy.required !== undefined && {
        required: listed(copy.required).filter((name) => !gone.includes(String(name))),
      }),
    };
  };
  return visit(document) as Json;
}
