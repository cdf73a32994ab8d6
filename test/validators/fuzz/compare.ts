import fc from 'fast-check';
import type { GeneratedModule } from '../generated-module.ts';
import { ajvFor } from './ajv.ts';
import { type Apart, apartFrom } from './apart.ts';
import { mutate } from './mutate.ts';
import { type Schema, sample } from './sample.ts';

export type Disagreement = {
  readonly component: string;
  readonly value: string;
  readonly ours: boolean;
  readonly ajv: boolean;
};

export type Comparison = {
  readonly components: number;
  readonly values: number;
  readonly valid: number;
  /** Values for which AJV's own code failed. They are not counted. */
  readonly unjudged: number;
  readonly disagreements: readonly Disagreement[];
  /** Values that the compiled check accepted, so that zod was not called. */
  readonly compiled: number;
  /** Values for which the compiled check and zod alone have different verdicts or output. */
  readonly apart: readonly Apart[];
  /** Components with differences that disappear if AJV checks formats as we do. */
  readonly byFormat: readonly string[];
};

/** Checks random and mutated values of each component with our validator and with AJV's. */
export function compare(
  schemas: { readonly [name: string]: Schema },
  module: GeneratedModule,
  constantOf: (component: string) => string,
  options: { readonly runs: number; readonly seed: number },
): Comparison {
  const theirs = ajvFor(schemas, { ownFormats: false });
  let theirsWithOurFormats: typeof theirs | undefined;
  const resolve = (ref: string) => schemas[ref.replace('#/components/schemas/', '')];
  const disagreements: Disagreement[] = [];
  const byFormat = new Set<string>();
  const apart: Apart[] = [];
  let [values, valid, unjudged, compiled] = [0, 0, 0, 0];
  for (const [component, schema] of Object.entries(schemas)) {
    const own = module[constantOf(component)];
    if (own === undefined) throw new Error(`no constant for ${component}`);
    const ajv = theirs(component);
    const drawn = fc.gen().map((draw) => {
      const value = sample(schema, resolve, draw);
      return [value, mutate(value, draw)];
    });
    for (const value of fc.sample(drawn, { numRuns: options.runs, seed: options.seed }).flat()) {
      // Only JSON values, and a separate object for each of the two.
      const text = JSON.stringify(value) ?? 'null';
      const { accepted, isCompiled, found } = apartFrom(component, own, text);
      apart.push(...found);
      if (isCompiled) compiled += 1;
      const judged = ajv(JSON.parse(text));
      if (judged === undefined) {
        unjudged += 1;
        continue;
      }
      values += 1;
      if (accepted) valid += 1;
      if (accepted === judged) continue;
      theirsWithOurFormats ??= ajvFor(schemas, { ownFormats: true });
      if (accepted === theirsWithOurFormats(component)(JSON.parse(text))) byFormat.add(component);
      else disagreements.push({ component, value: text, ours: accepted, ajv: !accepted });
    }
  }
  const components = Object.keys(schemas).length;
  return { components, values, valid, unjudged, compiled, apart, disagreements, byFormat: [...byFormat] };
}
