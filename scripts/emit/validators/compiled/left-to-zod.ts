import { isBinary } from '../../../model/schema/file.ts';
import { isInt64 } from '../../../model/schema/int64.ts';
import { INHERITED_NAMES, isSchemaObject, type SchemaObject } from '../../../model/schema/keywords.ts';
import { droppedBy } from '../print-members.ts';
import { type Printer, strips } from '../printer.ts';

/**
 * The schemas that zod alone decides, with all that lead to one: what asks which properties others have evaluated, what
 * depends on how it was reached, values that JSON does not have, and names that every object has.
 */
export function schemasLeftToZod(printer: Printer): ReadonlySet<SchemaObject> {
  const { graph } = printer.knowledge;
  return graph.leadingTo(new Set(graph.schemas.filter((schema) => isLeftToZod(schema, printer))));
}

function isLeftToZod(schema: SchemaObject, printer: Printer): boolean {
  const { shapes, types } = printer;
  if ('unevaluatedProperties' in schema || 'unevaluatedItems' in schema || shapes.dynamic.has(schema)) return true;
  if (types.int64 !== undefined && isInt64(schema)) return true;
  if (isBinary(schema) && shapes.shapeOf(schema).kind !== 'reference') return true;
  if (namesOf(schema).some((name) => INHERITED_NAMES.has(name))) return true;
  // What is left out beside other parts is known to zod's way alone.
  return (
    shapes.shapeOf(schema).kind === 'general' && (strips(schema, printer) || droppedBy(schema, printer).length > 0)
  );
}

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
