import type { Shape } from '../../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../../model/types.ts';
import type { Printer } from '../printer.ts';
import { allOf, VALUE } from './code.ts';
import type { Functions } from './functions.ts';

/** The context for compiling one schema. */
export type Compiler = {
  readonly printer: Printer;
  readonly functions: Functions;
  /** The condition for the value of the expression `at` to be valid. It is a property to avoid an import cycle. */
  readonly conditionOf: (schema: JsonSchema, at: string, compiler: Compiler) => string;
  readonly conditionOfShape: (shape: Shape, schema: JsonSchema, at: string, compiler: Compiler) => string;
};

/**
 * A condition that can only be written for a function's parameter. For any other expression, the result is a call of
 * such a function.
 */
export function called(at: string, { functions }: Compiler, make: () => string): string {
  if (at === VALUE) return make();
  const condition = make();
  if (condition === 'true' || condition === 'false') return condition;
  return `${functions.anonymous(`return ${condition};`)}(${at})`;
}

/** The name of a function that returns whether a value is valid, for helpers that call one. */
export function functionOf(schema: JsonSchema, compiler: Compiler): string {
  const condition = compiler.conditionOf(schema, VALUE, compiler);
  return CALL.exec(condition)?.[1] ?? compiler.functions.anonymous(`return ${condition};`);
}

const CALL = new RegExp(`^(\\$[$\\w]+)\\(${VALUE}\\)$`);

/**
 * A condition in a function of its own, for a value that other conditions check as well. TypeScript reports
 * contradictory conditions within one expression, and a document may contain contradictions.
 */
export function apartFromOthers(schema: JsonSchema, compiler: Compiler): string {
  const condition = compiler.conditionOf(schema, VALUE, compiler);
  if (condition === 'true' || condition === 'false' || CALL.test(condition)) return condition;
  return `${compiler.functions.anonymous(`return ${condition};`)}(${VALUE})`;
}

/** A call of a new function that loops over an array or an object. */
export function loop(parameter: 'Members' | 'readonly unknown[]', statements: string, { functions }: Compiler): string {
  return `${functions.anonymous(`${statements}\n  return true;`, parameter)}(${VALUE})`;
}

/** The condition that a value has the helper's type and meets the conditions. */
export function typed(helper: string, at: string, conditions: readonly string[], { functions }: Compiler): string {
  return allOf([`${functions.helper(helper)}(${at})`, ...conditions]);
}
