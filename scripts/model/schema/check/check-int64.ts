import type { JsonSchema } from '../../types.ts';
import type { Resources } from '../graph/resources.ts';
import { isInt64 } from '../int64.ts';
import { isSchemaObject, type SchemaObject } from '../keywords.ts';
import { partsOf } from '../parts.ts';
import type { Problem } from './problem.ts';

/** Keywords that may distinguish a string from the digits of an integer. */
const NARROWING = ['const', 'enum', 'pattern', 'format', 'not', 'maxLength', 'contentEncoding'];

/**
 * With `int64: string`, an integer is a string in code. If the schema also accepts strings, digits are sent as a
 * number.
 */
export function int64Problems(schema: SchemaObject, resources: Resources): readonly Problem[] {
  const options = [schema.oneOf, schema.anyOf].filter(Array.isArray).flat() as readonly JsonSchema[];
  const parts = [schema, ...options.flatMap((option) => [...partsOf(option, resources.resolve)])].filter(
    isSchemaObject,
  );
  const isText = (part: SchemaObject) =>
    [part.type].flat().includes('string') && (isInt64(part) || !NARROWING.some((keyword) => keyword in part));
  if (!parts.some(isInt64) || !parts.some(isText)) return [];
  return [
    {
      severity: 'warning',
      code: 'int64-or-text',
      message:
        'This value can be a 64-bit integer or a string. With `int64: string`, a string of digits is sent as a number.',
      help: 'Set `int64: bigint` for the provider, or give the string a `pattern` that no integer matches.',
    },
  ];
}
