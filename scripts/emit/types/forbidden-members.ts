import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { type Member, NEVER, NULL, type TypeExpression, UNKNOWN, union } from './expression.ts';
import type { objectness } from './required-members.ts';
import type { Around, TypeScope } from './type-scope.ts';

/**
 * The properties that a closed part of a schema rejects although other parts name them, as `name?: never`. Otherwise,
 * TypeScript would accept them. A required property keeps its type: no value is valid then, and a client that only
 * warns still reads it.
 */
export function forbiddenMembers(
  schema: SchemaObject,
  { properties, required, dropped, isObject }: Around,
  kind: ReturnType<typeof objectness>,
  scope: TypeScope,
): TypeExpression {
  if (!isObject && kind === 'unknown') return UNKNOWN;
  const closed = scope.partsOf(schema).flatMap((part) => namesTakenBy(part, scope) ?? []);
  if (closed.length === 0) return UNKNOWN;
  const forbidden = Object.keys(properties).filter(
    (name) => !required.has(name) && !dropped.has(name) && !closed.every((takes) => takes(name)),
  );
  if (forbidden.length === 0) return UNKNOWN;
  const members = forbidden.map((name): Member => ({ name, type: NEVER, optional: true, readonly: false, about: {} }));
  const object: TypeExpression = { kind: 'object', members, index: [] };
  return isObject || kind === 'object' ? object : union([object, NULL]);
}

/** Whether a closed object accepts a name; undefined for one that is open. */
function namesTakenBy(part: SchemaObject, scope: TypeScope): ((name: string) => boolean) | undefined {
  if (part.additionalProperties === false) return takerOf([part]);
  if (part.additionalProperties !== undefined || part.unevaluatedProperties !== false) return undefined;
  const evaluated = evaluatedIn(part, scope);
  return evaluated && takerOf(evaluated);
}

function takerOf(schemas: readonly SchemaObject[]): (name: string) => boolean {
  const listed = new Set(
    schemas.flatMap(({ properties }) => Object.keys(isSchemaObject(properties) ? properties : {})),
  );
  const patterns = schemas.flatMap(({ patternProperties }) =>
    Object.keys(isSchemaObject(patternProperties) ? patternProperties : {}),
  );
  return (name) => listed.has(name) || patterns.some((pattern) => matches(pattern, name));
}

/** A pattern that JavaScript cannot read is not enforced. */
function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return true;
  }
}

/** Keywords that list names only for some values. */
const DECIDED_LATER = ['anyOf', 'oneOf', 'if', 'dependentSchemas', '$dynamicRef'];

/** The schemas whose names `unevaluatedProperties` does not apply to; undefined if the value decides. */
function evaluatedIn(part: SchemaObject, scope: TypeScope): readonly SchemaObject[] | undefined {
  const all = scope.partsOf(part);
  const isOpen = all.some(
    (each) =>
      DECIDED_LATER.some((keyword) => keyword in each) ||
      (each.additionalProperties !== undefined && each.additionalProperties !== false),
  );
  return isOpen ? undefined : all;
}
