import { defineMember } from '../common/document/copy-tree.ts';
import { isObject } from '../common/document/pointer.ts';

type Schema = { readonly [keyword: string]: unknown };
/** How to follow schemas, and how to derive new ones from them. */
export type SchemaContext = {
  readonly resolve: (value: unknown) => Schema;
  readonly derive: <T extends object>(made: T, original: object) => T;
};

/** A schema that does not require a property, by the tokens of its JSON Pointer; the same schema if it never did. */
export function withoutRequired(schema: unknown, pointer: readonly string[], context: SchemaContext): unknown {
  const { resolve, derive } = context;
  // By schema and depth: schemas may be recursive.
  const known = pointer.map(() => new Map<unknown, unknown>());

  const visit = (value: unknown, depth: number): unknown => {
    if (!isObject(value)) return value;
    const seen = known[depth];
    if (seen?.has(value)) return seen.get(value);
    seen?.set(value, value);
    const made = change(value, depth);
    seen?.set(value, made);
    return made;
  };

  const change = (written: Schema, depth: number): unknown => {
    const token = pointer[depth];
    if (token === undefined) return written;
    const { $ref, ...beside } = written;
    if ($ref !== undefined && Object.keys(beside).length === 0) {
      const target = resolve(written);
      const made = visit(target, depth);
      return made === target ? written : made;
    }
    const original: Schema =
      $ref === undefined
        ? written
        : { ...beside, allOf: [{ $ref }, ...(Array.isArray(beside.allOf) ? beside.allOf : [])] };
    const result: { [keyword: string]: unknown } = { ...original };
    for (const word of ['allOf', 'oneOf', 'anyOf'] as const) {
      const parts = original[word];
      // The mapping of a discriminator names its schemas: they stay in place.
      if (!Array.isArray(parts) || (word !== 'allOf' && original.discriminator !== undefined)) continue;
      const changed = parts.map((part) => visit(part, depth));
      if (changed.some((part, index) => part !== parts[index])) result[word] = derive(changed, parts);
    }
    const isLast = depth === pointer.length - 1;
    const properties = isObject(original.properties) ? original.properties : {};
    const inner = Object.hasOwn(properties, token) ? properties[token] : undefined;
    const changedInner = isLast ? inner : visit(inner, depth + 1);
    if (changedInner !== inner) {
      const copy = { ...properties };
      defineMember(copy, token, changedInner);
      result.properties = derive(copy, properties);
    }
    // An object without other required properties is created together with its property.
    const isAsked = !isLast && asks(resolve(changedInner));
    if (!isAsked && Array.isArray(original.required) && original.required.includes(token)) {
      const left = original.required.filter((name) => name !== token);
      if (left.length > 0) result.required = derive(left, original.required);
      else delete result.required;
    }
    const isSame = Object.keys(original).every((word) => result[word] === original[word]);
    return isSame ? written : derive(result, written);
  };

  return visit(schema, 0);
}

const asks = ({ required }: Schema): boolean => Array.isArray(required) && required.length > 0;
