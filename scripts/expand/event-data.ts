import { followRefs, isObject, type JsonObject, ownMember, pointerTokens } from '../common/document/pointer.ts';
import type { JsonDocument, Step, StepContext } from './step.ts';
import { transform } from './transform.ts';

type Schema = JsonObject;
type Context = {
  readonly document: JsonDocument;
  readonly derive: StepContext['derivations']['derive'];
  /** Whether some part of the event requires `data`. */
  readonly isRequired?: boolean;
};

/**
 * Server-sent events whose `data` is JSON by `contentMediaType` get a second schema, `x-cs-content`: that of the event
 * with its data parsed, as clients and handlers see it. The document's own schema stays beside it.
 * @see https://spec.openapis.org/oas/v3.2.0.html#special-considerations-for-server-sent-events
 */
export const eventData: Step = (document, { derivations }) => {
  const context: Context = { document, derive: derivations.derive };
  return transform(
    document,
    ['MediaType'],
    (value, pointer) => {
      if (!/^text\/event-stream\b/i.test(pointerTokens(pointer()).at(-1) ?? '')) return value;
      const item = value.itemSchema ?? itemsOf(value.schema, context);
      if (!isObject(item) || !hasJson(item, context)) return value;
      const isRequired = some(item, context, ({ required }) => Array.isArray(required) && required.includes('data'));
      return derivations.derive({ ...value, 'x-cs-content': withParsed(item, { ...context, isRequired }) }, value);
    },
    derivations,
  );
};

/** A `schema` describes the whole stream, as a list of events. */
function itemsOf(schema: unknown, context: Context): unknown {
  const found = followRefs(schema, context.document);
  return isObject(found) && found.type === 'array' ? found.items : undefined;
}

const dataOf = (schema: Schema): Schema | undefined => {
  const data = isObject(schema.properties) ? ownMember(schema.properties, 'data') : undefined;
  return isObject(data) ? data : undefined;
};

const isJson = (data: Schema | undefined): boolean =>
  typeof data?.contentMediaType === 'string' &&
  data.contentEncoding === undefined &&
  /[/+]json\b/i.test(data.contentMediaType);

const partsOf = (schema: Schema): readonly Schema[] =>
  ['allOf', 'oneOf', 'anyOf', 'then', 'else']
    .flatMap((keyword) => [schema[keyword]].flat())
    .filter((part): part is Schema => isObject(part));

/** Whether some part of an event's schema passes a test. */
function some(schema: Schema, context: Context, test: (part: Schema) => boolean, seen = new Set<unknown>()): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const target = typeof schema.$ref === 'string' ? followRefs(schema, context.document) : undefined;
  const parts = [...partsOf(schema), ...(isObject(target) ? [target] : [])];
  return test(schema) || parts.some((part) => some(part, context, test, seen));
}

const hasJson = (schema: Schema, context: Context): boolean => some(schema, context, (part) => isJson(dataOf(part)));
const saysData = (schema: Schema, context: Context): boolean =>
  some(schema, context, (part) => dataOf(part) !== undefined);

/**
 * The schema of an event with parsed data. Some part declares that the data is JSON, so no other part that applies may
 * require a string.
 */
function withParsed(schema: Schema, context: Context, depth = 0): Schema {
  if (depth > 16) return schema;
  const { derive } = context;
  const { $ref, discriminator, ...written } = schema;
  const target = typeof $ref === 'string' ? followRefs(schema, context.document) : undefined;
  const isCopied = isObject(target) && saysData(target, context);
  const made: { [keyword: string]: unknown } = isCopied
    ? written
    : schema.$ref === undefined
      ? { ...written }
      : { $ref, ...written };
  const data = dataOf(schema);
  if (data) Object.assign(made, withProperty(schema, parsedData(data), context));
  const own = [schema.allOf].flat().filter(isObject);
  const all = [...(isCopied ? [target] : []), ...own];
  if (all.length > 0) made.allOf = all.map((part) => withParsed(part, context, depth + 1));
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const alternatives = [schema[keyword]].flat().filter(isObject);
    if (alternatives.length === 0) continue;
    const isMixed = alternatives.some((each) => hasJson(each, context));
    made[keyword] = alternatives.map((each) =>
      isMixed && !hasJson(each, context) ? asText(each, context) : withParsed(each, context, depth + 1),
    );
  }
  for (const keyword of ['then', 'else'] as const) {
    const part = schema[keyword];
    if (isObject(part)) made[keyword] = withParsed(part, context, depth + 1);
  }
  // The discriminator's mapping refers to the original schemas, but the alternatives here are copies.
  if (discriminator !== undefined && schema.oneOf === made.oneOf && schema.anyOf === made.anyOf)
    made.discriminator = discriminator;
  return derive(made, schema);
}

/** Replaces the property `data` in the schema of an object. If one part requires `data`, all do. */
function withProperty(schema: Schema, data: unknown, { isRequired }: Context): Schema {
  const properties = { ...(isObject(schema.properties) ? schema.properties : {}), data };
  const required = Array.isArray(schema.required) ? (schema.required as readonly unknown[]) : [];
  return { properties, ...(isRequired && { required: [...new Set([...required, 'data'])] }) };
}

/** The schema of the value in `data`. Without JSON, another part describes it. */
function parsedData(data: Schema): unknown {
  if (!isJson(data)) return true;
  const { contentSchema = true, title, description } = data;
  const words = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
  if (Object.keys(words).length === 0 || !isObject(contentSchema)) return contentSchema;
  return { ...words, ...contentSchema };
}

/** An alternative whose data is not JSON has text as its data. */
function asText(schema: Schema, context: Context): Schema {
  const { derive } = context;
  const data = { type: 'string', ...dataOf(schema) };
  if (schema.$ref === undefined) return derive({ ...schema, ...withProperty(schema, data, context) }, schema);
  return derive({ allOf: [schema, { type: 'object', ...withProperty({}, data, context) }] }, schema);
}
