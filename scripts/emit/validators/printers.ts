import type { Direction } from '../../model/schema/directions.ts';
import type { Api } from '../../model/types.ts';
import { namedTypes } from '../types/named-types.ts';
import { createChecks, createFunctions, type Functions } from './compiled/index.ts';
import { schemasLeftToZod } from './compiled/left-to-zod.ts';
import type { ConstantNames } from './constant-names.ts';
import { type Knowledge, shapesFor } from './context.ts';
import { printZod } from './print-zod.ts';
import type { LeftToZod, Printer } from './printer.ts';
import type { Unit } from './units.ts';

/** The printers of a contract, by direction. */
export type Printers = { readonly [direction in Direction]: Printer } & {
  /** The printers of a unit's constants. */
  readonly variants: (unit: Unit) => readonly Printer[];
  /** The imports of the module; filled while printing. */
  readonly used: ReadonlySet<string>;
  /** The compiled checks; filled while printing. */
  readonly functions: Functions;
};

/** A printer for each direction; they share names and imports. */
export function createPrinters(api: Api, knowledge: Knowledge, names: ConstantNames): Printers {
  const used = new Set<string>();
  const functions = createFunctions();
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
        used.add('v');
        return `v.${knowledge.helpers[helper] ?? helper}`;
      },
      useComponents: () => used.add('components'),
      leftToZod: () => {
        leftToZod ??= schemasLeftToZod(made, any?.leftToZod());
        return leftToZod;
      },
      withCheck: (text, schema) => checks.ofSchema(text, schema),
      withParametersCheck: (text, parameters) => checks.ofParameters(text, parameters),
    };
    const checks = createChecks(made, functions);
    return made;
  };
  const any = printer('any');
  const [request, response] = [printer('request', any), printer('response', any)];
  const variants = ({ schema }: Unit) => [
    any,
    ...[request, response].filter(({ direction }) => hasVariant(schema, direction)),
  ];
  return { any, request, response, used, functions, variants };
}
