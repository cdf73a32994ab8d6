/** A JSON Schema 2020-12, as documents of OpenAPI 3.1 contain it. */
export type Schema = boolean | SchemaObject;
/** A schema that is an object. */
export type SchemaObject = { readonly [keyword: string]: unknown };

/** Returns numbers from 0 to 1. */
export type Random = () => number;

/** The settings of one attempt to generate a value. */
export type Attempt = {
  /** Whether optional properties are generated, within the limits of size and depth. */
  readonly full: boolean;
  /** Whether examples and defaults of the schemas are used. */
  readonly examples: boolean;
  /**
   * Whether examples of whole objects are used. If such an example is invalid, the examples of its properties can still
   * be used.
   */
  readonly wholes: boolean;
  /**
   * Whether properties are added that the other alternatives of `oneOf` reject. If alternatives overlap, only such a
   * value may match exactly one.
   */
  readonly exclusive: boolean;
  /** Which branch of `if` is taken. */
  readonly condition: 'then' | 'else';
  /** The source of random choices. Undefined: the first choice, so that the value is always the same. */
  readonly random: Random | undefined;
};

/** The state while one value is generated. */
export type Making = Attempt & {
  readonly document: SchemaSource;
  /** The direction of the value. Properties that only the other side sends are omitted. */
  readonly direction: 'request' | 'response';
  /** Number of optional nodes that may still be generated. */
  budget: number;
  /** Schemas in progress, outermost first. An optional property that leads back to one is omitted. */
  readonly path: Set<unknown>;
  /** How often each schema in progress is nested inside itself. */
  readonly nesting: { depth: number };
  /** Values by their schemas, so that a shared schema is generated once. */
  readonly made: Map<string, { readonly value: unknown; readonly nodes: number }>;
};

/** Resolves references. */
export type SchemaSource = {
  /** Resolves a reference. Undefined if its target does not exist. */
  readonly resolve: (ref: string) => Schema | undefined;
  /** The schema at a JSON Pointer of the document. The pointer may be percent-encoded. */
  readonly schemaAt: (pointer: string | undefined) => Schema | undefined;
  /** References of the component schemas whose `allOf` names this one. */
  readonly childrenOf: (schema: SchemaObject) => readonly string[];
  /** Returns a small number that identifies a schema and is always the same. */
  readonly idOf: (schema: Schema) => number;
};

/** Whether a schema is an object. */
export const isSchemaObject = (value: unknown): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of schemas; empty for any other value. */
export const listOf = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value : []);

/**
 * Generates a value that is valid by all of these schemas.
 *
 * @param name the name of the property, for which a typical value is preferred
 * @param variant a different number gives a different value, if the schema has several
 */
export type Make = (schemas: readonly Schema[], name: string, making: Making, variant: number) => unknown;
