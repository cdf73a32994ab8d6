import type { Shape } from '../../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../../model/types.ts';
import type { Printer } from '../printer.ts';
import { allOf, VALUE } from './code.ts';
import type { Functions } from './functions.ts';

/** What compiling one schema needs, in one value. */
export type Compiler = {
  readonly printer: Printer;
  readonly functions: Functions;
  /** The condition for a value at a place to be valid. It is an argument, because schemas contain schemas. */
  readonly conditionOf: (schema: JsonSchema, at: string, compiler: Compiler) => string;
  readonly conditionOfShape: (shape: Shape, schema: JsonSchema, at: string, compiler: Compiler) => string;
};

/** A condition that is made for a function's own value: elsewhere, the function is called. */
export function called(at: string, { functions }: Compiler, make: () => string): string {
  if (at === VALUE) return make();
  const condition = make();
  if (condition === 'true' || condition === 'false') return condition;
  return `${functions.anonymous(`return ${condition};`)}(${at})`;
}

/** A function that judges a value, for helpers that call one. */
export function functionOf(schema: JsonSchema, compiler: Compiler): string {
  const condition = compiler.conditionOf(schema, VALUE, compiler);
  return CALL.exec(condition)?.[1] ?? compiler.functions.anonymous(`return ${condition};`);
}

const CALL = new RegExp(`^(\\$[$\\w]+)\\(${VALUE}\\)$`);

/**
 * A condition for the same value as others, in a function of its own: TypeScript reports conditions of one
 * expression that cannot hold together, and a document may say what never holds.
 */
export function apartFromOthers(schema: JsonSchema, compiler: Compiler): string {
  const condition = compiler.conditionOf(schema, VALUE, compiler);
  if (condition === 'true' || condition === 'false' || CALL.test(condition)) return condition;
  return `${compiler.functions.anonymous(`return ${condition};`)}(${VALUE})`;
}

/** Runs over an array or an object, in a function of its own. */
export function loop(parameter: 'Members' | 'readonly unknown[]', statements: string, { functions }: Compiler): string {
  return `${functions.anonymous(`${statements}\n  return true;`, parameter)}(${VALUE})`;
}

/** A value of that type for which the conditions hold. */
export function typed(helper: string, at: string, conditions: readonly string[], { functions }: Compiler): string {
  return allOf([`${functions.helper(helper)}(${at})`, ...conditions]);
}
