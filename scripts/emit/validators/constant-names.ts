import { createNames } from '../../common/text/names.ts';
import type { Direction } from '../../model/schema/directions.ts';
import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';
import type { Api } from '../../model/types.ts';
import type { Unit } from './units.ts';

/** Names that the generated module uses itself. */
const RESERVED = [
  'z',
  'v',
  'components',
  'operations',
  'validators',
  'byOperation',
  'extensions',
  'requestExtensions',
  'OperationValidators',
  'RegExp',
];
const SUFFIX: { readonly [direction in Direction]: string } = { any: '', request: ' request', response: ' response' };

/** The names of the validators' constants. */
export type ConstantNames = {
  readonly ofUnit: (unit: Unit, direction: Direction) => string;
  readonly ofComponent: (name: string) => string;
};

/** The only place that knows which constant stands for which schema. */
export function constantNames(
  api: Pick<Api, 'schemas' | 'operations'>,
  units: ReadonlyMap<SchemaObject, Unit>,
  graph: SchemaGraph,
): ConstantNames {
  const names = createNames([...RESERVED, ...api.operations.map(({ identifier }) => `${identifier}Validators`)]);
  // Components come first, so that a constant has the component's name whenever possible.
  for (const name of api.schemas.keys()) names.typeName(name);
  const nameOf = (unit: Unit): string => unit.component ?? placeName(graph.resources.placeOf(unit.schema).pointer);
  for (const unit of units.values()) names.typeName(key(unit, nameOf(unit)));
  return {
    ofUnit: (unit, direction) => names.typeName(`${key(unit, nameOf(unit))}${SUFFIX[direction]}`),
    ofComponent: (name) => names.typeName(name),
  };
}

/** Two pointers may give the same name. The unit's number makes them different. */
function key(unit: Unit, name: string): string {
  return unit.component === undefined ? `${name} ${unit.order}` : name;
}

/** `/components/schemas/Pet/$defs/kind` → `Pet kind`. */
function placeName(pointer: string): string {
  const tokens = pointer
    .split('/')
    .filter((token) => !['', 'components', 'schemas', '$defs', 'properties'].includes(token));
  return tokens.slice(-3).join(' ') || 'schema';
}
