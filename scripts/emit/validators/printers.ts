import { literal } from '../../common/text/literal.ts';
import { nestedName, nestedTargets } from '../../model/schema/graph/nested-targets.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { Api, JsonSchema } from '../../model/types.ts';
import type { ConstantNames } from './constant-names.ts';
import { type Direction, type Knowledge, shapesFor } from './context.ts';
import type { Printer } from './printer.ts';
import type { Unit } from './units.ts';

export type Printers = { readonly [direction in Direction]: Printer } & {
  /** The printers of a unit's constants. */
  readonly variants: (unit: Unit) => readonly Printer[];
  /** What the module must import; filled while printing. */
  readonly used: ReadonlySet<string>;
};

/** A printer for each direction; they share names and imports. */
export function createPrinters(api: Api, knowledge: Knowledge, names: ConstantNames): Printers {
  const used = new Set<string>();
  const nested = nestedTargets(api);
  const reached = (direction: Direction) => knowledge.graph.reachedFrom(directionRoots(api, direction));
  const printer = (direction: Direction): Printer & { readonly has: (unit: Unit) => boolean } => {
    const shapes = shapesFor(direction, knowledge);
    const here = direction === 'any' ? undefined : reached(direction);
    const has = (unit: Unit) => here === undefined || (shapes.affected.has(unit.schema) && here.has(unit.schema));
    return {
      knowledge,
      shapes,
      direction,
      owner: undefined,
      has,
      nameOf: (unit) => names.ofUnit(unit, has(unit) ? direction : 'any'),
      use: (helper) => {
        used.add('v');
        return `v.${helper}`;
      },
      typeOfUnit: ({ component, schema }) => {
        const place = nested.get(schema);
        const name = component ?? (place === undefined ? undefined : nestedName(place));
        if (name === undefined) return undefined;
        used.add('components');
        return `components['schemas'][${literal(name)}]`;
      },
    };
  };
  const [any, request, response] = [printer('any'), printer('request'), printer('response')];
  return { any, request, response, used, variants: (unit) => [any, request, response].filter(({ has }) => has(unit)) };
}

function directionRoots(api: Api, direction: Direction): readonly SchemaObject[] {
  const roots: readonly JsonSchema[] = api.operations.flatMap(({ parameters, body, responses }) =>
    direction === 'request'
      ? [...parameters.map(({ schema }) => schema), ...(body?.content ?? []).map(({ schema }) => schema)]
      : responses.flatMap(({ content }) => content.map(({ schema }) => schema)),
  );
  return roots.filter(isSchemaObject);
}
