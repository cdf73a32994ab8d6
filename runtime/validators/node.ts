import type { z } from 'zod';
import type { Format } from './format.ts';

/** A zod schema of any type. */
export type AnyZod = z.core.$ZodType;

/** A schema: JSON Schema keywords as data, a zod schema, or a function that returns one that is defined later. */
export type Node = boolean | Keywords | AnyZod | (() => AnyZod);

/** The values of JSON Schema's keyword `type`. */
export type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

type NodeMap = { readonly [name: string]: Node };

/** Keywords of JSON Schema 2020-12, with resolved references. Keywords for one type accept values of other types. */
export type Keywords = {
  readonly type?: TypeName | readonly TypeName[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;

  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly format?: Format<string> | Format<number>;

  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;

  readonly prefixItems?: readonly Node[];
  readonly items?: Node;
  readonly contains?: Node;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly unevaluatedItems?: Node;

  readonly properties?: NodeMap;
  /** Pairs of a pattern and its schema. */
  readonly patternProperties?: readonly (readonly [RegExp, Node])[];
  readonly additionalProperties?: Node;
  readonly propertyNames?: Node;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: { readonly [name: string]: readonly string[] };
  readonly dependentSchemas?: NodeMap;
  readonly unevaluatedProperties?: Node;

  readonly allOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly not?: Node;
  readonly if?: Node;
  readonly then?: Node;
  readonly else?: Node;

  readonly $ref?: Node;
  /** The outermost schema resource with this anchor decides. If none has it, `otherwise` applies. */
  readonly $dynamicRef?: { readonly anchor: string; readonly otherwise: Node };
  /** The dynamic anchors of the schema resource that this schema belongs to. */
  readonly $dynamicAnchors?: NodeMap;

  /** A keyword of OpenAPI: the text of the property selects the schema. */
  readonly discriminator?: { readonly propertyName: string; readonly mapping: NodeMap };
  /** Values that absent properties get in the output. */
  readonly defaults?: { readonly [name: string]: unknown };
  /** Properties that are ignored and omitted from the output. */
  readonly dropped?: readonly string[];
  /** Omits properties that no keyword named from the output. */
  readonly strip?: boolean;
};
