import { pick } from './by-format.ts';
import { listedValues } from './contradict.ts';
import { exampleOf } from './example-of.ts';
import { makeList } from './make-list.ts';
import { makeNumber } from './make-number.ts';
import { makeObject } from './make-object.ts';
import { makeText } from './make-text.ts';
import { collectParts, type Parts } from './parts.ts';
import { createRandom } from './random.ts';
import { isSchemaObject, type Make, type Making, type SchemaObject } from './types.ts';
import { chooseType } from './value-types.ts';

/** Nesting depth from which only required properties are generated. */
const DEEPEST = 30;
/** Maximum nesting depth. A schema that requires itself has no finite value. */
const DEEPEST_REQUIRED = 600;
/** How often a schema is generated inside itself because it requires itself. */
const MOST_REPEATED = 12;
/** Maximum number of variants of one schema. With more, the same schema would be generated without end. */
const VARIANTS = 3;

/** Generates a value that is valid by all of these schemas. */
export const makeValue: Make = (schemas, name, making, variant) => {
  const objects = schemas.filter(isSchemaObject);
  if (objects.length === 0) return textOf(name, making);
  const { document, made, random } = making;
  const drawn = random ? Math.floor(random() * VARIANTS) : 0;
  const key = `${objects.map(document.idOf).join()} ${name} ${variant} ${drawn}`;
  const known = made.get(key);
  if (known) {
    making.budget -= known.nodes;
    return known.value;
  }
  const before = making.budget;
  making.budget -= 1;
  const value =
    making.path.size > DEEPEST_REQUIRED || making.nesting.depth > MOST_REPEATED
      ? null
      : makeNew(objects, name, making, variant);
  made.set(key, { value, nodes: before - making.budget });
  return value;
};

function makeNew(objects: readonly SchemaObject[], name: string, making: Making, variant: number): unknown {
  const parts = collectParts(objects, making);
  const entered = parts.schemas.filter((schema) => !making.path.has(schema));
  for (const schema of entered) making.path.add(schema);
  const repeated = entered.length === 0 ? 1 : 0;
  making.nesting.depth += repeated;
  const value = makeOfParts(objects, parts, name, making, variant);
  making.nesting.depth -= repeated;
  for (const schema of entered) making.path.delete(schema);
  return value;
}

function makeOfParts(
  objects: readonly SchemaObject[],
  parts: Parts,
  name: string,
  making: Making,
  variant: number,
): unknown {
  const { schemas } = parts;
  const listed = listedValues(schemas);
  if (making.examples && variant === 0) {
    const example = exampleOf(objects, parts, making, listed);
    if (example) return example.value;
  }
  if (listed && listed.length > 0) return chooseListed(listed, making, variant);
  const seed = `${making.random?.() ?? ''}/${name}/${variant}`;
  const random = createRandom(seed);
  const inner: Making = making.path.size > DEEPEST && making.full ? { ...making, full: false } : making;
  const value = makeOfType(parts, name, inner, random, variant);
  making.budget = inner.budget;
  return value;
}

function makeOfType(parts: Parts, name: string, making: Making, random: () => number, variant: number): unknown {
  const { schemas } = parts;
  switch (chooseType(schemas)) {
    case 'object':
      return makeObject(parts, making, makeValue, variant);
    case 'array':
      return makeList(schemas, singular(name), making, makeValue);
    case 'string':
      return makeText(schemas, name, random);
    case 'integer':
      return makeNumber(schemas, name, random, making.random !== undefined || variant > 0, true);
    case 'number':
      return makeNumber(schemas, name, random, making.random !== undefined || variant > 0, false);
    case 'boolean':
      return making.random ? random() < 0.5 : variant % 2 === 0;
    case 'null':
      return null;
    case undefined:
      return parts.tags.size > 0 ? makeObject(parts, making, makeValue, variant) : textOf(name, making);
  }
}

/** The value of a property without a schema. */
const textOf = (name: string, making: Making): unknown => makeText([], name, making.random ?? createRandom(name));

function chooseListed(listed: readonly unknown[], { random }: Making, variant: number): unknown {
  const filled = listed.filter((value) => value !== null);
  const list = filled.length > 0 ? filled : listed;
  return variant > 0 || !random ? list[variant % list.length] : pick(list, random);
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '');
