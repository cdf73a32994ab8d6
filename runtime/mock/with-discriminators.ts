import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, listOf, type SchemaObject } from '../values/types.ts';
import { type Choices, choicesOf, isNull } from './choices.ts';

/**
 * Copies a document so that JSON Schema keywords express discriminators: the value of the property selects one
 * alternative, and all others are ignored (OpenAPI 3.1.1, section 4.8.25). Unchanged parts are shared.
 */
export function withDiscriminators(document: object): object {
  if (!JSON.stringify(document).includes('"discriminator"')) return document;
  const source = createSchemaSource(document);
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isSchemaObject(value)) return value;
    const copied = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
    const choices = choicesOf(value, source);
    return choices ? choosing(copied, choices) : copied;
  };
  return copy(document) as object;
}

/** Writes the union of a schema as conditions, so that only the selected alternative is checked. */
function choosing(schema: SchemaObject, { property, list, byValue }: Choices): SchemaObject {
  const { [list]: options, discriminator: _, ...rest } = schema;
  const chosen = {
    type: 'object',
    required: [property],
    properties: { [property]: { enum: [...byValue.keys()] } },
    allOf: [...Map.groupBy(byValue.keys(), (value) => byValue.get(value) ?? true)].map(([option, values]) => ({
      if: { required: [property], properties: { [property]: { enum: values } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: option,
    })),
  };
  const nulls = listOf(options).filter(isNull);
  const choice = nulls.length > 0 ? { anyOf: [...nulls, chosen] } : chosen;
  return { ...rest, allOf: [...listOf(rest['allOf']), choice] };
}
