import { exampleValue } from '../contract/index.ts';
import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, type SchemaObject } from '../values/types.ts';
import { createValueMaker, type ValueMaker } from '../values/value-maker.ts';
import { hasUnportable, MARKED_REF, toPortableMembers } from './portable-names.ts';

/** Stands where the document has no example: what is answered there is made by `runtime/values`. */
const NO_EXAMPLE = '';

/**
 * What Prism needs of a document to give its examples and headers: each operation with its responses, and no schema.
 * Prism writes out shared schemas wherever they are referred to, so that one GET of a large document took half a minute.
 * Headers get an example where they have none. Names are such as Prism can carry.
 */
export function prepareDocument(document: object): object {
  const context: Context = { source: createSchemaSource(document), make: createValueMaker(document) };
  const { info, paths = {}, components = {} } = document as Document;
  const prepared = {
    // It has no field of a later version.
    openapi: '3.1.0',
    info,
    paths: preparePaths(paths, context),
    components: { examples: components.examples ?? {} },
  };
  const text = JSON.stringify(prepared);
  const isUnportable = hasUnportable(text);
  return JSON.parse(text, (_, given: unknown) => {
    if (!isSchemaObject(given)) return given;
    return withoutFiles(isUnportable ? toPortableMembers(given) : given);
  }) as object;
}

type Context = { readonly source: ReturnType<typeof createSchemaSource>; readonly make: ValueMaker };
type Members = { readonly [name: string]: unknown };
type Document = {
  readonly info: object;
  readonly paths?: Members;
  readonly components?: Members;
};

const mapMembers = (members: unknown, map: (member: SchemaObject) => unknown): Members =>
  Object.fromEntries(
    Object.entries(isSchemaObject(members) ? members : {}).flatMap(([name, member]) => {
      const mapped = isSchemaObject(member) ? map(member) : undefined;
      return mapped === undefined ? [] : [[name, mapped]];
    }),
  );

/** Prism knows the methods of OpenAPI 3.1: an operation of any other is a `post` of a path of its own. */
const PRISM_METHODS: ReadonlySet<string> = new Set([
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PATCH',
  'TRACE',
]);

/** The method and path of an operation in the document for Prism. */
export const prismKey = (method: string, path: string): readonly [method: string, path: string] =>
  PRISM_METHODS.has(method) ? [method.toLowerCase(), path] : ['post', `${path} ${method}`];

function preparePaths(paths: Members, context: Context): Members {
  const prepared: { [path: string]: { [method: string]: unknown } } = {};
  for (const [path, item] of Object.entries(paths)) {
    if (!isSchemaObject(item)) continue;
    const { query, additionalOperations, ...known } = item;
    const others = {
      ...(isSchemaObject(additionalOperations) ? additionalOperations : {}),
      ...(isSchemaObject(query) && { QUERY: query }),
    };
    const all = [
      ...Object.entries(known).map(([method, operation]) => [method.toUpperCase(), operation] as const),
      ...Object.entries(others),
    ];
    for (const [method, operation] of all) {
      const made = isSchemaObject(operation) ? prepareOperation(operation, context) : undefined;
      if (made === undefined) continue;
      const [key, at] = prismKey(method, path);
      prepared[at] = { ...prepared[at], [key]: made };
    }
  }
  return prepared;
}

function prepareOperation(operation: SchemaObject, context: Context): object | undefined {
  // Beside its operations a path item has parameters, servers and texts.
  if (!isSchemaObject(operation.responses)) return undefined;
  const { operationId, responses } = operation;
  return {
    ...(operationId !== undefined && { operationId }),
    responses: mapMembers(responses, (response) => prepareResponse(follow(response, context), context)),
  };
}

function prepareResponse({ description = '', headers, content }: SchemaObject, context: Context): object {
  return {
    description,
    ...(headers !== undefined && {
      headers: mapMembers(headers, (header) => prepareHeader(follow(header, context), context)),
    }),
    ...(content !== undefined && {
      content: Object.fromEntries(
        Object.entries(isSchemaObject(content) ? content : {}).map(([mediaType, media]) => [
          mediaType,
          prepareMedia(mediaType, isSchemaObject(media) ? media : {}, context),
        ]),
      ),
    }),
  };
}

function prepareMedia(mediaType: string, { example, examples }: SchemaObject, context: Context): object {
  if (!isSchemaObject(examples) || Object.keys(examples).length === 0) return { example: example ?? NO_EXAMPLE };
  return {
    examples: mapMembers(examples, (written) => {
      const { dataValue, serializedValue, ...rest } = follow(written, context);
      if (dataValue === undefined && serializedValue === undefined) return written;
      return { ...rest, value: exampleValue({ ...rest, dataValue, serializedValue }, mediaType) ?? NO_EXAMPLE };
    }),
  };
}

function prepareHeader({ example, examples, schema, content, ...rest }: SchemaObject, { make }: Context): object {
  if (content !== undefined) return { ...rest, content: mapMembers(content, ({ schema: _, ...media }) => media) };
  const shown = isSchemaObject(examples) ? { examples } : { example: example ?? exampleOf(schema, make) };
  // Without one Prism reads no example.
  return { ...rest, schema: {}, ...shown };
}

function exampleOf(schema: unknown, make: ValueMaker): unknown {
  return isSchemaObject(schema) ? make({ schema, direction: 'response' }).value : 'value';
}

function follow(node: SchemaObject, { source }: Context): SchemaObject {
  let found = node;
  for (let hops = 0; hops < 32 && typeof found.$ref === 'string'; hops += 1) {
    const target = source.resolve(found.$ref);
    found = isSchemaObject(target) ? target : {};
  }
  return found;
}

/** In a bundled document a reference to elsewhere is data of an example; followed, it would read files and ask hosts. */
function withoutFiles(members: Members): Members {
  const { $ref, ...rest } = members;
  return typeof $ref !== 'string' || $ref.startsWith('#') ? members : { ...rest, [MARKED_REF]: $ref };
}
