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

/** The first example or default of the schemas of a value, unless its type is wrong. */
export function exampleOf(objects: readonly SchemaObject[], parts: Parts, making: Making): Found | undefined {
  const { schemas, tags } = parts;
  const types = typesOf(schemas);
  const isCompound = schemas.some(
    ({ type, properties, allOf }) => type === 'object' || properties !== undefined || allOf !== undefined,
  );
  if (!isCompound) return firstOf(schemas, types);
  // The example of one part of a composition describes only a part of the value.
  const [schema, another] = objects;
  if (!making.wholes || schema === undefined || another !== undefined || tags.size > 0) return undefined;
  const whole = wholeOf(schema, making);
  const found = whole && firstOf([whole], types);
  return found && { value: withoutHidden(found.value, whole, making, 0) };
}

function firstOf(schemas: readonly SchemaObject[], types: ReturnType<typeof typesOf>): Found | undefined {
  for (const { examples, example, default: usual } of schemas) {
    for (const value of [...(Array.isArray(examples) ? examples : []), example, usual]) {
      if (value === undefined || value === null) continue;
      if (types === undefined || hasType(value, types)) return { value };
    }
  }
  return undefined;
}

/** The schema whose example is an example of the whole value: this schema, or the one that it only refers to. */
function wholeOf(schema: SchemaObject, { document }: Making): SchemaObject | undefined {
  const seen = new Set<unknown>();
  let at: Schema | undefined = schema;
  while (isSchemaObject(at) && !seen.has(at)) {
    seen.add(at);
    if (at.example !== undefined || Array.isArray(at.examples) || at.default !== undefined) return at;
    const rules = Object.keys(at).filter((keyword) => !NOTES.has(keyword) && !keyword.startsWith('x-'));
    if (rules.length !== 1) return undefined;
    const parts = listOf(at.allOf);
    at = typeof at.$ref === 'string' ? document.resolve(at.$ref) : parts.length === 1 ? parts[0] : undefined;
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
      const target = isSchemaObject(property) && typeof property.$ref === 'string' ? resolve(property.$ref) : undefined;
      const isHidden = [property, target].some((each) => isSchemaObject(each) && each[keyword] === true);
      return isHidden ? [] : [[name, withoutHidden(own, property, making, depth + 1)]];
    }),
  );
}
