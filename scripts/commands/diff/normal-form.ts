import type { JsonObject } from '../../common/document/pointer.ts';

/** `anyOf` or `oneOf` of a part. */
export type Union = {
  readonly keyword: 'anyOf' | 'oneOf';
  readonly branches: readonly unknown[];
  readonly discriminator: JsonObject | undefined;
  readonly part: JsonObject;
};

/**
 * Everything that applies to a value in one node, whether it was written as one schema, behind `$ref`s, beside them, or
 * as parts of `allOf`. A property has a list of schemas that all apply.
 */
export type NormalSchema = {
  /** Equal for equal sets of parts of one document. */
  readonly key: string;
  readonly parts: readonly JsonObject[];
  /** No value is accepted. */
  readonly never: boolean;
  readonly types: ReadonlySet<string> | undefined;
  readonly values: readonly unknown[] | undefined;
  /** Bounds, lengths and counts: the strictest of each. */
  readonly bounds: ReadonlyMap<string, number>;
  /** Patterns, formats and similar keywords, which all apply. */
  readonly fixed: ReadonlyMap<string, readonly unknown[]>;
  readonly required: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, readonly unknown[]>;
  /** Facts from property names only, which are all that types have. */
  readonly named: ReadonlyMap<string, readonly unknown[]>;
  /** A part lets programs name any property: it names none itself, or explicitly allows all others. */
  readonly free: boolean;
  /** A part has no properties and forbids all others: in its type, no property has a value. */
  readonly empty: boolean;
  /** Properties whose types have no value because another part rejects them. Types look into no union for them. */
  readonly forbidden: ReadonlySet<string>;
  readonly additional: readonly unknown[];
  readonly items: readonly unknown[];
  readonly tuple: readonly (readonly unknown[])[];
  readonly unions: readonly Union[];
  /** Keywords without a rule of their own. */
  readonly rest: ReadonlyMap<string, readonly unknown[]>;
  readonly words: JsonObject;
  readonly deprecated: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
};
