import type { JsonSchema } from '../../types.ts';
import { INHERITED_NAMES, isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';
import type { ObjectShape, Property, Shape, ShapeContext } from './shape.ts';

const PLAIN = new Set(['properties', 'required', 'additionalProperties']);
/** Keywords that zod lacks, and that no TypeScript type shows. */
const BESIDE = new Set(['minProperties', 'maxProperties', 'dependentRequired', 'dependentSchemas', 'propertyNames']);
const BESIDE_ANY = new Set(['not', 'if']);

/** The shape of `type: object`. `keywords` are the relevant ones. */
export function objectShape(schema: SchemaObject, keywords: ReadonlySet<string>, context: ShapeContext): Shape {
  const beside = [...keywords].filter((keyword) => BESIDE.has(keyword) || BESIDE_ANY.has(keyword));
  if ([...keywords].some((keyword) => !PLAIN.has(keyword) && !beside.includes(keyword))) return { kind: 'general' };
  if (isSchemaObject(schema.additionalProperties) && keywords.has('additionalProperties')) return { kind: 'general' };
  const shape = plainObject(schema, schema.additionalProperties === false, context);
  if (shape === undefined) return { kind: 'general' };
  if (beside.length === 0) return shape;
  // Such a keyword may fill in or omit properties, and zod's own output would lose these changes.
  if (context.transforms(schema) || shape.dropped.length > 0 || dependsOnProto(schema)) return { kind: 'general' };
  return { ...shape, also: keep(schema, beside) };
}

/** Whether the schema declares a property called `__proto__`. Zod's objects do not copy it, so it would get lost. */
function dependsOnProto({ dependentRequired, dependentSchemas }: SchemaObject): boolean {
  return [dependentRequired, dependentSchemas].some(
    (names) => isSchemaObject(names) && Object.hasOwn(names, '__proto__'),
  );
}

/** `properties` and `required` as an object of zod; undefined if zod would look up a name wrongly. */
export function plainObject(schema: SchemaObject, closed: boolean, context: ShapeContext): ObjectShape | undefined {
  const named = isSchemaObject(schema.properties) ? schema.properties : {};
  const required: ReadonlySet<unknown> = new Set(Array.isArray(schema.required) ? schema.required : []);
  for (const name of required) if (INHERITED_NAMES.has(name as string)) return undefined;
  const properties: Property[] = [];
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(named)) {
    if (INHERITED_NAMES.has(name)) return undefined;
    if (!isSchema(value)) continue;
    if (context.isDropped(value)) dropped.push(name);
    else properties.push(property(name, value, required.has(name), context));
  }
  const mustHave = [...required].filter(
    (name): name is string => typeof name === 'string' && !Object.hasOwn(named, name),
  );
  return { kind: 'object', properties, closed, open: isOpen(schema), mustHave, dropped };
}

const isOpen = ({ additionalProperties, unevaluatedProperties }: SchemaObject): boolean =>
  [additionalProperties, unevaluatedProperties].some(
    (value) => value === true || (isSchemaObject(value) && Object.keys(value).length === 0),
  );

function property(name: string, schema: JsonSchema, required: boolean, context: ShapeContext): Property {
  // A missing required property is an error, so its default has no effect.
  const fallback = required ? undefined : context.fallback(schema);
  return fallback === undefined ? { name, schema, required } : { name, schema, required, fallback };
}

/** The keywords of `schema` that `names` lists (`if` stands for its three). */
export function keep(schema: SchemaObject, names: readonly string[]): SchemaObject {
  const all = names.includes('if') ? [...names, 'then', 'else'] : names;
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => all.includes(keyword)));
}
