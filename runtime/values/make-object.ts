import { compilePattern } from './compile-pattern.ts';
import { hasType, listedValues } from './contradict.ts';
import { fits } from './make-list.ts';
import { makeText } from './make-text.ts';
import { collectParts, type Parts } from './parts.ts';
import { makeMatching } from './pattern.ts';
import { createRandom } from './random.ts';
import { isSchemaObject, type Make, type Making, type Schema, type SchemaObject } from './types.ts';
import { typesOf } from './value-types.ts';

const MOST = 1000;

/** An object with all required properties, and optional ones within the size limit. */
export function makeObject({ schemas, tags, others }: Parts, making: Making, make: Make, variant: number): object {
  const value: Record<string, unknown> = {};
  const required = requiredOf(schemas, making);
  const set = (name: string): boolean => {
    if (Object.hasOwn(value, name)) return true;
    const own = membersOf(schemas, name);
    if (own.includes(false)) return false;
    const tag = tags.get(name);
    const made = tag === undefined ? make(own, name, making, variant) : taggedValue(tag, own, making);
    Object.defineProperty(value, name, { value: made, enumerable: true, writable: true, configurable: true });
    for (const more of dependents(schemas, name)) set(more);
    return true;
  };
  const most = Math.min(
    MOST,
    ...schemas.flatMap(({ maxProperties }) => (typeof maxProperties === 'number' ? [maxProperties] : [])),
  );
  // Properties are in the order of the document, as people read it. Required properties are generated first.
  const awaited = new Set([...required, ...tags.keys()]);
  for (const name of namesOf(schemas)) {
    if (awaited.delete(name)) set(name);
    else if (making.full && Object.keys(value).length + awaited.size < most && isShown(schemas, name, making))
      set(name);
  }
  for (const name of required) set(name);
  fillUp(schemas, value, most, making, set);
  if (making.exclusive) for (const other of others) spoil(other, schemas, value, making);
  return value;
}

/** The value of a discriminating property: a number or a boolean if its schema allows no text. */
function taggedValue(tag: string, own: readonly Schema[], making: Making): unknown {
  const { schemas } = collectParts(own, making);
  const listed = listedValues(schemas)?.find((value) => String(value) === tag);
  if (listed !== undefined) return listed;
  const types = typesOf(schemas);
  if (!types || types.has('string')) return tag;
  const values = [Number(tag), tag === 'true' ? true : tag === 'false' ? false : undefined];
  return values.find((value) => String(value) === tag && hasType(value, types)) ?? tag;
}

/** Adds a property that one alternative forbids and no other schema mentions. */
function spoil(other: Schema, schemas: readonly SchemaObject[], value: object, making: Making): void {
  const theirs = collectParts([other], { ...making, exclusive: false }).schemas;
  const ours = namesOf(schemas);
  for (const name of namesOf(theirs)) {
    if (ours.has(name) || Object.hasOwn(value, name) || membersOf(schemas, name).length > 0) continue;
    const types = typesOf(collectParts(membersOf(theirs, name), making).schemas);
    if (types === undefined) continue;
    const wrong = [null, false, 'none', {}].find((each) => !hasType(each, types));
    if (wrong === undefined) continue;
    Object.defineProperty(value, name, { value: wrong, enumerable: true, writable: true, configurable: true });
    return;
  }
}

function isShown(schemas: readonly SchemaObject[], name: string, making: Making): boolean {
  const own = membersOf(schemas, name);
  return !isHidden(own, making) && fits(own, making);
}

function namesOf(schemas: readonly SchemaObject[]): ReadonlySet<string> {
  return new Set(schemas.flatMap(({ properties }) => (isSchemaObject(properties) ? Object.keys(properties) : [])));
}

/** All schemas that a property of this name must match. */
function membersOf(schemas: readonly SchemaObject[], name: string): readonly Schema[] {
  const declared = namesOf(schemas);
  return schemas.flatMap(({ properties, patternProperties, additionalProperties, unevaluatedProperties }) => {
    const own: Schema[] = [];
    if (isSchemaObject(properties) && Object.hasOwn(properties, name)) own.push(properties[name] as Schema);
    for (const [pattern, schema] of Object.entries(isSchemaObject(patternProperties) ? patternProperties : {})) {
      if (isMatch(pattern, name)) own.push(schema as Schema);
    }
    if (own.length === 0 && additionalProperties !== undefined) own.push(additionalProperties as Schema);
    if (own.length === 0 && unevaluatedProperties !== undefined && !declared.has(name))
      own.push(unevaluatedProperties as Schema);
    return own;
  });
}

function isMatch(pattern: string, name: string): boolean {
  try {
    return compilePattern(pattern).test(name);
  } catch {
    return false;
  }
}

function requiredOf(schemas: readonly SchemaObject[], making: Making): ReadonlySet<string> {
  const all = schemas.flatMap(({ required }) => (Array.isArray(required) ? (required as string[]) : []));
  return new Set(all.filter((name) => !isHidden(membersOf(schemas, name), making)));
}

/** Whether only the other side sends a property (OpenAPI 3.1.1, section 4.8.24.1). */
function isHidden(schemas: readonly Schema[], { direction, document }: Making): boolean {
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  const says = (schema: Schema | undefined, depth: number): boolean => {
    if (!isSchemaObject(schema) || depth > 8) return false;
    if (schema[keyword] === true) return true;
    if (typeof schema['$ref'] === 'string' && says(document.resolve(schema['$ref']), depth + 1)) return true;
    return Array.isArray(schema['allOf']) && schema['allOf'].some((part: Schema) => says(part, depth + 1));
  };
  return schemas.some((schema) => says(schema, 0));
}

function dependents(schemas: readonly SchemaObject[], name: string): readonly string[] {
  return schemas.flatMap(({ dependentRequired }) => {
    const own =
      isSchemaObject(dependentRequired) && Object.hasOwn(dependentRequired, name) ? dependentRequired[name] : [];
    return Array.isArray(own) ? (own as string[]) : [];
  });
}

/** Adds undeclared properties: as many as the contract requires, and one as a sample. */
function fillUp(
  schemas: readonly SchemaObject[],
  value: object,
  most: number,
  making: Making,
  set: (name: string) => boolean,
): void {
  const least = Math.min(
    MOST,
    Math.max(0, ...schemas.flatMap(({ minProperties }) => (typeof minProperties === 'number' ? [minProperties] : []))),
  );
  const isMap =
    namesOf(schemas).size === 0 &&
    schemas.some(
      ({ additionalProperties, patternProperties }) =>
        isSchemaObject(additionalProperties) || isSchemaObject(patternProperties),
    );
  const count = () => Object.keys(value).length;
  const shown = making.full && isMap && count() === 0 && most > 0 ? 1 : 0;
  const wanted = Math.max(least, shown);
  for (const name of namesOf(schemas)) {
    if (count() >= wanted) break;
    set(name);
  }
  const random = making.random ?? createRandom('');
  for (let at = 0; count() < wanted && at < MOST; at += 1) {
    const name = nameOf(schemas, at, random);
    if (count() >= least && !fits(membersOf(schemas, name), making)) break;
    if (!set(name) && at > 50) break;
  }
}

/** A name that the contract allows for an additional property. */
function nameOf(schemas: readonly SchemaObject[], at: number, random: () => number): string {
  const rules = schemas.flatMap(({ propertyNames }) => (isSchemaObject(propertyNames) ? [propertyNames] : []));
  const listed = rules.find((rule) => Array.isArray(rule['enum']))?.['enum'] as readonly string[] | undefined;
  if (listed) return listed[at % listed.length] ?? '';
  if (rules.length > 0) return at === 0 ? makeText(rules, 'key', random) : makeText(rules, `key${at}`, random);
  const patterns = schemas.flatMap(({ patternProperties }) =>
    isSchemaObject(patternProperties) ? Object.keys(patternProperties) : [],
  );
  const pattern = patterns[at % Math.max(1, patterns.length)];
  const open = schemas.every(({ additionalProperties }) => additionalProperties !== false);
  return (open && at > 0) || pattern === undefined
    ? `key${at + 1}`
    : (makeMatching(pattern, random, 0) ?? `key${at + 1}`);
}
