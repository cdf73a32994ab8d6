import { kindOf } from './media-types.ts';

/**
 * The value of an Example Object: `value`, or in OpenAPI 3.2 `dataValue` (the data) or `serializedValue` (the
 * serialized text). JSON is parsed from that text; any other text is the value. Undefined if the document has none.
 * @see https://spec.openapis.org/oas/v3.2.0.html#working-with-examples
 */
export function exampleValue(
  { value, dataValue, serializedValue }: { readonly [field: string]: unknown },
  mediaType: string | undefined,
): unknown {
  if (value !== undefined) return value;
  if (dataValue !== undefined) return dataValue;
  if (typeof serializedValue !== 'string' || mediaType === undefined || kindOf(mediaType) !== 'json')
    return serializedValue;
  try {
    return JSON.parse(serializedValue);
  } catch {
    return undefined;
  }
}
