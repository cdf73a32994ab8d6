import { hasType } from './contradict.ts';
import type { Parts } from './parts.ts';
import { itemsOf, propertiesOf } from './properties.ts';
import { isSchemaObject, listOf, type Making, type Schema, type SchemaObject } from './types.ts';
import { typesOf } from './value-types.ts';

type Found = { readonly value: unknown };

/** Keywords that do not affect which values are valid. */
const NOTES: ReadonlySet<string> = new Set([
  'title',
  'description',
  'summary',
  'deprecated',
  'externalDocs',
  'readOnly',
  'writeOnly',
  '$comment',
  '$id',
  '$schema',
  'xml',
]);

/**
 * The first example or default of the schemas of a value, unless its type is wrong or `const` and `enum` exclude it.
 * @param listed the values that `const` and `enum` allow
 */
export function exampleOf(
  objects: readonly SchemaObject[],
  parts: Parts,
  making: Making,
  listed: readonly unknown[] | undefined,
): Found | undefined {
  const { schemas, tags } = parts;
  const isCompound = schemas.some(
    ({ type, properties, allOf }) => type === 'object' || properties !== undefined || allOf !== undefined,
  );
  if (!isCompound) return firstOf(schemas, listed);
  // The example of one part of a composition describes only a part of the value.
  const [schema, another] = objects;
  if (!making.wholes || schema === undefined || another !== undefined || tags.size > 0) return undefined;
  const whole = wholeOf(schema, making);
  const found = whole && firstOf([whole], listed, typesOf(schemas));
  return found && { value: withoutHidden(found.value, whole, making, 0) };
}

function firstOf(
  schemas: readonly SchemaObject[],
  listed: readonly unknown[] | undefined,
  types = typesOf(schemas),
): Found | undefined {
  const texts = listed && new Set(listed.map((value) => JSON.stringify(value)));
  const isPossible = (value: unknown): boolean =>
    (types === undefined || hasType(value, types)) && (texts === undefined || texts.has(JSON.stringify(value)));
  const examples = schemas.flatMap(({ examples: list, example }) => [...(Array.isArray(list) ? list : []), example]);
  const defaults = schemas.map((schema) => schema['default']);
  // A null default only says that a property may be missing. Other values show more.
  const filled = (value: unknown): boolean => value !== undefined && value !== null && isPossible(value);
  const shown = examples.find(filled);
  if (shown !== undefined) return { value: shown };
  if (examples.includes(null) && (isPossible(null) || schemas.some(hasNull))) return { value: null };
  const usual = defaults.find(filled);
  return usual === undefined ? undefined : { value: usual };
}

/** Whether null is an alternative of a union. */
const hasNull = ({ oneOf, anyOf }: SchemaObject): boolean =>
  [...listOf(oneOf), ...listOf(anyOf)].some(
    (each) => isSchemaObject(each) && (each['type'] === 'null' || each['const'] === null),
  );

/** The schema whose example is an example of the whole value: this schema, or the one that it only refers to. */
function wholeOf(schema: SchemaObject, { document }: Making): SchemaObject | undefined {
  const seen = new Set<unknown>();
  let at: Schema | undefined = schema;
  while (isSchemaObject(at) && !seen.has(at)) {
    seen.add(at);
    if (at['example'] !== undefined || Array.isArray(at['examples']) || at['default'] !== undefined) return at;
    const rules = Object.keys(at).filter((keyword) => !NOTES.has(keyword) && !keyword.startsWith('x-'));
    if (rules.length !== 1) return undefined;
    const parts = listOf(at['allOf']);
    at = typeof at['$ref'] === 'string' ? document.resolve(at['$ref']) : parts.length === 1 ? parts[0] : undefined;
  }
  return undefined;
}

/** Maximum nesting depth at which properties are examined. */
const DEEPEST = 8;

/** An example without the properties that only the other side sends. */
function withoutHidden(value: unknown, schema: Schema | undefined, making: Making, depth: number): unknown {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return value;
  const { resolve } = making.document;
  if (Array.isArray(value)) {
    const items = itemsOf(schema, resolve);
    return value.map((item) => withoutHidden(item, items, making, depth + 1));
  }
  const keyword = making.direction === 'request' ? 'readOnly' : 'writeOnly';
  const known = propertiesOf(schema, resolve);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, own]) => {
      const property = known.get(name);
      const target =
        isSchemaObject(property) && typeof property['$ref'] === 'string' ? resolve(property['$ref']) : undefined;
      const isHidden = [property, target].some((each) => isSchemaObject(each) && each[keyword] === true);
      return isHidden ? [] : [[name, withoutHidden(own, property, making, depth + 1)]];
    }),
  );
}
