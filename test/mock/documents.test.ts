import { describe, expect, test } from 'vitest';
import { createValidators } from '../../runtime/mock/validators.ts';
import { buildApi } from '../../scripts/model/index.ts';
import { expandWith } from '../expand/expand-with.ts';
import { DOCUMENTS, type Given } from '../validators/documents/kinds.ts';

/** The validators that the mock compiles from a document without a generated package. */
async function validatorOf({ openapi = '3.1.0', schemas }: Given) {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S' } } };
  const paths = { '/s': { get: { operationId: 'get', responses: { 200: { description: 'ok', content } } } } };
  const text = JSON.stringify({ openapi, info: { title: 'T', version: '1' }, paths, components: { schemas } });
  const { document } = buildApi(await expandWith({ 'openapi.yaml': text }), 'other');
  return createValidators(document, 'response').at('/components/schemas/S');
}

describe.each(Object.entries(DOCUMENTS))('the mock validates like the generated package: %s', (_, variants) => {
  test.each(Object.entries(variants))('%s', async (_what, given) => {
    const validator = await validatorOf(given);
    const judged = (values: readonly unknown[]) =>
      values.map((value) => {
        const result = validator['~standard'].validate(value);
        return [value, 'issues' in result ? result.issues === undefined : true];
      });
    expect(judged(given.accepted)).toEqual(given.accepted.map((value) => [value, true]));
    expect(judged(given.refused)).toEqual(given.refused.map((value) => [value, false]));
  });
});
