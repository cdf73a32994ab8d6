import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import { astToString } from 'openapi-typescript/dist/lib/ts.js';
import { resolveRef, scanDiscriminators } from 'openapi-typescript/dist/lib/utils.js';
import transformSchema from 'openapi-typescript/dist/transform/index.js';
import ts from 'typescript';
import { isFile } from '../../model/schema/file.ts';
import type { ApiData, File, JsonSchema } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { discriminatedPart } from './discriminated-part.ts';
import { harmlessCopy } from './harmless-copy.ts';
import { createOperationsInterface } from './operations-interface.ts';
import { aliasRecursiveLists } from './recursive-aliases.ts';

/** `types.ts`, by openapi-typescript. The document is already linted and bundled, so its own second pass is left out. */
export function emitTypes(api: ApiData): readonly File[] {
  const copy = harmlessCopy(api);
  const operations = createOperationsInterface();
  const document = copy.document as unknown as OpenAPI3;
  // Its own type asks for members that must be there yet may be undefined, which our compiler settings tell apart.
  const context = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    // A parameter with a default may be left out by a caller.
    defaultNonNullable: false,
    // What it would leave out of a schema that refers to one with a discriminator is lost: the copy says the values.
    discriminators: { ...scanDiscriminators(discriminatedPart(copy.document) as never, { silent: true }), objects: {} },
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
    // What a File is, too; clients and servers take bytes besides.
    transform: (schema: JsonSchema) => (isFile(schema) ? ts.factory.createTypeReferenceNode('Blob') : undefined),
    transformProperty: undefined,
    makePathsEnum: false,
    generatePathParams: false,
    readWriteMarkers: false,
    resolve: <T>($ref: string) => resolveRef<T>(document, $ref, { silent: true }),
  } as unknown as GlobalContext;
  const transformed = transformSchema(document, context);
  operations.close();
  const nodes = aliasRecursiveLists(transformed, copy.nameOf);
  const text = copy.restore(astToString([...nodes]));
  return [{ path: 'src/types.ts', text: `${banner(api)}\n${text}`, formatted: true }];
}
