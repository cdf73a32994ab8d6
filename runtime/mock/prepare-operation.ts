import { exampleValue } from '../contract/index.ts';
import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, type SchemaObject } from '../values/types.ts';
import { createValueMaker, type ValueMaker } from '../values/value-maker.ts';

/** Replaces a missing example. `runtime/values` generates the value that is sent instead. */
const NO_EXAMPLE = '';

type Members = { readonly [name: string]: unknown };
type Document = { readonly info?: object; readonly paths?: Members };
type Context = { readonly source: ReturnType<typeof createSchemaSource>; readonly make: ValueMaker };

const contexts = new WeakMap<object, Context>();

/**
 * Creates a document of one operation with the data that Prism needs: the examples and headers of its responses,
 * without references and schemas. Prism would copy shared schemas to every reference, which takes half a minute for one
 * GET of a large document. A header without an example gets one. Undefined if the document does not have the operation.
 *
 * @param document a bundled and expanded document
 * @param path the key of the operation under `paths`
 */
export function prepareOperation(document: object, path: string, method: string): object | undefined {
  const known = contexts.get(document);
  const context = known ?? { source: createSchemaSource(document), make: createValueMaker(document) };
  if (!known) contexts.set(document, context);
  const { info, paths } = document as Document;
  const operation = operationOf(paths?.[path], method);
  if (!isSchemaObject(operation?.['responses'])) return undefined;
  const responses = mapMembers(operation['responses'], (response) =>
    prepareResponse(follow(response, context), context),
  );
  // Prism may not support the version of the document or the method.
  return { openapi: '3.1.0', info, paths: { '/': { get: { responses } } } };
}

/** Finds an operation. In OpenAPI 3.2, a path item may also have `query`, and any method under `additionalOperations`. */
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

/**
 * Moves an example to `examples`, where Prism does not follow references. A `$ref` in the value of an example is data.
 */
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

/** The first written example, or one that is generated from the schema. */
function shownOrMade(given: SchemaObject, mediaType: string | undefined, context: Context): unknown {
  const { example, examples, schema = {} } = given;
  const [first] = Object.values(isSchemaObject(examples) ? examples : {});
  const shown = isSchemaObject(first) ? exampleValue(follow(first, context), mediaType) : example;
  if (shown !== undefined) return shown;
  return isSchemaObject(schema) ? context.make({ schema, direction: 'response' }).value : 'value';
}

function follow(node: SchemaObject, { source }: Context): SchemaObject {
  let found = node;
  for (let hops = 0; hops < 32 && typeof found['$ref'] === 'string'; hops += 1) {
    const target = source.resolve(found['$ref']);
    found = isSchemaObject(target) ? target : {};
  }
  return found;
}
