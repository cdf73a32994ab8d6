import { partsOf } from '../values/properties.ts';
import { isSchemaObject, listOf, type Schema, type SchemaObject, type SchemaSource } from '../values/types.ts';

const COMPONENTS = '#/components/schemas/';

/** A union in which the value of a property selects one alternative. */
export type Choices = {
  readonly property: string;
  readonly list: 'oneOf' | 'anyOf';
  readonly byValue: ReadonlyMap<string, Schema>;
};

/**
 * Finds the choices of a union like generated validators. Undefined if an alternative is not a named schema, or if
 * values contradict each other.
 */
export function choicesOf(schema: SchemaObject, source: SchemaSource): Choices | undefined {
  const { discriminator, oneOf, anyOf } = schema;
  const list = Array.isArray(oneOf) ? 'oneOf' : 'anyOf';
  if (!isSchemaObject(discriminator) || (Array.isArray(oneOf) && Array.isArray(anyOf))) return undefined;
  const { propertyName: property, mapping } = discriminator;
  const options = listOf(schema[list]).filter((option) => !isNull(option));
  // With a default, the property may be missing, and only the alternatives decide (OpenAPI 3.2, Discriminator Object).
  if (typeof property !== 'string' || options.length < 2 || discriminator['defaultMapping'] !== undefined)
    return undefined;
  const refs = options.flatMap((option) =>
    isSchemaObject(option) && typeof option['$ref'] === 'string' && option['$ref'].startsWith(COMPONENTS)
      ? [option['$ref']]
      : [],
  );
  if (new Set(refs).size !== options.length) return undefined;
  const byValue = new Map<string, string>();
  for (const [value, target] of Object.entries(isSchemaObject(mapping) ? mapping : {})) {
    const ref = refs.find((each) => each === target || nameOf(each) === target);
    if (ref === undefined) return undefined;
    byValue.set(value, ref);
  }
  const mapped = new Set(byValue.values());
  for (const ref of refs) {
    if (mapped.has(ref)) continue;
    if (byValue.has(nameOf(ref))) return undefined;
    byValue.set(nameOf(ref), ref);
  }
  const isOpen = [...byValue].every(([value, ref]) => !forbids(source, ref, property, value));
  if (!isOpen) return undefined;
  return { property, list, byValue: new Map([...byValue].map(([value, ref]) => [value, { $ref: ref }])) };
}

/** Whether only `null` is valid. */
export const isNull = (schema: Schema): boolean =>
  isSchemaObject(schema) &&
  (schema['type'] === 'null' ||
    schema['const'] === null ||
    (String(schema['enum']) === '' && schema['enum'] !== undefined));

const nameOf = (ref: string): string =>
  decodeURIComponent(ref.slice(COMPONENTS.length)).replaceAll('~1', '/').replaceAll('~0', '~');

/** Whether a schema's own constants or types for the property exclude the value, which is always a text. */
function forbids({ resolve }: SchemaSource, ref: string, property: string, value: string): boolean {
  return partsOf(resolve(ref), resolve).some(({ properties }) => {
    const member = isSchemaObject(properties) ? (properties[property] as Schema | undefined) : undefined;
    return partsOf(member, resolve).some(
      (part) =>
        (part['type'] !== undefined && ![part['type']].flat().includes('string')) ||
        ('const' in part ? part['const'] !== value : Array.isArray(part['enum']) && !part['enum'].includes(value)),
    );
  });
}
