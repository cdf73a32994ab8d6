import type { JsonSchema } from '../types.ts';

/** A file: OpenAPI's `type: string, format: binary`, which is no string for who sends or reads it. */
export function isFile(schema: JsonSchema): boolean {
  return typeof schema === 'object' && schema.type === 'string' && isBinary(schema);
}

/** Whether the strings among the values of a schema are files. */
export function isBinary(schema: JsonSchema): boolean {
  return typeof schema === 'object' && schema.format === 'binary';
}
