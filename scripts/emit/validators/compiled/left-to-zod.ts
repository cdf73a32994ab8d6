import { isBinary } from '../../../model/schema/file.ts';
import { isInt64 } from '../../../model/schema/int64.ts';
import { INHERITED_NAMES, isSchemaObject, type SchemaObject } from '../../../model/schema/keywords.ts';
import { droppedBy } from '../print-members.ts';
import { type LeftToZod, type Printer, strips } from '../printer.ts';

/**
 * The schemas that only zod can check: those with `unevaluatedProperties` or `unevaluatedItems`, those with dynamic
 * references, 64-bit integers that are not numbers, files, and properties that every JavaScript object inherits, such
 * as `constructor`.
 *
 * @param any the result for no direction: most schemas have the same one in each
 */
export function schemasLeftToZod(printer: Printer, any?: LeftToZod): LeftToZod {
  const { graph, directions, strip } = printer.knowledge;
  const affected = directions.affected(printer.direction);
  if (any !== undefined && !strip && affected.size === 0) return any;
  const isShared = (schema: SchemaObject) => any !== undefined && !strip && !affected.has(schema);
  const own = new Set(
    graph.schemas.filter((schema) => (isShared(schema) ? any?.own.has(schema) : isLeftToZod(schema, printer))),
  );
  return { own, all: graph.leadingTo(own) };
}

function isLeftToZod(schema: SchemaObject, printer: Printer): boolean {
  const { shapes, types } = printer;
  if ('unevaluatedProperties' in schema || 'unevaluatedItems' in schema || shapes.dynamic.has(schema)) return true;
  if (types.int64 !== undefined && isInt64(schema)) return true;
  if (isBinary(schema) && shapes.shapeOf(schema).kind !== 'reference') return true;
  if (hasInheritedName(schema)) return true;
  // Only zod omits properties from a schema whose keywords have no simpler shape.
  return (
    (strips(schema, printer) || droppedBy(schema, printer).length > 0) && shapes.shapeOf(schema).kind === 'general'
  );
}

const NAMING = ['required', 'discriminator', 'properties', 'dependentRequired', 'dependentSchemas'];

/** Whether a schema names a property that every JavaScript object inherits. Most schemas name none. */
const hasInheritedName = (schema: SchemaObject): boolean =>
  NAMING.some((keyword) => keyword in schema) && namesOf(schema).some((name) => INHERITED_NAMES.has(name));

function namesOf(schema: SchemaObject): readonly string[] {
  const { required, discriminator, properties, dependentRequired, dependentSchemas } = schema;
  const tag = isSchemaObject(discriminator) ? [String(discriminator.propertyName)] : [];
  const needed = Object.values(isSchemaObject(dependentRequired) ? dependentRequired : {}).flat();
  return [
    ...(Array.isArray(required) ? required : []),
    ...needed.map(String),
    ...tag,
    ...[properties, dependentRequired, dependentSchemas].flatMap((map) =>
      isSchemaObject(map) ? Object.keys(map) : [],
    ),
  ];
}
