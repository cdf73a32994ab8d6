import type { SchemaObject } from '../keywords.ts';
import { knownFormat } from './formats.ts';
import type { NumberBounds, Shape } from './shape.ts';

const OF_STRING = new Set(['minLength', 'maxLength', 'pattern', 'format']);
const BOUNDS = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'] as const;

/** The shape of `type: string`. `keywords` are the relevant ones. */
export function stringShape(schema: SchemaObject, keywords: ReadonlySet<string>): Shape {
  if ([...keywords].some((keyword) => !OF_STRING.has(keyword))) return { kind: 'general' };
  const { minLength, maxLength, pattern, format } = schema;
  return {
    kind: 'string',
    min: typeof minLength === 'number' ? minLength : 0,
    max: typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY,
    ...(typeof pattern === 'string' ? { pattern } : {}),
    ...(typeof format === 'string' && knownFormat(format, 'string') !== undefined ? { format } : {}),
  };
}

/** The shape of `type: number` or `integer`. `keywords` are the relevant ones. */
export function numberShape(schema: SchemaObject, integer: boolean, keywords: ReadonlySet<string>): Shape {
  const given = BOUNDS.filter((bound) => keywords.has(bound));
  if (keywords.size !== given.length + (keywords.has('format') ? 1 : 0)) return { kind: 'general' };
  const bounds: NumberBounds = Object.fromEntries(given.map((bound) => [bound, schema[bound]]));
  const { format } = schema;
  return {
    kind: 'number',
    integer,
    bounds,
    ...(typeof format === 'string' && knownFormat(format, 'number') !== undefined ? { format } : {}),
  };
}
