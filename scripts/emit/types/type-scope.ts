import type { Resources } from '../../model/schema/graph/resources.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { partsOf } from '../../model/schema/parts.ts';
import { upgradeSchema } from '../../model/schema/types/upgrade.ts';
import type { Int64, JsonSchema } from '../../model/types.ts';
import type { TypeExpression } from './expression.ts';

/** What the type of a schema depends on beside its own words. */
export type TypeScope = {
  readonly resources: Resources;
  /** What integers of 64 bits are, where they are no numbers. */
  readonly int64: Int64 | undefined;
  /** The type of a schema that has a name; undefined for one that is written where it stands. */
  readonly named: (schema: SchemaObject) => TypeExpression | undefined;
  /** The schemas that extend one by its `discriminator`: a value of the one may be a value of each. */
  readonly extensions: (schema: SchemaObject) => readonly SchemaObject[];
  /** How many alternatives the type of a schema has, all written out. */
  readonly alternatives: (schema: JsonSchema) => number;
  /** The properties that a schema, or a part that holds with it, leaves out. */
  readonly droppedBy: (schema: JsonSchema) => readonly string[];
  /** The type of a schema inside of another. Handed in, since it is made of what asks for it. */
  readonly typeOf: (schema: JsonSchema, scope: TypeScope) => TypeExpression;
};

/** What a schema around this one says of the same value. */
export type Around = {
  readonly required: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
  /** Whether the value is an object for certain. */
  readonly isObject: boolean;
  /** Whether a part of the value's schema says that it is an object or null, and none that it is one of them. */
  readonly orNull: boolean;
  /** Whether it is a part of `allOf`, so that others may name what it requires. */
  readonly isPart: boolean;
  /** The properties that the schemas around name: an alternative may require one without naming it. */
  readonly properties: { readonly [name: string]: unknown };
  /** Whether it is a component's definition: what extends it refers to it, so that it cannot refer to what extends it. */
  readonly isDefinition: boolean;
};

/** Every schema that holds wherever this one does, itself included. */
export function partsIn(schema: SchemaObject, { resources }: TypeScope): readonly SchemaObject[] {
  return [...partsOf(schema, resources.resolve)].map((part) => upgradeSchema(part)).filter(isSchemaObject);
}
