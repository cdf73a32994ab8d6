import type { JsonSchema } from '../types.ts';

/** A file: OpenAPI's `type: string, format: binary`, which is not a string for its sender and reader. */
export function isFile(schema: JsonSchema): boolean {
  return typeof schema === 'object' && schema.type === 'string' && isBinary(schema);
}

/** Whether the strings among the values of a schema are files. */
export function isBinary(schema: JsonSchema): boolean {
  if (typeof schema !== 'object') return false;
  // As JSON Schema defines and FastAPI writes it: bytes without a text encoding.
  const isRaw = schema.contentMediaType === 'application/octet-stream' && schema.contentEncoding === undefined;
  return schema.format === 'binary' || isRaw;
}
