import { literal } from '../../literal.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { JsonSchema } from '../../model/types.ts';
import { isLater, objectText, type Printer, unitOf } from './printer.ts';

/** `discriminator` as data; undefined where an alternative has no value, or two have the same. */
export function printMapping(schema: SchemaObject, options: readonly unknown[], printer: Printer): string | undefined {
  const { resolve } = printer.knowledge.graph.resources;
  const { discriminator } = schema;
  if (!isSchemaObject(discriminator)) return undefined;
  const targets = new Map<JsonSchema, string>();
  for (const option of options) {
    const ref = isSchemaObject(option) ? option.$ref : undefined;
    const target = typeof ref === 'string' ? resolve(ref, schema) : undefined;
    const unit = target === undefined ? undefined : unitOf(target, printer);
    if (target === undefined || unit?.component === undefined) return undefined;
    targets.set(target, unit.component);
  }
  const byValue = new Map<string, JsonSchema>();
  const mapped = new Set<JsonSchema>();
  const { mapping } = discriminator;
  for (const [value, ref] of Object.entries(isSchemaObject(mapping) ? mapping : {})) {
    const target = typeof ref === 'string' ? mappedSchema(ref, targets, schema, resolve) : undefined;
    if (target === undefined || !targets.has(target)) continue;
    byValue.set(value, target);
    mapped.add(target);
  }
  for (const [target, component] of targets) {
    if (mapped.has(target)) continue;
    if (byValue.has(component)) return undefined;
    byValue.set(component, target);
  }
  const entries = [...byValue].map(([value, target]) => [value, nameText(target, printer)] as const);
  return `{ propertyName: ${literal(discriminator.propertyName)}, mapping: ${objectText(entries)} }`;
}

/** A mapping's value is the name of a component or a reference (OpenAPI 3.1, 4.8.25). */
function mappedSchema(
  ref: string,
  targets: ReadonlyMap<JsonSchema, string>,
  schema: SchemaObject,
  resolve: (ref: string, from: JsonSchema) => JsonSchema | undefined,
): JsonSchema | undefined {
  for (const [target, component] of targets) if (component === ref) return target;
  return resolve(ref, schema);
}

function nameText(schema: JsonSchema, printer: Printer): string {
  const unit = unitOf(schema, printer);
  if (unit === undefined) return 'false';
  return isLater(unit, printer) ? `() => ${printer.nameOf(unit)}` : printer.nameOf(unit);
}
