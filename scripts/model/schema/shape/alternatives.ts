import type { JsonSchema } from '../../types.ts';
import type { Problem } from '../check/check-keywords.ts';
import type { Resources } from '../graph/resources.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';

/** Combinations of alternatives; TypeScript gives up at 100,000. */
const MOST = 50_000;
/** In-place schemas inside each other that are looked into. */
const DEEPEST = 200;
/** Without one of these, an alternative has no type of its own. */
const TYPED = [
  'type',
  'properties',
  'additionalProperties',
  'items',
  'enum',
  'const',
  '$ref',
  'allOf',
  'oneOf',
  'anyOf',
];

/** Parts that all must hold and have alternatives each, so many together that nobody can list the combinations. */
export function createAlternativesCheck({ resolve }: Resources): (schema: SchemaObject) => readonly Problem[] {
  const known = new Map<SchemaObject, number>();

  const countOf = (schema: JsonSchema | undefined, depth = 0): number => {
    if (!isSchemaObject(schema) || depth > DEEPEST) return 1;
    const before = known.get(schema);
    if (before !== undefined) return before;
    // What leads to itself is refused elsewhere.
    known.set(schema, 1);
    const count = partsOf(schema, depth).reduce((product, part) => product * part, 1);
    known.set(schema, count);
    return count;
  };
  /** The alternatives of each part. */
  const partsOf = (schema: SchemaObject, depth: number): readonly number[] => {
    const inner = (part: JsonSchema | undefined): number => countOf(part, depth + 1);
    const parts = list(schema.allOf).map(inner);
    if (typeof schema.$ref === 'string') parts.push(inner(resolve(schema.$ref, schema)));
    for (const options of [list(schema.oneOf), list(schema.anyOf)]) {
      const typed = options.filter(hasType).map(inner);
      const untyped = options.length > typed.length ? 1 : 0;
      if (options.length > 0) parts.push(typed.reduce((sum, count) => sum + count, untyped));
    }
    return parts;
  };

  return (schema) => {
    const parts = partsOf(schema, 0);
    if (parts.some((part) => part > MOST) || parts.reduce((product, part) => product * part, 1) <= MOST) return [];
    return [
      {
        code: 'schema-too-many-alternatives',
        message: `The alternatives of this schema's parts combine in more than ${MOST.toLocaleString('en')} ways.`,
        help: 'Let fewer parts of allOf have alternatives, or join them: one oneOf that lists what is meant.',
      },
    ];
  };
}

const hasType = (schema: JsonSchema): boolean =>
  isSchemaObject(schema) && TYPED.some((keyword) => Object.hasOwn(schema, keyword));

const list = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
