import { isObject } from '../../common/document/pointer.ts';
import { KEYWORDS } from './keywords.ts';
import { every, type Placed, type Reading, type Spot, type Verdict } from './types.ts';

export type { Placed, Reading } from './types.ts';

/** A schema that refers to itself without a step into the value has no end. */
const DEEPEST = 200;

/** Keywords by which other schemas name properties. */
const COMPOSED: ReadonlySet<string> = new Set(['$ref', 'allOf', 'anyOf', 'if', 'oneOf']);

/** Keywords without an effect on validity. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  '$comment',
  '$defs',
  'contentEncoding',
  'contentMediaType',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
  'xml',
]);

/**
 * Validates a value without compiling its schema, which takes most of the time if a schema has one or two values. The
 * verdict agrees with Ajv's, or is `unknown`, for example for a keyword that is not in `keywords.ts`.
 */
export function verdictOf(value: unknown, placed: Placed, reading: Reading): Verdict {
  const judge = (given: unknown, { schema, base }: Placed, depth: number, closed: boolean, isPart = false): Verdict => {
    if (typeof schema === 'boolean') return schema ? 'valid' : 'invalid';
    if (!isObject(schema) || depth > DEEPEST) return 'unknown';
    const keywords = Object.keys(schema);
    const spot: Spot = {
      value: given,
      schema,
      reading,
      closed: closed || (reading.closed && keywords.some((keyword) => COMPOSED.has(keyword))),
      check: (part, inner) => judge(part, { schema: inner, base }, depth + 1, reading.closed),
      choose: (alternative) => judge(given, { schema: alternative, base }, depth + 1, false),
      combine: (part) => judge(given, { schema: part, base }, depth + 1, false, true),
      follow: (reference) => {
        const target = reading.resolve(reference, base);
        return target === undefined ? 'unknown' : judge(given, target, depth + 1, !isPart && reading.closed);
      },
    };
    return every(keywords, (keyword) => {
      if (ANNOTATIONS.has(keyword) || keyword.startsWith('x-')) return 'valid';
      return KEYWORDS.get(keyword)?.(spot, schema[keyword]) ?? 'unknown';
    });
  };
  return judge(value, placed, 0, reading.closed);
}
