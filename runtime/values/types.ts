/** A JSON Schema 2020-12, as documents of OpenAPI 3.1 contain it. */
export type Schema = boolean | SchemaObject;
/** A schema that is an object. */
export type SchemaObject = { readonly [keyword: string]: unknown };

/** Numbers from 0 to 1. */
export type Random = () => number;

/** How one value is attempted. */
export type Attempt = {
  /** Optional properties too, within the limits of size and depth. Otherwise only required ones. */
  readonly full: boolean;
  /** Whether examples and defaults of the schemas are used. */
  readonly examples: boolean;
  /** Whether examples of whole objects are used, too. One that is invalid must not cost those of properties. */
  readonly wholes: boolean;
  /**
   * Adds properties that the other alternatives of `oneOf` reject: overlapping alternatives have no other value that
   * only one of them accepts.
   */
  readonly exclusive: boolean;
  /** Which branch of `if` is taken. */
  readonly condition: 'then' | 'else';
  /** Undefined: the first choice, so that the value is the same each time. */
  readonly random: Random | undefined;
};

/** The state while one value is generated. */
export type Making = Attempt & {
  readonly document: SchemaSource;
  /** Properties that only the other side sends are omitted. */
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
  /** Undefined if it does not resolve. */
  readonly resolve: (ref: string) => Schema | undefined;
  /** The schema at a JSON Pointer of the document, also if the reference is percent-encoded. */
  readonly schemaAt: (pointer: string | undefined) => Schema | undefined;
  /** References of the component schemas whose `allOf` names this one. */
  readonly childrenOf: (schema: SchemaObject) => readonly string[];
  /** Small numbers that identify schemas, the same each time. */
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
 * @param name of the property: a typical value for this name is preferred
 * @param variant a different number gives a different value, if there are several
 */
export type Make = (schemas: readonly Schema[], name: string, making: Making, variant: number) => unknown;
