/** A JSON Schema 2020-12, as documents of OpenAPI 3.1 hold it. */
export type Schema = boolean | SchemaObject;
/** A schema that is an object. */
export type SchemaObject = { readonly [keyword: string]: unknown };

/** Numbers from 0 to 1. */
export type Random = () => number;

/** How one value is tried. */
export type Attempt = {
  /** Optional members too, as far as size and depth allow; else what is required alone. */
  readonly full: boolean;
  /** Examples and defaults of the schemas. */
  readonly examples: boolean;
  /**
   * Members are given on purpose that the alternatives of `oneOf` which were not chosen reject: those that overlap have
   * no other value that only one of them takes.
   */
  readonly exclusive: boolean;
  /** Which half of `if` is fulfilled. */
  readonly condition: 'then' | 'else';
  /** Undefined: the first of what there is to choose from, so that the value is the same each time. */
  readonly random: Random | undefined;
};

/** What is known while one value is made. */
export type Making = Attempt & {
  readonly document: SchemaSource;
  /** Members that only the other side sends are left out. */
  readonly direction: 'request' | 'response';
  /** Nodes that may still be made beyond what is required. */
  budget: number;
  /** Schemas that are being made, outermost first: an optional member that leads back to one is left out. */
  readonly path: Set<unknown>;
  /** How often a schema that is being made is being made again inside of itself. */
  readonly nesting: { depth: number };
  /** Values by what they were made of, so that a schema that many refer to is made once. */
  readonly made: Map<string, { readonly value: unknown; readonly nodes: number }>;
};

/** Where references lead. */
export type SchemaSource = {
  /** Undefined: nowhere. */
  readonly resolve: (ref: string) => Schema | undefined;
  /** The schema at a JSON Pointer of the document, written plainly where a reference is percent-encoded. */
  readonly schemaAt: (pointer: string | undefined) => Schema | undefined;
  /** References of the component schemas whose `allOf` names this one. */
  readonly childrenOf: (schema: SchemaObject) => readonly string[];
  /** Small numbers for schemas, the same each time that they are asked for. */
  readonly idOf: (schema: Schema) => number;
};

/** Whether a schema is an object. */
export const isSchemaObject = (value: unknown): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of schemas; empty for any other value. */
export const listOf = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value : []);

/**
 * Makes a value that fulfils all of these schemas.
 *
 * @param name of the member that it is for: what people expect under it is likelier than any other value
 * @param variant another number gives another value, where there are several
 */
export type Make = (schemas: readonly Schema[], name: string, making: Making, variant: number) => unknown;
