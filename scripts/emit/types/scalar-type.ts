import { isFile } from '../../model/schema/file.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';
import { keyword, type TypeExpression } from './expression.ts';

const STRING = keyword('string');
const NUMBER = keyword('number');
/** What a file is; clients and servers take bytes besides. */
const FILE = keyword('Blob');

/** The type of `string`, `number` and `integer`. */
export function scalarType(schema: SchemaObject): TypeExpression {
  if (schema.type === 'string') return isFile(schema) ? FILE : STRING;
  return NUMBER;
}
