import { fc } from './fast-check.ts';
import type { Draw } from './sample.ts';

const NAMES = ['a', 'b', 'kind', 'x-1'] as const;
const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'] as const;
const VALUES = [null, true, 0, 1, 1.5, '', 'a', 'text', [1, 'a'], { a: 1 }, []] as const;

/**
 * A schema of 2020-12's keywords, with references to the components `A`, `B` and `C`. Without the unevaluated ones:
 * there AJV cannot be the reference (it is wrong in 12 of the official tests, see bench/json-schema.md).
 */
export function randomSchema(draw: Draw, depth: number): unknown {
  const chance = (percent: number) => draw(fc.integer, { min: 0, max: 99 }) < percent;
  const pick = <Value>(values: readonly Value[]): Value => draw(fc.constantFrom, ...values);
  const inner = () => randomSchema(draw, depth - 1);
  const some = (make: () => unknown) => Array.from({ length: draw(fc.integer, { min: 1, max: 3 }) }, make);
  const map = (make: () => unknown) => Object.fromEntries(NAMES.filter(() => chance(40)).map((name) => [name, make()]));
  const count = () => draw(fc.integer, { min: 0, max: 3 });

  if (depth <= 0) return pick([true, {}, { type: pick(TYPES) }, { const: pick(VALUES) }, { minimum: 1 }]);
  if (chance(4)) return chance(50);
  const schema: { [keyword: string]: unknown } = {};
  const maybe = (percent: number, keyword: string, make: () => unknown) => {
    if (chance(percent)) schema[keyword] = make();
  };
  if (depth < 3 && chance(15)) {
    schema.$ref = `#/components/schemas/${pick(['A', 'B', 'C'])}`;
    if (chance(70)) return schema;
  }
  maybe(65, 'type', () => (chance(75) ? pick(TYPES) : [...new Set([pick(TYPES), pick(TYPES)])]));
  const is = (type: string) => schema.type === type || (schema.type === undefined && chance(15));
  if (is('string')) {
    maybe(30, 'minLength', count);
    maybe(30, 'maxLength', count);
    maybe(20, 'pattern', () => pick(['^a', 't$', '^.{2}$']));
  }
  if (is('number') || is('integer')) {
    maybe(25, 'minimum', count);
    maybe(25, 'exclusiveMaximum', count);
    maybe(15, 'multipleOf', () => pick([1, 2, 0.5]));
  }
  if (is('array')) {
    maybe(50, 'items', inner);
    maybe(20, 'prefixItems', () => some(inner));
    maybe(20, 'minItems', count);
    maybe(20, 'maxItems', count);
    maybe(15, 'uniqueItems', () => true);
    // AJV accepts an empty array if prefixItems is beside contains.
    if (schema.prefixItems === undefined) maybe(15, 'contains', inner);
  }
  if (is('object')) {
    maybe(80, 'properties', () => map(inner));
    maybe(50, 'required', () => NAMES.filter(() => chance(30)));
    maybe(30, 'additionalProperties', () => (chance(60) ? false : inner()));
    maybe(15, 'patternProperties', () => ({ '^x-': inner() }));
    maybe(10, 'minProperties', count);
    maybe(10, 'propertyNames', () => ({ maxLength: 3 }));
    maybe(10, 'dependentRequired', () => ({ a: ['b'] }));
    maybe(10, 'dependentSchemas', () => map(inner));
  }
  maybe(8, 'enum', () => some(() => pick(VALUES)));
  maybe(15, 'allOf', () => some(inner));
  maybe(12, 'anyOf', () => some(inner));
  maybe(12, 'oneOf', () => some(inner));
  maybe(6, 'not', inner);
  maybe(10, 'default', () => pick(VALUES));
  if (chance(6)) for (const keyword of ['if', 'then', 'else']) schema[keyword] = inner();
  return schema;
}
