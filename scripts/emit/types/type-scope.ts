import type { Resources } from '../../model/schema/graph/resources.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';
import type { Int64, JsonSchema } from '../../model/types.ts';
import type { TypeExpression } from './expression.ts';

/** The context of a schema's type. */
export type TypeScope = {
  readonly resources: Resources;
  /** The type of 64-bit integers, unless they are numbers. */
  readonly int64: Int64 | undefined;
  /** The type of a named schema; undefined for one that is inlined. */
  readonly named: (schema: SchemaObject) => TypeExpression | undefined;
  /** The schemas that extend a schema by its `discriminator`: a value of the schema may be a value of each. */
  readonly extensions: (schema: SchemaObject) => readonly SchemaObject[];
  /** The number of alternatives in the type of a schema, fully expanded. */
  readonly alternatives: (schema: JsonSchema) => number;
  /** Every schema that always applies together with this one, including itself. */
  readonly partsOf: (schema: SchemaObject) => readonly SchemaObject[];
  /** The properties that a schema, or a part that applies with it, excludes. */
  readonly droppedBy: (schema: JsonSchema) => readonly string[];
  /** The type of a schema that is only a reference; undefined for any other schema. */
  readonly reference: (schema: JsonSchema) => TypeExpression | undefined;
  /** A property's schema with the title and description for its comment. */
  readonly described: (property: SchemaObject) => SchemaObject;
  /** The type of a nested schema. It is an argument because the two functions call each other. */
  readonly typeOf: (schema: JsonSchema, scope: TypeScope) => TypeExpression;
};

/** Facts from the surrounding schemas about the same value. */
export type Around = {
  readonly required: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
  /** Whether the value is always an object. */
  readonly isObject: boolean;
  /** Whether a part of the value's schema accepts an object or null, and no part accepts only one of them. */
  readonly orNull: boolean;
  /** Whether it is a part of `allOf`, so that other parts may declare the properties that it requires. */
  readonly isPart: boolean;
  /** The properties that the surrounding schemas declare: an alternative may require one without declaring it. */
  readonly properties: { readonly [name: string]: unknown };
  /** Whether it is a component's definition. Schemas that extend it refer to it, so that it cannot refer to them. */
  readonly isDefinition: boolean;
};
