import type { Direction } from '../../model/schema/directions.ts';
import type { Api } from '../../model/types.ts';
import { namedTypes } from '../types/named-types.ts';
import { createChecks, createFunctions, type Functions } from './compiled/index.ts';
import { schemasLeftToZod } from './compiled/left-to-zod.ts';
import type { ConstantNames } from './constant-names.ts';
import { type Knowledge, shapesFor, variantsOf } from './context.ts';
import { printZod } from './print-zod.ts';
import type { LeftToZod, Printer } from './printer.ts';
import type { Unit } from './units.ts';

/** A constant of the module: a unit in one direction. */
export type Constant = { readonly unit: Unit; readonly printer: Printer };

/** The printers of a contract, by direction. */
export type Printers = { readonly [direction in Direction]: Printer } & {
  /** The printers of a unit's constants. */
  readonly variants: (unit: Unit) => readonly Printer[];
  /** The compiled checks and the imports of the module; filled while printing. */
  readonly functions: Functions;
};

/**
 * A printer for each direction; they share names, functions and imports.
 *
 * @param recallBody returns the body of a unit's compiled check, from an earlier run or from `make`
 */
export function createPrinters(
  api: Api,
  knowledge: Knowledge,
  names: ConstantNames,
  recallBody: (constant: Constant, make: () => string) => string,
): Printers {
  let constants: ReadonlyMap<string, Constant> | undefined;
  const functions = createFunctions((name) => {
    constants ??= constantsByName();
    const constant = constants.get(name);
    if (constant === undefined) throw new Error(`No schema has the constant ${name}.`);
    return recallBody(constant, () => constant.printer.checkBody(constant.unit.schema));
  });
  const { scope } = namedTypes(api);
  const { hasVariant } = knowledge.directions;
  const printer = (direction: Direction, any?: Printer): Printer => {
    let leftToZod: LeftToZod | undefined;
    const made: Printer = {
      knowledge,
      shapes: shapesFor(direction, knowledge, any?.shapes),
      types: scope(direction),
      direction,
      owner: undefined,
      printZod,
      nameOf: (unit) => names.ofUnit(unit, hasVariant(unit.schema, direction) ? direction : 'any'),
      use: (helper) => {
        functions.use('v');
        return `v.${knowledge.helpers[helper] ?? helper}`;
      },
      useComponents: () => functions.use('components'),
      leftToZod: () => {
        leftToZod ??= schemasLeftToZod(made, any?.leftToZod());
        return leftToZod;
      },
      withCheck: (text, schema) => checks.ofSchema(text, schema),
      withParametersCheck: (text, parameters) => checks.ofParameters(text, parameters),
      checkBody: (schema) => checks.bodyOf(schema),
    };
    const checks = createChecks(made, functions);
    return made;
  };
  const any = printer('any');
  const [request, response] = [printer('request', any), printer('response', any)];
  const printers = { any, request, response };
  const variants = (unit: Unit) => variantsOf(unit, knowledge).map((direction) => printers[direction]);
  const constantsByName = () =>
    new Map(
      [...knowledge.units.values()].flatMap((unit) =>
        variants(unit).map((each) => [each.nameOf(unit), { unit, printer: each }] as const),
      ),
    );
  return { ...printers, functions, variants };
}
