import { describe, expect, it } from 'vitest';
import { createValueMaker } from '../../runtime/values/index.ts';

const LEVELS = 10;
const ref = (level: number) => ({ $ref: `#/components/schemas/L${level}` });
const four = <Value>(value: Value): readonly Value[] => [value, value, value, value];
const named = (value: object) => Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, value]));

const conditional = (condition: object, then: object) => ({ if: condition, then, else: then });

/** A schema that refers to the next one four times. Expanded, ten levels of them have a million nodes. */
const FANS: Readonly<Record<string, (below: object) => object>> = {
  properties: (below) => ({ type: 'object', properties: named(below) }),
  'required properties': (below) => ({ type: 'object', required: ['a', 'b', 'c', 'd'], properties: named(below) }),
  'items of four lists': (below) => ({ type: 'object', properties: named({ type: 'array', items: below }) }),
  'items, four at least': (below) => ({ type: 'array', items: below, minItems: 4 }),
  prefixItems: (below) => ({ type: 'array', prefixItems: four(below), minItems: 4 }),
  additionalProperties: (below) => ({ type: 'object', additionalProperties: below, minProperties: 4 }),
  patternProperties: (below) => ({ type: 'object', patternProperties: { '^[a-z]$': below }, minProperties: 4 }),
  allOf: (below) => ({ allOf: four(below), properties: named(below) }),
  oneOf: (below) => ({ oneOf: four({ type: 'object', properties: named(below) }) }),
  anyOf: (below) => ({ anyOf: four({ type: 'object', properties: named(below) }) }),
  'if, then and else': (below) => conditional(below, { properties: named(below) }),
  not: (below) => ({ type: 'object', properties: named(below), not: below }),
};

const sizeOf = (value: unknown, most: number): number => {
  let count = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && count <= most) {
    count += 1;
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
  return count;
};

/** Nodes of a value that can omit properties. */
const MOST = 20_000;
const SMALL: ReadonlySet<string> = new Set([
  'properties',
  'items of four lists',
  'allOf',
  'oneOf',
  'anyOf',
  'if, then and else',
  'not',
]);

describe('ten levels with four references each', () => {
  it.each(Object.entries(FANS))('%s: the value has a bounded size', (name, fan) => {
    const schemas = Object.fromEntries(
      Array.from({ length: LEVELS }, (_, level) => [
        `L${level}`,
        level === 0 ? { type: 'object', properties: { end: { type: 'string' } } } : fan(ref(level - 1)),
      ]),
    );
    const make = createValueMaker({ components: { schemas } });
    let checks = 0;
    for (const seed of [undefined, '1']) {
      const isValid = (): boolean => {
        checks += 1;
        return false;
      };
      const { value } = make({ schema: ref(LEVELS - 1), direction: 'response', seed, isValid, attempts: 6 });
      expect(value).toBeDefined();
    }
    expect(checks).toBeLessThan(100);
    // A schema that requires four of each has no smaller value.
    if (SMALL.has(name))
      expect(sizeOf(make({ schema: ref(LEVELS - 1), direction: 'response' }).value, MOST)).toBeLessThan(MOST);
  });
});
