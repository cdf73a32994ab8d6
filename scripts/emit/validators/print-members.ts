import { literal } from '../../literal.ts';
import { KNOWN_FORMATS } from '../../model/schema/formats.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { type Entries, insideText, listText } from './print-node.ts';
import { objectText, type Printer, patternText } from './printer.ts';

/** What a schema says of an object's members (and its format, whose helper is imported like theirs). */
export function memberEntries(schema: SchemaObject, printer: Printer): Entries {
  const { shapes } = printer;
  const format = typeof schema.format === 'string' ? KNOWN_FORMATS.get(schema.format) : undefined;
  const named = Object.entries(isSchemaObject(schema.properties) ? schema.properties : {});
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const dropped = named.flatMap(([name, inner]) => (isSchema(inner) && shapes.isDropped(inner) ? [name] : []));
  const kept = named.filter(([name]) => !dropped.includes(name));
  const defaults = kept.flatMap(([name, inner]): Entries => {
    const fallback = isSchema(inner) && !required.includes(name) ? shapes.fallback(inner) : undefined;
    return fallback === undefined ? [] : [[name, literal(fallback.value)]];
  });
  const patterns = Object.entries(isSchemaObject(schema.patternProperties) ? schema.patternProperties : {});
  const needed = required.filter((name) => !dropped.includes(String(name)));
  return [
    ...(format === undefined ? [] : [['format', printer.use(format.helper)] as const]),
    ...(kept.length === 0
      ? []
      : [['properties', objectText(kept.map(([name, inner]) => [name, insideText(inner, printer)]))] as const]),
    ...(patterns.length === 0
      ? []
      : [
          [
            'patternProperties',
            listText(patterns, (pair) => {
              const [pattern, inner] = pair as [string, unknown];
              return `[${patternText(pattern)}, ${insideText(inner, printer)}]`;
            }),
          ] as const,
        ]),
    ...(needed.length === 0 ? [] : [['required', literal(needed)] as const]),
    ...(defaults.length === 0 ? [] : [['defaults', objectText(defaults)] as const]),
    ...(dropped.length === 0 ? [] : [['dropped', literal(dropped)] as const]),
  ];
}
