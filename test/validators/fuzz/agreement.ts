import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { checkSchemas } from '../../../scripts/emit/validators/emit-validators.ts';
import { planValidators } from '../../../scripts/emit/validators/plan.ts';
import { seed } from '../../run/seed.ts';
import { apiOf } from '../fixture.ts';
import type { GeneratedModules } from '../generated-module.ts';
import { compare } from './compare.ts';
import { EXPLAINED } from './disagreements.ts';
import { fc } from './fast-check.ts';
import { randomSchema } from './random-schema.ts';
import type { Schema } from './sample.ts';

type Schemas = { readonly [name: string]: Schema };

export const PROVIDERS = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'] as const;

export const documentOf = (provider: string): URL =>
  new URL(`../../../generated/${provider}/openapi.json`, import.meta.url);

/**
 * Compares our validators of a document with AJV's, on random and mutated values.
 *
 * @param runs of each component, with two values each
 * @returns the number of components
 */
export async function expectAgreement(modules: GeneratedModules, file: string | URL, runs: number): Promise<number> {
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly components: { readonly schemas: Schemas };
  };
  const api = apiOf(components.schemas, { components });
  const { names } = planValidators(api, false);
  const found = compare(components.schemas, await modules.load(api), names.ofComponent, { runs, seed });
  expect(found.disagreements).toEqual([]);
  expect(found.apart, 'compiled checks and zod').toEqual([]);
  expect(found.compiled, 'values that compiled checks took').toBeGreaterThan(found.valid / 3);
  expect(unexplained(found.byFormat, components.schemas)).toEqual([]);
  // A comparison of only rejections would prove little.
  expect(found.valid).toBeGreaterThan(found.values / 10);
  return found.components;
}

/** Components that differ by a format must use one whose difference is explained. */
function unexplained(components: readonly string[], schemas: Schemas): readonly string[] {
  return components.filter(
    (name) => !EXPLAINED.some(({ format }) => JSON.stringify(schemas[name]).includes(`"${format}"`)),
  );
}

/** The same for a number of documents of four random schemas. */
export async function expectAgreementOnRandom(modules: GeneratedModules, count: number): Promise<void> {
  const drawn = fc.gen().map((draw): Schemas => {
    const schema = (depth: number) => randomSchema(draw, depth) as Schema;
    return { A: schema(3), B: schema(3), C: schema(2), D: schema(4) };
  });
  let [documents, values, unjudged] = [0, 0, 0];
  for (const schemas of fc.sample(drawn, { numRuns: 20 * count, seed })) {
    if (documents === count) break;
    const api = apiOf(schemas);
    // A reference that leads to itself for the same value is rejected.
    if (checkSchemas(api).some(({ severity }) => severity === 'error')) continue;
    // Omitting it does not change a verdict, and compiled checks must support it.
    const unknownKeys = documents % 2 === 0 ? 'passthrough' : 'strip';
    const result = compare(schemas, await modules.load(api, { unknownKeys }), (name) => name, { runs: 10, seed });
    expect(result.disagreements, JSON.stringify(schemas)).toEqual([]);
    expect(result.apart, JSON.stringify(schemas)).toEqual([]);
    documents += 1;
    values += result.values;
    unjudged += result.unjudged;
  }
  expect(unjudged, 'what AJV fails on is the exception').toBeLessThan(values / 20);
  expect(documents).toBe(count);
  expect(values).toBeGreaterThan(count * 60);
}
