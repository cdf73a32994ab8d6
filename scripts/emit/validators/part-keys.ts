import { digestOf, exactText } from '../../common/text/digest-of.ts';
import { sha256 } from '../../common/text/sha256.ts';
import type { Direction } from '../../model/schema/directions.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { Api } from '../../model/types.ts';
import { namedTypes } from '../types/named-types.ts';
import { unevaluatedSchemas } from './needs.ts';
import type { Validated } from './operation.ts';
import type { Plan } from './plan.ts';
import type { Printers } from './printers.ts';
import { neededUnits, type Unit } from './units.ts';

/** For each part of the module, a key that changes with everything that decides its text. */
export type PartKeys = {
  readonly ofUnit: (unit: Unit) => string;
  /** @param asked the direction of its request */
  readonly ofOperation: (operation: Validated, asked: Direction) => string;
};

const VARIANTS: readonly Direction[] = ['any', 'request', 'response'];

/**
 * The text of a unit depends on all schemas that it leads to, on the names of their constants and types, and on facts
 * about the whole contract. Undefined if outer schemas also decide what a schema means (`$dynamicRef`).
 */
export function partKeys(api: Api, { units, knowledge }: Plan, printers: Printers): PartKeys | undefined {
  if (printers.any.shapes.dynamic.size > 0) return undefined;
  const { graph, directions } = knowledge;
  const types = namedTypes(api);

  /** What else the text of a unit, or of one that refers to it, contains. */
  const factsOf = (unit: Unit): unknown => [
    unit.component,
    unit.recursive,
    printers.variants(unit).map((printer) => [printer.direction, printer.nameOf(unit)]),
    VARIANTS.map((direction) => types.nameOf(unit.schema, direction)),
    VARIANTS.map((direction) => directions.affected(direction).has(unit.schema)),
  ];
  const facts = digestOf([
    knowledge.strip,
    knowledge.helpers,
    api.int64,
    [...knowledge.retyped].map(placeOf),
    [...(knowledge.strip || unevaluatedSchemas(graph).length > 0 ? forcedSchemas() : [])],
    knowledge.extended.map(({ schema, property, choices }) => [
      namesOf(schema),
      property,
      [...choices].map(([value, target]) => [value, namesOf(target)]),
    ]),
  ]);

  function placeOf(schema: SchemaObject): string {
    return graph.resources.placeOf(schema).pointer;
  }
  function namesOf(schema: SchemaObject): unknown {
    const unit = units.get(schema);
    return unit === undefined ? placeOf(schema) : factsOf(unit);
  }
  function forcedSchemas(): readonly unknown[] {
    const directed = VARIANTS.map((direction) => printers[direction].shapes);
    return graph.schemas.flatMap((schema) => {
      const forced = directed.map(({ isForced }) => isForced(schema));
      return forced.includes(true) ? [[placeOf(schema), forced]] : [];
    });
  }

  const digests = unitDigests(units, factsOf);
  const digestsOf = (schemas: readonly SchemaObject[]) => schemas.map((schema) => digests.get(schema));
  return {
    ofUnit: (unit) => `${facts} ${digests.get(unit.schema)}`,
    ofOperation: (operation, asked) => {
      const needed = schemasOf(operation).flatMap((schema) =>
        units.has(schema) ? [schema] : neededUnits(schema, units, graph),
      );
      return `${facts} ${exactText([asked, operation, digestsOf(needed)])}`;
    },
  };
}

/** The digest of each unit and of all that it leads to. Those of a cycle have one digest, and their place in it. */
function unitDigests(
  units: ReadonlyMap<SchemaObject, Unit>,
  factsOf: (unit: Unit) => unknown,
): ReadonlyMap<SchemaObject, string> {
  const digests = new Map<SchemaObject, string>();
  const cycles: Unit[][] = [];
  for (const unit of units.values()) {
    const members = cycles[unit.cycle] ?? [];
    cycles[unit.cycle] = members;
    members.push(unit);
  }
  // Units come after their references.
  for (const members of cycles) {
    const places = new Map(members.map(({ schema }, index) => [schema, index]));
    const texts = members.map((unit) =>
      exactText([factsOf(unit), unit.needs.map((target) => places.get(target) ?? digests.get(target)), unit.schema]),
    );
    const digest = sha256(texts.join('\n'), 'base64');
    for (const [index, { schema }] of members.entries()) digests.set(schema, `${digest}${index}`);
  }
  return digests;
}

const schemasOf = ({ parameters, body = [], responses }: Validated): readonly SchemaObject[] =>
  [...parameters, ...body, ...responses.flatMap(({ content, headers }) => [...content, ...headers])]
    .map(({ schema }) => schema)
    .filter(isSchemaObject);
