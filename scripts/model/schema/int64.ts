import { isSchemaObject } from './keywords.ts';

/** Whether a schema is of integers of 64 bits, any of them: listed values are exact as they are. */
export function isInt64(schema: unknown): boolean {
  if (!isSchemaObject(schema) || schema.format !== 'int64' || 'const' in schema || Array.isArray(schema.enum))
    return false;
  const { type } = schema;
  return [type].flat().some((each) => each === 'integer' || each === 'number');
}
