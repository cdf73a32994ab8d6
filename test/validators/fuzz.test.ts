import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, describe, expect, test } from 'vitest';
import { checkSchemas } from '../../scripts/emit/validators/index.ts';
import { planValidators } from '../../scripts/emit/validators/plan.ts';
import { apiOf } from './fixture.ts';
import { compare } from './fuzz/compare.ts';
import { EXPLAINED } from './fuzz/disagreements.ts';
import { fc } from './fuzz/fast-check.ts';
import { randomSchema } from './fuzz/random-schema.ts';
import type { Schema } from './fuzz/sample.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

type Schemas = { readonly [name: string]: Schema };

async function compareDocument(file: string | URL, runs: number) {
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly components: { readonly schemas: Schemas };
  };
  const api = apiOf(components.schemas, { components });
  const { names } = planValidators(api, false);
  const result = compare(components.schemas, await modules.load(api), names.ofComponent, { runs, seed: 20260721 });
  return { ...result, schemas: components.schemas };
}

/** Components that differ by a format must use one whose difference is explained. */
function unexplained(components: readonly string[], schemas: Schemas): readonly string[] {
  return components.filter(
    (name) => !EXPLAINED.some(({ format }) => JSON.stringify(schemas[name]).includes(`"${format}"`)),
  );
}

describe('we and AJV agree on drawn and mutated values', () => {
  test.each(['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'])(
    '%s',
    async (provider) => {
      const file = new URL(`../../generated/${provider}/openapi.json`, import.meta.url);
      const { values, valid, disagreements, byFormat, schemas } = await compareDocument(file, 100);
      expect(disagreements).toEqual([]);
      expect(unexplained(byFormat, schemas)).toEqual([]);
      // A comparison of refusals alone would prove little.
      expect(valid).toBeGreaterThan(values / 10);
    },
    120_000,
  );

  test('GitHub’s document, 969 components', async () => {
    const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
    const { components, values, valid, disagreements, byFormat, schemas } = await compareDocument(file, 2);
    expect(components).toBeGreaterThan(900);
    expect(disagreements).toEqual([]);
    expect(unexplained(byFormat, schemas)).toEqual([]);
    expect(valid).toBeGreaterThan(values / 10);
  });

  test('documents of random schemas', async () => {
    const drawn = fc.gen().map((draw): Schemas => {
      const schema = (depth: number) => randomSchema(draw, depth) as Schema;
      return { A: schema(3), B: schema(3), C: schema(2), D: schema(4) };
    });
    let [documents, values] = [0, 0];
    for (const schemas of fc.sample(drawn, { numRuns: 600, seed: 20260721 })) {
      const api = apiOf(schemas);
      // A reference that leads to itself for the same value is refused.
      if (checkSchemas(api).some(({ severity }) => severity === 'error')) continue;
      const result = compare(schemas, await modules.load(api), (name) => name, { runs: 10, seed: 1 });
      expect(result.disagreements, JSON.stringify(schemas)).toEqual([]);
      documents += 1;
      values += result.values;
    }
    expect(documents).toBeGreaterThan(150);
    expect(values).toBeGreaterThan(10_000);
  });
});
