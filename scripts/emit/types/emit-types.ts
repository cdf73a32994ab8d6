import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import { astToString } from 'openapi-typescript/dist/lib/ts.js';
import { resolveRef } from 'openapi-typescript/dist/lib/utils.js';
import transformSchema from 'openapi-typescript/dist/transform/index.js';
import type ts from 'typescript';
import type { ApiData, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { copyDocument, WHOLE_QUERY } from './document-copy.ts';
import { createOperationsInterface } from './operations-interface.ts';
import { placeTypes } from './placed-types.ts';
import { addVariants } from './variants.ts';
import { outdentComments } from './words.ts';

/**
 * `types.ts`: paths, operations and components by openapi-typescript, and the types of schemas by us, so that they
 * match the validators. The document is already linted and bundled, so that openapi-typescript's second pass is
 * skipped.
 */
export function emitTypes(api: ApiData): readonly File[] {
  const types = placeTypes(api);
  const copy = copyDocument(api, types);
  const operations = createOperationsInterface();
  const document = copy.document as unknown as OpenAPI3;
  // Its own type has required properties that may be undefined. Our compiler settings distinguish these from optional
  // ones.
  const context = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    // A caller may omit a parameter with a default.
    defaultNonNullable: false,
    // Every schema is replaced by a reference to it.
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    conditionalEnums: false,
    dedupeEnums: false,
    excludeDeprecated: false,
    exportType: false,
    immutable: false,
    rootTypes: false,
    rootTypesNoSchemaPrefix: false,
    rootTypesKeepCasing: false,
    injectFooter: api.operations.length > 0 ? [operations.node] : [],
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    redoc: undefined as never,
    silent: true,
    inject: undefined,
    transform: undefined,
    transformProperty: undefined,
    makePathsEnum: false,
    generatePathParams: false,
    readWriteMarkers: false,
    resolve: <T>($ref: string) => resolveRef<T>(document, $ref, { silent: true }),
  } as unknown as GlobalContext;
  const transformed = transformSchema(document, context);
  operations.close();
  const nodes: readonly ts.Node[] = transformed.map((node) => addVariants(node, types, copy.nameOf));
  const printed = outdentComments(astToString([...nodes])).replace(WHOLE, 'query$2: $3;');
  const text = restore(printed, (at, type, name) =>
    type === undefined ? copy.textOf(Number(name)) : types.textOf(Number(type), at),
  );
  return [{ path: 'src/types.ts', text: `${banner(api)}\n${text}${types.aliases()}`, formatted: true }];
}

/** A query whose only property is the whole query, with its comment. */
const WHOLE = new RegExp(
  `query(\\??): \\{\\s*(?:/\\*\\*(?:[^*]|\\*(?!/))*\\*/\\s*)?"?${WHOLE_QUERY}"?(\\??): ([^;\\n]+);\\s*\\};`,
  'g',
);

const MARKED = /components\["schemas"\]\["countersign-type-(\d+)"\]|"countersign-text-(\d+)"/g;

/** Replaces all placeholders in one pass, so that replaced text is not searched again. */
function restore(text: string, textOf: (at: number, type: string | undefined, name: string) => string): string {
  const lines = text.split('\n').map((line) => {
    const at = line.length - line.trimStart().length;
    return line.replace(MARKED, (_, type: string | undefined, name: string) => textOf(at, type, name));
  });
  return lines.join('\n');
}
