import { schemaDirections } from '../../model/schema/directions.ts';
import { extendedSchemas } from '../../model/schema/extended.ts';
import { schemaGraph } from '../../model/schema/graph/graph.ts';
import { isInt64 } from '../../model/schema/int64.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';
import type { Api } from '../../model/types.ts';
import { type ConstantNames, constantNames } from './constant-names.ts';
import type { Knowledge } from './context.ts';
import { deepSchemas } from './deep-schemas.ts';
import { orderUnits, type Unit } from './units.ts';

/** The decisions before printing. */
export type Plan = {
  readonly units: ReadonlyMap<SchemaObject, Unit>;
  readonly names: ConstantNames;
  readonly knowledge: Knowledge;
};

/** Plans the constants of a contract's validators. */
export function planValidators(api: Api, strip: boolean, helpers: Knowledge['helpers'] = {}): Plan {
  const plans = known.get(api) ?? new Map<string, WeakRef<Plan>>();
  known.set(api, plans);
  const key = JSON.stringify([strip, helpers]);
  const plan = plans.get(key)?.deref() ?? planAnew(api, strip, helpers);
  plans.set(key, new WeakRef(plan));
  return plan;
}

/** Validators and their tests share one plan. Nothing needs it after them. */
const known = new WeakMap<Api, Map<string, WeakRef<Plan>>>();

function planAnew(api: Api, strip: boolean, helpers: Knowledge['helpers']): Plan {
  const graph = schemaGraph(api);
  const units = orderUnits(api, graph);
  const names = constantNames(api, units, graph);
  const extended = extendedSchemas(api, graph.resources);
  const retyped = deepSchemas(units, graph);
  const texts = api.int64 === 'string' ? graph.schemas.filter(isInt64) : [];
  const ambiguous = graph.leadingTo(new Set(texts));
  const knowledge = { graph, directions: schemaDirections(api), units, strip, helpers, retyped, extended, ambiguous };
  return { units, names, knowledge };
}
