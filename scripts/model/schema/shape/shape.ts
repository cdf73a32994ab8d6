import type { JsonSchema } from '../../types.ts';
import type { SchemaObject } from '../keywords.ts';

/** A JSON value without properties. */
export type Primitive = string | number | boolean | null;

/** One property of an object that the schema names. */
export type Property = {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** The value of an absent property. */
  readonly fallback?: { readonly value: unknown };
};

/** Bounds of a number. */
export type NumberBounds = {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
};

/** An object in zod's terms. */
export type ObjectShape = {
  readonly kind: 'object';
  readonly properties: readonly Property[];
  /** Whether undeclared properties are forbidden. */
  readonly closed: boolean;
  /** Whether the schema explicitly allows them: `additionalProperties: true`. */
  readonly open: boolean;
  /** Required names that `properties` does not list. */
  readonly mustHave: readonly string[];
  /** Properties that are ignored and omitted in this direction (readOnly in requests, writeOnly in responses). */
  readonly dropped: readonly string[];
  readonly also?: SchemaObject;
};

/**
 * The meaning of a schema as far as zod can express it; `general` is the rest. `also` has keywords that zod lacks and
 * that do not change a type.
 */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'never' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'null' }
  | { readonly kind: 'reference'; readonly to: JsonSchema }
  | { readonly kind: 'literals'; readonly values: readonly Primitive[] }
  | {
      readonly kind: 'string';
      readonly min: number;
      readonly max: number;
      readonly pattern?: string;
      readonly format?: string;
    }
  | { readonly kind: 'number'; readonly integer: boolean; readonly bounds: NumberBounds; readonly format?: string }
  | {
      readonly kind: 'array';
      readonly items: JsonSchema;
      readonly min: number;
      readonly max: number;
      readonly also?: SchemaObject;
    }
  | { readonly kind: 'tuple'; readonly items: readonly JsonSchema[] }
  | ObjectShape
  | { readonly kind: 'nullable'; readonly of: Shape }
  | { readonly kind: 'union'; readonly exclusive: boolean; readonly options: readonly Option[] }
  | { readonly kind: 'tagged'; readonly property: string; readonly options: readonly JsonSchema[] }
  | { readonly kind: 'merged'; readonly bases: readonly JsonSchema[]; readonly own: ObjectShape }
  | { readonly kind: 'general' };

/** An alternative: a schema of the document, or one type of a schema that has several. */
export type Option = { readonly schema: JsonSchema } | { readonly shape: Shape };

/** The facts outside of a schema that its shape depends on. */
export type ShapeContext = {
  readonly resolve: (ref: string, from: JsonSchema) => JsonSchema | undefined;
  /**
   * Schemas that zod must not express, because another schema depends on the properties or items that they evaluated.
   */
  readonly isForced: (schema: JsonSchema) => boolean;
  /** Whether parsing may change a valid value: a default is applied, or a property is removed. */
  readonly transforms: (schema: JsonSchema) => boolean;
  /** Whether a property of this schema is not sent in this direction. */
  readonly isDropped: (schema: JsonSchema) => boolean;
  /** The default of a property of this schema, if it has a valid one. */
  readonly fallback: (schema: JsonSchema) => { readonly value: unknown } | undefined;
  /** Whether the schema is, or is hoisted to, a constant that is typed as a plain zod object. */
  readonly isObjectConstant: (schema: JsonSchema) => boolean;
  /** Whether its `discriminator` selects one of its alternatives. */
  readonly discriminates: (schema: SchemaObject) => boolean;
  readonly shapeOf: (schema: JsonSchema) => Shape;
};
