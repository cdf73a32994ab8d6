import { expect } from 'vitest';
import type { z } from 'zod';
import type { ValidatorOptions } from '../../../scripts/emit/validators/emit-validators.ts';
import type { JsonSchema } from '../../../scripts/model/types.ts';
import { seed } from '../../run/seed.ts';
import { apiOf } from '../fixture.ts';
import type { GeneratedModules } from '../generated-module.ts';
import { apartFrom } from './apart.ts';
import { fc } from './fast-check.ts';
import { mutate } from './mutate.ts';
import { type Schema, sample } from './sample.ts';

type Document = { readonly components?: { readonly schemas?: { readonly [name: string]: unknown } } };
type Content = { readonly mediaType: string; readonly schema: JsonSchema };
type ByType = { readonly [mediaType: string]: z.ZodType };

/**
 * Compares compiled checks with zod alone on every request and response body of a document: verdict, output and issues.
 *
 * @param runs of each body, with two values each
 * @returns the number of values, and how many of them the compiled checks accepted
 */
export async function expectSameOnBodies(
  modules: GeneratedModules,
  document: Document,
  unknownKeys: NonNullable<ValidatorOptions['unknownKeys']>,
  runs: number,
): Promise<{ readonly values: number; readonly compiled: number }> {
  const schemas = document.components?.schemas ?? {};
  const api = apiOf(schemas, document);
  const { validators } = await modules.load(api, { unknownKeys });
  const resolve = (ref: string) => schemas[ref.replace('#/components/schemas/', '')] as Schema | undefined;
  let [values, compiled] = [0, 0];
  const tryAll = (name: string, contents: readonly Content[], byType: ByType | undefined) => {
    for (const { mediaType, schema } of contents) {
      const validator = byType?.[mediaType];
      if (validator === undefined) continue;
      const drawn = fc.gen().map((draw) => {
        const value = sample(schema, resolve, draw);
        return [value, mutate(value, draw)];
      });
      for (const value of fc.sample(drawn, { numRuns: runs, seed }).flat()) {
        const { found, isCompiled } = apartFrom(name, validator, JSON.stringify(value) ?? 'null');
        expect(found).toEqual([]);
        values += 1;
        if (isCompiled) compiled += 1;
      }
    }
  };
  for (const { operationId, body, responses } of api.operations) {
    const own = validators[operationId] as { body?: ByType; responses: { readonly [status: string]: ByType } };
    tryAll(operationId, body?.content ?? [], own.body);
    for (const { status, content } of responses) tryAll(`${operationId} ${status}`, content, own.responses[status]);
  }
  return { values, compiled };
}
