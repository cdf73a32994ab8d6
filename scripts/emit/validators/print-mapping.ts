import { literal } from '../../common/text/literal.ts';
import { discriminatorChoices } from '../../model/schema/discriminator.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { JsonSchema } from '../../model/types.ts';
import { isLater, objectText, type Printer, unitOf } from './printer.ts';

/** `discriminator` as data; undefined if it cannot select an alternative. */
export function printMapping(schema: SchemaObject, printer: Printer): string | undefined {
  const choices = discriminatorChoices(schema, printer.knowledge.graph.resources);
  if (!(choices instanceof Map) || !isSchemaObject(schema.discriminator)) return undefined;
  const entries = [...choices].map(([value, target]) => [value, nameText(target, printer)] as const);
  return `{ propertyName: ${literal(schema.discriminator.propertyName)}, mapping: ${objectText(entries)} }`;
}

function nameText(schema: JsonSchema, printer: Printer): string {
  const unit = unitOf(schema, printer);
  if (unit === undefined) return 'false';
  return isLater(unit, printer) ? `() => ${printer.nameOf(unit)}` : printer.nameOf(unit);
}
