import { isSchemaObject } from './keywords.ts';

/**
 * Whether a schema accepts any 64-bit integer. A schema with listed values does not count, because its values are exact
 * numbers.
 */
export function isInt64(schema: unknown): boolean {
  if (!isSchemaObject(schema) || schema.format !== 'int64' || 'const' in schema || Array.isArray(schema.enum))
    return false;
  const { type } = schema;
  return [type].flat().some((each) => each === 'integer' || each === 'number');
}
