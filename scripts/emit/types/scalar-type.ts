import { isFile } from '../../model/schema/file.ts';
import { isInt64 } from '../../model/schema/int64.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';
import type { Int64 } from '../../model/types.ts';
import { keyword, type TypeExpression } from './expression.ts';

const STRING = keyword('string');
const NUMBER = keyword('number');
/** The type of a file. Clients and servers also accept bytes. */
const FILE = keyword('Blob');

/** The type of `string`, `number` and `integer`. */
export function scalarType(schema: SchemaObject, int64?: Int64): TypeExpression {
  if (schema.type === 'string') return isFile(schema) ? FILE : STRING;
  return int64 !== undefined && isInt64(schema) ? keyword(int64) : NUMBER;
}
