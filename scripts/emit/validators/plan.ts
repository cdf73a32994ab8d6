import { schemaDirections } from '../../model/schema/directions.ts';
import { schemaGraph } from '../../model/schema/graph/graph.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';
import type { Api } from '../../model/types.ts';
import { type ConstantNames, constantNames } from './constant-names.ts';
import { deepSchemas } from './deep-schemas.ts';
import { createPrinters, type Printers } from './printers.ts';
import { orderUnits, type Unit } from './units.ts';

/** What is decided before anything is printed. */
export type Plan = {
  readonly units: ReadonlyMap<SchemaObject, Unit>;
  readonly names: ConstantNames;
  readonly printers: Printers;
};

export function planValidators(api: Api, strip: boolean): Plan {
  const plans = known.get(api) ?? new Map<boolean, Plan>();
  known.set(api, plans);
  const plan = plans.get(strip) ?? planAnew(api, strip);
  plans.set(strip, plan);
  return plan;
}

/** The validators and their tests are of one plan. */
const known = new WeakMap<Api, Map<boolean, Plan>>();

function planAnew(api: Api, strip: boolean): Plan {
  const graph = schemaGraph(api);
  const units = orderUnits(api, graph);
  const names = constantNames(api, units, graph);
  const knowledge = { graph, directions: schemaDirections(api), units, strip, retyped: deepSchemas(units, graph) };
  return { units, names, printers: createPrinters(api, knowledge, names) };
}
