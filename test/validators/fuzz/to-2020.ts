type Members = { readonly [keyword: string]: unknown };

/** Converts schemas of OpenAPI 3.0 to 2020-12 for AJV, independently of the generator. */
export function to2020(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(to2020);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'example' || name === 'default' ? inner : to2020(inner),
    ]),
  ) as Members;
  const schema: { [keyword: string]: unknown } = { ...rest };
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (schema[flag] === true) {
      schema[flag] = schema[bound];
      delete schema[bound];
    } else if (schema[flag] === false) delete schema[flag];
  }
  if (typeof nullable === 'object' && nullable !== null) return { ...schema, nullable };
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
