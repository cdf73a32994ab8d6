import { keyLiteral, literal } from '../../../common/text/literal.ts';
import { isSchemaObject } from '../../../model/schema/keywords.ts';
import type { Property } from '../../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../../model/types.ts';
import type { Printer } from '../printer.ts';
import { allOf, VALUE } from './code.ts';
import { type Compiler, functionOf } from './compiler.ts';
import type { Functions } from './functions.ts';
import { memberConditions } from './objects.ts';
import { conditionOf, conditionOfShape, isSmall } from './shapes.ts';

export { createFunctions, type Functions } from './functions.ts';

/** Attaches compiled checks to zod expressions of one direction. */
export type Checks = {
  /**
   * Adds a compiled check to an expression of zod. It returns the expression unchanged if zod is as fast, or if only
   * zod can decide.
   */
  readonly ofSchema: (text: string, schema: JsonSchema) => string;
  /** The same for an object of parameters. */
  readonly ofParameters: (text: string, parameters: readonly Property[]) => string;
  /** The body of the function for a named schema. */
  readonly bodyOf: (schema: JsonSchema) => string;
};

/** The name of a constant, directly or in `v.lazy`. The constant has a check of its own. */
const IS_NAME = /^(?:v\.lazy\(\(\) => [\w$]+\)|[\w$]+)$/;

/**
 * Creates plain functions for the printer's direction that return whether a value is valid without changes. If a
 * function returns false, zod decides: see docs/decisions/0027-compiled-checks.md.
 */
export function createChecks(printer: Printer, functions: Functions): Checks {
  const compiler: Compiler = { printer, functions, conditionOf, conditionOfShape };
  const isCompiled = (schema: JsonSchema): boolean => isSchemaObject(schema) && !printer.leftToZod().all.has(schema);
  const attach = (text: string, check: string, properties: readonly Property[]): string => {
    const more = defaultsText(properties);
    return `${printer.use('compiled')}(${text}, ${check}${more === undefined ? '' : `, ${more}`})`;
  };
  return {
    ofSchema(text, schema) {
      const shape = printer.shapes.shapeOf(schema);
      if (
        IS_NAME.test(text) ||
        isSmall(shape, printer.shapes.shapeOf) ||
        shape.kind === 'literals' ||
        !isCompiled(schema)
      )
        return text;
      return attach(text, functionOf(schema, compiler), shape.kind === 'object' ? shape.properties : []);
    },
    ofParameters(text, parameters) {
      if (!parameters.every(({ schema }) => isCompiled(schema))) return text;
      const conditions = memberConditions({ properties: parameters, mustHave: [], dropped: [] }, 'stripped', compiler);
      const isObject = [
        `${functions.helper('isObject')}(${VALUE})`,
        `${functions.helper('isPlain')}(${VALUE}.__proto__)`,
      ];
      return attach(text, functions.anonymous(`return ${allOf([...isObject, ...conditions])};`), parameters);
    },
    bodyOf: (schema) => `return ${conditionOfShape(printer.shapes.shapeOf(schema), schema, VALUE, compiler)};`,
  };
}

/** A function that creates the defaults of properties, called for each value so that values share no object. */
function defaultsText(properties: readonly Property[]): string | undefined {
  const filled = properties.flatMap(({ name, fallback }) =>
    fallback === undefined ? [] : [`${keyLiteral(name)}: ${literal(fallback.value)}`],
  );
  return filled.length === 0 ? undefined : `() => ({ ${filled.join(', ')} })`;
}
