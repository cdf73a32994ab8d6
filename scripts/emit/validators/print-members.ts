import { literal } from '../../common/text/literal.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { partsOf } from '../../model/schema/parts.ts';
import { KNOWN_FORMATS } from '../../model/schema/shape/formats.ts';
import type { JsonSchema } from '../../model/types.ts';
import { defaultText } from './default-text.ts';
import { type Entries, listText, objectText, type Printer, patternText } from './printer.ts';

/** The properties that a schema, or a part that applies with it, omits in the printer's direction. */
export function droppedBy(schema: JsonSchema, { knowledge, direction }: Printer): readonly string[] {
  return knowledge.directions.droppedBy(schema, direction);
}

/** Whether a schema, or a part that applies with it, requires one of `names` and does not omit it itself. */
export function asksFor(schema: JsonSchema, names: ReadonlySet<string>, printer: Printer): boolean {
  if (names.size === 0) return false;
  const dropped = droppedBy(schema, printer);
  return [...partsOf(schema, printer.knowledge.graph.resources.resolve)].some(
    ({ required }) => Array.isArray(required) && required.some((name) => names.has(name) && !dropped.includes(name)),
  );
}

/**
 * The keywords of a schema for an object's properties. `format` is here as well, because its helper is imported in the
 * same way.
 *
 * @param ignored properties that this schema, or one that applies with it, omits
 * @param inside prints the schema of a property
 */
export function memberEntries(
  schema: SchemaObject,
  ignored: ReadonlySet<string>,
  printer: Printer,
  inside: (schema: unknown) => string,
): Entries {
  const { shapes } = printer;
  const format = typeof schema.format === 'string' ? KNOWN_FORMATS.get(schema.format) : undefined;
  const named = Object.entries(isSchemaObject(schema.properties) ? schema.properties : {});
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const dropped = named.map(([name]) => name).filter((name) => ignored.has(name));
  const kept = named.filter(([name]) => !ignored.has(name));
  const defaults = kept.flatMap(([name, inner]): Entries => {
    const fallback = isSchema(inner) && !required.includes(name) ? shapes.fallback(inner) : undefined;
    if (fallback === undefined) return [];
    const { int64 } = printer.types;
    const resolve = printer.knowledge.graph.resources.resolve;
    return [[name, int64 ? defaultText(fallback.value, inner, int64, resolve) : literal(fallback.value)]];
  });
  const patterns = Object.entries(isSchemaObject(schema.patternProperties) ? schema.patternProperties : {});
  const needed = required.filter((name) => !ignored.has(String(name)));
  return [
    ...(format === undefined ? [] : [['format', printer.use(format.helper)] as const]),
    ...(kept.length === 0
      ? []
      : [['properties', objectText(kept.map(([name, inner]) => [name, inside(inner)]))] as const]),
    ...(patterns.length === 0
      ? []
      : [
          [
            'patternProperties',
            listText(patterns, (pair) => {
              const [pattern, inner] = pair as [string, unknown];
              return `[${patternText(pattern)}, ${inside(inner)}]`;
            }),
          ] as const,
        ]),
    ...(needed.length === 0 ? [] : [['required', literal(needed)] as const]),
    ...(defaults.length === 0 ? [] : [['defaults', objectText(defaults)] as const]),
    ...(dropped.length === 0 ? [] : [['dropped', literal(dropped)] as const]),
  ];
}
