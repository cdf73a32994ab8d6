import { contradict, listedProperty } from './contradict.ts';
import { isSchemaObject, listOf, type Making, type Schema, type SchemaObject } from './types.ts';

/** All schemas that apply to one value. */
export type Parts = {
  readonly schemas: readonly SchemaObject[];
  /** Values of discriminating properties, as texts, by name. */
  readonly tags: ReadonlyMap<string, string>;
  /** Alternatives of `oneOf` that the value must not match. */
  readonly others: readonly Schema[];
};

type Found = {
  readonly schemas: SchemaObject[];
  readonly seen: Set<unknown>;
  readonly tags: Map<string, string>;
  readonly others: Schema[];
  /** Maximum number of schemas to visit, because nested alternatives multiply. */
  readonly left: { steps: number };
};

const MOST_STEPS = 5000;

/**
 * Collects the schemas that apply together: each schema, its reference, the parts of its `allOf`, and one alternative
 * of each `oneOf` and `anyOf` that agrees with the rest.
 */
export function collectParts(schemas: readonly Schema[], making: Making): Parts {
  const found: Found = { schemas: [], seen: new Set(), tags: new Map(), others: [], left: { steps: MOST_STEPS } };
  for (const schema of schemas) visit(schema, {}, found, making);
  return found;
}

/** How a schema was reached: the last reference, and the reference of the schema whose `allOf` led here. */
type Way = { readonly ref?: string | undefined; readonly child?: string | undefined };

function visit(schema: Schema | undefined, way: Way, found: Found, making: Making): void {
  if (!isSchemaObject(schema) || found.seen.has(schema)) return;
  found.left.steps -= 1;
  found.seen.add(schema);
  found.schemas.push(schema);
  const { ref, child } = way;
  if (typeof schema['$ref'] === 'string')
    visit(making.document.resolve(schema['$ref']), { ref: schema['$ref'], child }, found, making);
  for (const part of listOf(schema['allOf'])) visit(part, { child: child ?? ref }, found, making);
  if (schema['if'] !== undefined) visitCondition(schema, found, making);
  const tag = tagOf(schema);
  const alternatives = [...listOf(schema['oneOf']), ...(schema['oneOf'] ? [] : listOf(schema['anyOf']))];
  const isBase = alternatives.length === 0 || alternatives.some((each) => found.seen.has(targetOf(each, making)));
  if (tag !== undefined && child !== undefined && isBase) {
    // The schema was reached from a schema that extends it. The value is one of the extending schema, so the
    // alternatives of this schema do not apply.
    if (!found.tags.has(tag)) found.tags.set(tag, keyOf(schema, child));
    return;
  }
  if (alternatives.length > 0) choose(schema, alternatives, found, making);
  else if (tag !== undefined) chooseChild(schema, tag, found, making);
  if (schema['oneOf'] && schema['anyOf']) choose(schema, listOf(schema['anyOf']), found, making);
}

function visitCondition(schema: SchemaObject, found: Found, making: Making): void {
  if (making.condition === 'else') {
    visit(schema['else'] as Schema, {}, found, making);
    return;
  }
  visit(schema['if'] as Schema, {}, found, making);
  visit(schema['then'] as Schema, {}, found, making);
}

/** Takes the first alternative that agrees with the rest. The generator decides the order. */
function choose(schema: SchemaObject, alternatives: readonly Schema[], found: Found, making: Making): void {
  const ordered = order(alternatives, making);
  let taken: Found | undefined;
  for (const alternative of ordered) {
    if (taken && found.left.steps <= 0) break;
    const trial: Found = {
      schemas: [...found.schemas],
      seen: new Set(found.seen),
      tags: new Map(found.tags),
      others: [...found.others],
      left: found.left,
    };
    // An independent schema: it is not a descendant of the schema that led to the choice.
    visit(alternative, {}, trial, making);
    const tag = tagOf(schema);
    const ref = isSchemaObject(alternative) ? alternative['$ref'] : undefined;
    if (tag !== undefined && typeof ref === 'string' && !found.tags.has(tag)) setTag(schema, tag, ref, trial);
    if (schema['oneOf']) trial.others.push(...alternatives.filter((each) => each !== alternative));
    taken ??= trial;
    if (contradict(trial.schemas, trial.tags)) continue;
    taken = trial;
    break;
  }
  if (!taken) return;
  found.schemas.splice(0, found.schemas.length, ...taken.schemas);
  found.others.splice(0, found.others.length, ...taken.others);
  for (const each of taken.seen) found.seen.add(each);
  for (const [name, value] of taken.tags) found.tags.set(name, value);
}

/**
 * Sets the value of the discriminator. Without a mapping, it is the name of the schema. Many documents declare a
 * different value in the alternative itself, and the contract then accepts only that one.
 */
function setTag(schema: SchemaObject, tag: string, ref: string, { schemas, tags }: Found): void {
  const key = keyOf(schema, ref);
  const listed = listedProperty(schemas, tag);
  if (listed === undefined || listed.includes(key)) tags.set(tag, key);
  else tags.set(tag, String(listed.find((value) => String(value) === key) ?? listed[0] ?? key));
}

const targetOf = (schema: Schema, { document }: Making): Schema | undefined =>
  isSchemaObject(schema) && typeof schema['$ref'] === 'string' ? document.resolve(schema['$ref']) : undefined;

/** Chooses an extending schema for a base schema: its value is one of those that extend it, if any do. */
function chooseChild(schema: SchemaObject, tag: string, found: Found, making: Making): void {
  if (found.tags.has(tag)) return;
  const { mapping } = schema['discriminator'] as SchemaObject;
  const mapped = isSchemaObject(mapping) ? Object.values(mapping).filter((ref) => typeof ref === 'string') : [];
  const refs = [...new Set([...mapped.map(toRef), ...making.document.childrenOf(schema)])];
  const [child] = order(
    refs.map((ref): Schema => ({ $ref: ref })),
    making,
  );
  if (child === undefined) return;
  const ref = (child as SchemaObject)['$ref'] as string;
  found.tags.set(tag, keyOf(schema, ref));
  visit(child, {}, found, making);
}

/** Sorts alternatives. Those that lead back to a schema in progress come last, and so does `null`. */
function order(alternatives: readonly Schema[], { random, path, document }: Making): readonly Schema[] {
  const rank = (schema: Schema): number => {
    if (!isSchemaObject(schema)) return schema ? 0 : 3;
    if (schema['type'] === 'null' || schema['const'] === null) return 1;
    const target = typeof schema['$ref'] === 'string' ? document.resolve(schema['$ref']) : schema;
    return path.has(target) ? 2 : 0;
  };
  const mixed = random ? alternatives.map((each) => [random(), each] as const).sort(([a], [b]) => a - b) : undefined;
  const list = mixed ? mixed.map(([, each]) => each) : [...alternatives];
  return list.sort((a, b) => rank(a) - rank(b));
}

function tagOf({ discriminator }: SchemaObject): string | undefined {
  const name = isSchemaObject(discriminator) ? discriminator['propertyName'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The discriminator value of a schema: its key in the mapping, or its name (OpenAPI 3.1.1, section 4.8.25). */
function keyOf({ discriminator }: SchemaObject, ref: string): string {
  const { mapping } = discriminator as SchemaObject;
  const entry = isSchemaObject(mapping)
    ? Object.entries(mapping).find(([, target]) => typeof target === 'string' && toRef(target) === ref)
    : undefined;
  const last = ref.slice(ref.lastIndexOf('/') + 1);
  return entry ? entry[0] : decodeURIComponent(last).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Converts an entry of a mapping, which is the name of a schema or a reference, to a reference. */
const toRef = (target: string): string => (target.includes('/') ? target : `#/components/schemas/${target}`);
