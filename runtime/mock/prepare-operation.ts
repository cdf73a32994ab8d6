import { exampleValue } from '../contract/index.ts';
import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, type SchemaObject } from '../values/types.ts';
import { createValueMaker, type ValueMaker } from '../values/value-maker.ts';

/** Stands where the document has no example: `runtime/values` makes what is answered there. */
const NO_EXAMPLE = '';

type Members = { readonly [name: string]: unknown };
type Document = { readonly info?: object; readonly paths?: Members };
type Context = { readonly source: ReturnType<typeof createSchemaSource>; readonly make: ValueMaker };

const contexts = new WeakMap<object, Context>();

/**
 * A document of one operation with what Prism needs: the examples and headers of its responses, without references and
 * schemas. Prism would write out shared schemas wherever they are referred to, so that one GET of a large document took
 * half a minute. A header without an example gets one. Undefined: the document has no such operation.
 *
 * @param document bundled and expanded
 * @param path its key under `paths`
 */
export function prepareOperation(document: object, path: string, method: string): object | undefined {
  const known = contexts.get(document);
  const context = known ?? { source: createSchemaSource(document), make: createValueMaker(document) };
  if (!known) contexts.set(document, context);
  const { info, paths } = document as Document;
  const operation = operationOf(paths?.[path], method);
  if (!isSchemaObject(operation?.responses)) return undefined;
  const responses = mapMembers(operation.responses, (response) => prepareResponse(follow(response, context), context));
  // Prism may not know the version of the document, or the method.
  return { openapi: '3.1.0', info, paths: { '/': { get: { responses } } } };
}

/** In OpenAPI 3.2 a path item also has `query`, and any method under `additionalOperations`. */
function operationOf(item: unknown, method: string): SchemaObject | undefined {
  if (!isSchemaObject(item)) return undefined;
  const { additionalOperations: others } = item;
  const found = item[method.toLowerCase()] ?? (isSchemaObject(others) ? others[method] : undefined);
  return isSchemaObject(found) ? found : undefined;
}

const mapMembers = (members: unknown, map: (member: SchemaObject) => unknown): Members =>
  Object.fromEntries(
    Object.entries(isSchemaObject(members) ? members : {}).flatMap(([name, member]) =>
      isSchemaObject(member) ? [[name, map(member)]] : [],
    ),
  );

function prepareResponse({ description = '', headers, content }: SchemaObject, context: Context): object {
  return {
    description,
    headers: mapMembers(headers, (header) => prepareHeader(follow(header, context), context)),
    content: Object.fromEntries(
      Object.entries(isSchemaObject(content) ? content : {}).map(([mediaType, media]) => {
        const { example, examples } = isSchemaObject(media) ? follow(media, context) : {};
        const shown = examplesOf(examples, mediaType, context);
        return [mediaType, { examples: shown ?? named(example === undefined ? NO_EXAMPLE : example) }];
      }),
    ),
  };
}

/** Prism follows references in `example`, and not in these. A `$ref` inside the value of an example is data. */
const named = (value: unknown): object => ({ default: { value } });

function examplesOf(examples: unknown, mediaType: string, context: Context): object | undefined {
  const values = mapMembers(examples, (given) => {
    const written = follow(given, context);
    const value = exampleValue(written, mediaType);
    const { externalValue } = written;
    if (value !== undefined) return { value };
    return externalValue === undefined ? { value: NO_EXAMPLE } : { externalValue };
  });
  return Object.keys(values).length === 0 ? undefined : values;
}

function prepareHeader(header: SchemaObject, context: Context): object {
  const { explode, content, example, examples, schema } = header;
  const [[mediaType, media] = []] = Object.entries(isSchemaObject(content) ? content : {});
  if (mediaType !== undefined && isSchemaObject(media))
    return { content: { [mediaType]: { examples: named(shownOrMade(follow(media, context), mediaType, context)) } } };
  return { explode, schema: {}, examples: named(shownOrMade({ example, examples, schema }, undefined, context)) };
}

/** The first example that is written, or one that is made from the schema. */
function shownOrMade(given: SchemaObject, mediaType: string | undefined, context: Context): unknown {
  const { example, examples, schema = {} } = given;
  const [first] = Object.values(isSchemaObject(examples) ? examples : {});
  const shown = isSchemaObject(first) ? exampleValue(follow(first, context), mediaType) : example;
  if (shown !== undefined) return shown;
  return isSchemaObject(schema) ? context.make({ schema, direction: 'response' }).value : 'value';
}

function follow(node: SchemaObject, { source }: Context): SchemaObject {
  let found = node;
  for (let hops = 0; hops < 32 && typeof found.$ref === 'string'; hops += 1) {
    const target = source.resolve(found.$ref);
    found = isSchemaObject(target) ? target : {};
  }
  return found;
}
