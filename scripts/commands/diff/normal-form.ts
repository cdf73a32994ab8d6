import type { JsonObject } from '../../common/document/pointer.ts';

/** `anyOf` or `oneOf` of a part. */
export type Union = {
  readonly keyword: 'anyOf' | 'oneOf';
  readonly branches: readonly unknown[];
  readonly discriminator: JsonObject | undefined;
  readonly part: JsonObject;
};

/**
 * All that holds of a value in one node, whether it was written as one schema, behind `$ref`s, beside them, or as parts
 * of `allOf`. A member's schemas are a list that all hold.
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
  /** Patterns, formats and their like: each that holds. */
  readonly fixed: ReadonlyMap<string, readonly unknown[]>;
  readonly required: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, readonly unknown[]>;
  /** What is said of each member by its name alone: types know no other word. */
  readonly named: ReadonlyMap<string, readonly unknown[]>;
  /** A part lets programs name any member: it names none itself, or allows all others in so many words. */
  readonly free: boolean;
  /** A part has no properties and forbids all others: types say that no property has a value. */
  readonly empty: boolean;
  readonly additional: readonly unknown[];
  readonly items: readonly unknown[];
  readonly tuple: readonly (readonly unknown[])[];
  readonly unions: readonly Union[];
  readonly discriminators: readonly JsonObject[];
  /** Keywords that no rule judges. */
  readonly rest: ReadonlyMap<string, readonly unknown[]>;
  readonly words: JsonObject;
  readonly deprecated: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
};
