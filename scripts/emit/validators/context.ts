import type { Direction, Directions } from '../../model/schema/directions.ts';
import { discriminatorChoices } from '../../model/schema/discriminator.ts';
import type { Extended } from '../../model/schema/extended.ts';
import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { fallbackOf } from '../../model/schema/shape/fallback.ts';
import type { Shape, ShapeContext } from '../../model/schema/shape/shape.ts';
import { shapeOf } from '../../model/schema/shape/shape-of.ts';
import type { JsonSchema } from '../../model/types.ts';
import { needsDynamicScope, unevaluatedSchemas } from './needs.ts';
import type { Unit } from './units.ts';

/** The properties of a contract that affect how validators are printed. */
export type Knowledge = {
  readonly graph: SchemaGraph;
  readonly directions: Directions;
  readonly units: ReadonlyMap<SchemaObject, Unit>;
  readonly strip: boolean;
  /** Helpers of the runtime that replace others, by configuration. */
  readonly helpers: { readonly [helper: string]: string };
  /** Schemas for which TypeScript needs an explicit type. */
  readonly retyped: ReadonlySet<SchemaObject>;
  readonly extended: readonly Extended[];
  /** Schemas with 64-bit integers as text below them: a value may also match an alternative of texts. */
  readonly ambiguous: ReadonlySet<SchemaObject>;
};

/** The directions of a unit's constants: one for the schema itself, and each in which it differs. */
export const variantsOf = ({ schema }: Unit, { directions }: Knowledge): readonly Direction[] => [
  'any',
  ...(['request', 'response'] as const).filter((direction) => directions.hasVariant(schema, direction)),
];

/** Shapes for one direction, each computed once. */
export type Shapes = Pick<ShapeContext, 'shapeOf' | 'isForced' | 'isDropped' | 'transforms' | 'fallback'> & {
  readonly dynamic: ReadonlySet<SchemaObject>;
  /** Schemas that lead to a property with a default. */
  readonly filling: ReadonlySet<SchemaObject>;
};

/**
 * The shapes of schemas in one direction.
 *
 * @param any the shapes for no direction: most schemas have the same shape in each
 */
export function shapesFor(direction: Direction, knowledge: Knowledge, any?: Shapes): Shapes {
  const { graph, directions, units, strip } = knowledge;
  const { resolve } = graph.resources;
  const affected = directions.affected(direction);
  const isDropped = (schema: JsonSchema) => directions.isDropped(schema, direction);
  const fallback = any?.fallback ?? ((schema: JsonSchema) => fallbackOf(schema, resolve));
  const filling =
    any?.filling ??
    graph.leadingTo(
      new Set(graph.schemas.filter((schema) => members(schema).some((member) => fallback(member) !== undefined))),
    );
  const dynamic = any?.dynamic ?? needsDynamicScope(graph);
  // A schema that is not affected leads to none that is. With `strip`, the parts of all compositions count.
  const same = strip ? undefined : any;
  const isShared = (schema: JsonSchema) => !isSchemaObject(schema) || (graph.has(schema) && !affected.has(schema));

  const build = (
    forced: ReadonlySet<SchemaObject>,
  ): ShapeContext & { readonly shapeOf: (schema: JsonSchema) => Shape } => {
    const known = new Map<JsonSchema, Shape>();
    const context: ShapeContext = {
      resolve,
      isForced: (schema) => isSchemaObject(schema) && forced.has(schema),
      transforms: (schema) => strip || (isSchemaObject(schema) && (affected.has(schema) || filling.has(schema))),
      isDropped,
      fallback,
      isObjectConstant: (schema) => {
        const unit = isSchemaObject(schema) ? units.get(schema) : undefined;
        return !(unit?.recursive === true || (isSchemaObject(schema) && knowledge.retyped.has(schema)));
      },
      discriminates: (schema) => discriminatorChoices(schema, graph.resources) instanceof Map,
      shapeOf: (schema) => {
        if (same !== undefined && isShared(schema)) return same.shapeOf(schema);
        const shape = known.get(schema);
        if (shape !== undefined) return shape;
        // A schema that is needed while it is being computed is recursive, which zod has no plain notation for.
        known.set(schema, { kind: 'general' });
        const result = shapeOf(schema, context);
        known.set(schema, result);
        return result;
      },
    };
    // Units come after their references, so that long chains of references need no deep recursion.
    for (const unit of units.values()) context.shapeOf(unit.schema);
    return context;
  };

  const forced = new Set([...graph.inPlaceFrom(unevaluatedSchemas(graph)), ...dynamic]);
  const context = build(forced);
  if (!strip) return { ...context, dynamic, filling };
  // Stripping needs the result of all parts of a composed object.
  const general = graph.schemas.filter((schema) => context.shapeOf(schema).kind === 'general');
  return { ...build(new Set([...forced, ...graph.inPlaceFrom(general)])), dynamic, filling };
}

function members(schema: SchemaObject): readonly JsonSchema[] {
  return isSchemaObject(schema.properties) ? (Object.values(schema.properties) as JsonSchema[]) : [];
}
