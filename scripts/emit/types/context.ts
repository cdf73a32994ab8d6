import type { GlobalContext } from 'openapi-typescript';
import type ts from 'typescript';

/** The settings of openapi-typescript's transforms, which differ from its defaults where a comment says why. */
export function transformContext(footer: ts.Node[], resolve: (ref: string) => unknown): GlobalContext {
  // Its own type has required properties that may be undefined. Our compiler settings distinguish these from optional
  // ones.
  return {
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
    injectFooter: footer,
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
    resolve,
  } as unknown as GlobalContext;
}
