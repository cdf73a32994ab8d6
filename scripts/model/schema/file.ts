import type { JsonSchema } from '../types.ts';

/** A file: OpenAPI's `type: string, format: binary`, which is no string for who sends or reads it. */
export function isFile(schema: JsonSchema): boolean {
  return typeof schema === 'object' && schema.type === 'string' && isBinary(schema);
}

/** Whether the strings among the values of a schema are files. */
export function isBinary(schema: JsonSchema): boolean {
  if (typeof schema !== 'object') return false;
  // As JSON Schema says it, and FastAPI writes it: bytes that no text encoding holds.
  const isRaw = schema.contentMediaType === 'application/octet-stream' && schema.contentEncoding === undefined;
  return schema.format === 'binary' || isRaw;
}
