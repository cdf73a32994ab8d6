import fc from 'fast-check';
import { literal } from '../../../scripts/common/text/literal.ts';
import { variantsOf } from '../../../scripts/emit/validators/context.ts';
import { planValidators } from '../../../scripts/emit/validators/plan.ts';
import type { Direction } from '../../../scripts/model/schema/directions.ts';
import { schemaResources } from '../../../scripts/model/schema/graph/resources.ts';
import type { Api, File, JsonSchema } from '../../../scripts/model/types.ts';
import { type Schema, sample, TooDeep } from '../fuzz/sample.ts';
import type { GeneratedModule } from '../generated-module.ts';

export type Values = { readonly file: File; readonly accepted: number; readonly without: readonly string[] };

const MAPS: { readonly [direction in Direction]: string } = {
  any: 'schemas',
  request: 'requestSchemas',
  response: 'responseSchemas',
};

/**
 * A module of literals, each with its type: random values that the validator of a component accepts, and its output for
 * them. It compiles only if the types allow everything that the validators do.
 */
export function valuesModule(api: Api, module: GeneratedModule, runs: number): Values {
  const { resolve } = schemaResources(api);
  const { units, names, knowledge } = planValidators(api, false);
  const byName = new Map(
    [...units.values()].flatMap((unit) => (unit.component ? [[unit.component, unit] as const] : [])),
  );
  const lines: string[] = [];
  const without: string[] = [];
  let accepted = 0;
  for (const [name, schema] of api.schemas) {
    // JSON has no bytes.
    if (holdsFile(schema, resolve)) continue;
    const unit = byName.get(name);
    const constants: readonly (readonly [Direction, string])[] =
      unit === undefined
        ? [['any', names.ofComponent(name)]]
        : variantsOf(unit, knowledge).map((direction) => [direction, names.ofUnit(unit, direction)] as const);
    let found = 0;
    for (const value of drawn(schema, (ref) => resolve(ref, schema) as Schema | undefined, runs)) {
      for (const [direction, constant] of constants) {
        const result = module[constant]?.safeParse(structuredClone(value));
        if (result?.success !== true) continue;
        found += 1;
        const type = `components['${MAPS[direction]}'][${literal(name)}]`;
        // A property that is removed in a direction cannot be given there.
        if (direction === 'any') lines.push(`check<${type}>(${literal(value)});`);
        lines.push(`check<${type}>(${literal(result.data)});`);
      }
    }
    if (found === 0) without.push(name);
    accepted += found;
  }
  const text = `import type { components } from './types.ts';
function check<Type>(value: Type): void { void value; }
${[...new Set(lines)].join('\n')}
export {};
`;
  return { file: { path: 'src/values.ts', text }, accepted, without };
}

function drawn(schema: JsonSchema, resolve: (ref: string) => Schema | undefined, runs: number): readonly unknown[] {
  const values = fc.gen().map((draw): unknown => {
    try {
      return sample(schema as Schema, resolve, draw, false);
    } catch (error) {
      if (error instanceof TooDeep) return error;
      throw error;
    }
  });
  return fc
    .sample(values, { numRuns: runs, seed: 20261129 })
    .filter((value) => !(value instanceof TooDeep))
    .map((value) => JSON.parse(JSON.stringify(value) ?? 'null'));
}

/** Whether a schema's values may include a file, also behind a reference. */
function holdsFile(schema: JsonSchema, resolve: (ref: string, from: JsonSchema) => JsonSchema | undefined): boolean {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    const { format, $ref } = next as { readonly format?: unknown; readonly $ref?: unknown };
    if (format === 'binary') return true;
    if (typeof $ref === 'string') waiting.push(resolve($ref, next as JsonSchema));
    waiting.push(...Object.values(next));
  }
  return false;
}
