import { keyLiteral, regExpLiteral } from '../../common/text/literal.ts';
import type { Direction } from '../../model/schema/directions.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { Property } from '../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../model/types.ts';
import type { TypeScope } from '../types/type-scope.ts';
import type { Knowledge, Shapes } from './context.ts';
import type { Unit } from './units.ts';

/**
 * A zod expression, and its type as TypeScript infers it. Constants are annotated with it: with `isolatedDeclarations`,
 * TypeScript infers nothing that is exported.
 */
export type Printed = { readonly text: string; readonly type: string };

/** The schemas that zod alone decides, in one direction. */
export type LeftToZod = {
  /** Those that are so by their own keywords. */
  readonly own: ReadonlySet<SchemaObject>;
  /** These, and all that lead to one. */
  readonly all: ReadonlySet<SchemaObject>;
};

/** What printing one constant needs, in one value. */
export type Printer = {
  readonly knowledge: Knowledge;
  readonly shapes: Shapes;
  /** What types of schemas are made of, in this direction. */
  readonly types: TypeScope;
  readonly direction: Direction;
  /** The unit whose constant is printed; undefined for an operation's. */
  readonly owner: Unit | undefined;
  /** The name of a unit's constant in this direction. */
  readonly nameOf: (unit: Unit) => string;
  /** Notes that the module imports a helper, and gives its local name. */
  readonly use: (helper: string) => string;
  /** Notes that the module imports the types of components. */
  readonly useComponents: () => void;
  /** `printZod`, for schemas inside those that zod cannot express. It is an argument, because it calls the printer. */
  readonly printZod: (schema: JsonSchema, printer: Printer) => Printed;
  /** The schemas without a compiled check. */
  readonly leftToZod: () => LeftToZod;
  /** A zod expression for a schema, which runs a compiled check first. */
  readonly withCheck: (text: string, schema: JsonSchema) => string;
  /** The same for an object of parameters. */
  readonly withParametersCheck: (text: string, parameters: readonly Property[]) => string;
};

/** The unit that a schema is, unless it is the one being printed. */
export function unitOf(schema: JsonSchema, printer: Printer): Unit | undefined {
  return isSchemaObject(schema) ? printer.knowledge.units.get(schema) : undefined;
}

/** Whether members that a schema does not name are omitted: not where others extend it and name more. */
export const strips = (schema: JsonSchema, { knowledge }: Printer): boolean =>
  knowledge.strip && !knowledge.extended.some((extended) => extended.schema === schema);

/** Whether the unit's constant is not defined yet when the owner's is. */
export function isLater(unit: Unit, { owner }: Printer): boolean {
  return owner !== undefined && (unit.order >= owner.order || unit.cycle === owner.cycle);
}

/** A member of an object that is printed. */
export type Entry = readonly [name: string, text: string];
/** Members of an object that is printed. */
export type Entries = readonly Entry[];

/** `{ a: 1, b: 2 }`, a line for each entry; the formatter sets it. */
export function objectText(entries: Entries): string {
  if (entries.length === 0) return '{}';
  return `{\n${entries.map(([name, text]) => `${keyLiteral(name)}: ${text},`).join('\n')}\n}`;
}

/** `[1, 2]`, each item as `print` gives it. */
export function listText(value: unknown, print: (inner: unknown) => string): string {
  return Array.isArray(value) ? `[${value.map(print).join(', ')}]` : '[]';
}

/** A regular expression of a spec: with `u` as the standard says, without where it is only valid so. */
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

/** Long lists of values are looked up in a set. */
export const MOST_LISTED = 200;
