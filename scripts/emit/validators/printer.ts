import { keyLiteral, regExpLiteral } from '../../common/text/literal.ts';
import type { Direction } from '../../model/schema/directions.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { Property } from '../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../model/types.ts';
import type { TypeScope } from '../types/type-scope.ts';
import type { Knowledge, Shapes } from './context.ts';
import type { Unit } from './units.ts';

/**
 * A zod expression, and its type as TypeScript would infer it. Constants are annotated with the type: with
 * `isolatedDeclarations`, TypeScript infers no type of an export.
 */
export type Printed = { readonly text: string; readonly type: string };

/** The schemas that only zod can check, in one direction. */
export type LeftToZod = {
  /** Those with such keywords of their own. */
  readonly own: ReadonlySet<SchemaObject>;
  /** These, and all schemas that contain or refer to one. */
  readonly all: ReadonlySet<SchemaObject>;
};

/** The context for printing one constant. */
export type Printer = {
  readonly knowledge: Knowledge;
  readonly shapes: Shapes;
  /** The context of schema types in this direction. */
  readonly types: TypeScope;
  readonly direction: Direction;
  /** The unit whose constant is printed; undefined for the constant of an operation. */
  readonly owner: Unit | undefined;
  /** The name of a unit's constant in this direction. */
  readonly nameOf: (unit: Unit) => string;
  /** Adds a helper to the module's imports and returns its local name. */
  readonly use: (helper: string) => string;
  /** Adds the types of components to the module's imports. */
  readonly useComponents: () => void;
  /** `printZod`, for schemas inside those that zod cannot express. It is a property to avoid an import cycle. */
  readonly printZod: (schema: JsonSchema, printer: Printer) => Printed;
  /** The schemas without a compiled check. */
  readonly leftToZod: () => LeftToZod;
  /** A zod expression for a schema, which runs a compiled check first. */
  readonly withCheck: (text: string, schema: JsonSchema) => string;
  /** The same for an object of parameters. */
  readonly withParametersCheck: (text: string, parameters: readonly Property[]) => string;
  /** The body of the compiled check of a named schema. */
  readonly checkBody: (schema: JsonSchema) => string;
};

/** The unit that a schema is, unless it is the one being printed. */
export function unitOf(schema: JsonSchema, printer: Printer): Unit | undefined {
  return isSchemaObject(schema) ? printer.knowledge.units.get(schema) : undefined;
}

/** Whether a schema omits undeclared properties. It does not if other schemas extend it and declare more. */
export const strips = (schema: JsonSchema, { knowledge }: Printer): boolean =>
  knowledge.strip && !knowledge.extended.some((extended) => extended.schema === schema);

/** Whether the unit's constant is not defined yet when the owner's is. */
export function isLater(unit: Unit, { owner }: Printer): boolean {
  return owner !== undefined && (unit.order >= owner.order || unit.cycle === owner.cycle);
}

/** A property of a printed object. */
export type Entry = readonly [name: string, text: string];
/** The properties of a printed object. */
export type Entries = readonly Entry[];

/** `{ a: 1, b: 2 }`, with a line for each entry. The formatter lays it out. */
export function objectText(entries: Entries): string {
  if (entries.length === 0) return '{}';
  return `{\n${entries.map(([name, text]) => `${keyLiteral(name)}: ${text},`).join('\n')}\n}`;
}

/** `[1, 2]`, with each item printed by `print`. */
export function listText(value: unknown, print: (inner: unknown) => string): string {
  return Array.isArray(value) ? `[${value.map(print).join(', ')}]` : '[]';
}

/**
 * A regular expression of a spec, with the flag `u` as the standard requires, or without it if the pattern is only
 * valid without.
 */
export function patternText(pattern: string): string {
  return regExpLiteral(pattern, patternFlags(pattern));
}

function patternFlags(pattern: string): string {
  try {
    new RegExp(pattern, 'u');
    return 'u';
  } catch {
    return '';
  }
}

/** Maximum number of values in a plain list. Longer lists become a set. */
export const MOST_LISTED = 200;
