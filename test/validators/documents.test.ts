import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { checkSchemas, emitTypeTests, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, File } from '../../scripts/model/types.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { expandWith } from '../expand/expand-with.ts';
import { isDeep } from '../run/deep.ts';
import { DOCUMENTS, type Given } from './documents/kinds.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
const folder = mkdtempSync(join(tmpdir(), 'countersign-documents-'));
afterAll(() => {
  modules.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function apiOfDocument({ openapi = '3.1.0', schemas }: Given): Promise<Api> {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S' } } };
  const paths = {
    '/s': { put: { operationId: 'put', requestBody: { content }, responses: { 200: { description: 'ok', content } } } },
  };
  const info = { title: 'T', version: '1' };
  return buildApi(
    await expandWith({ 'openapi.yaml': JSON.stringify({ openapi, info, paths, components: { schemas } }) }),
    'other',
  );
}

const packages: { [name: string]: readonly File[] } = {};

describe.each(Object.entries(DOCUMENTS))('%s', (kind, variants) => {
  test.each(Object.entries(variants))('%s', async (what, given) => {
    const api = await apiOfDocument(given);
    expect(checkSchemas(api).filter(({ severity }) => severity === 'error')).toEqual([]);
    const { S } = await modules.load(api);
    const judged = (values: readonly unknown[]) => values.map((value) => [value, S?.safeParse(value).success]);
    expect(judged(given.accepted)).toEqual(given.accepted.map((value) => [value, true]));
    expect(judged(given.refused)).toEqual(given.refused.map((value) => [value, false]));
    const values = given.accepted.map(
      (value) => `void (${JSON.stringify(value)} satisfies components['schemas']['S']);`,
    );
    const tests = emitTypeTests(api).map(({ text }) => ({
      path: 'src/agree.ts',
      text: text.replaceAll('../src/', './'),
    }));
    packages[`${kind} ${what}`.replaceAll(/\W+/g, '-')] = [
      ...emitTypes(api),
      ...emitValidators(api),
      ...tests,
      { path: 'src/values.ts', text: `import type { components } from './types.ts';\n${values.join('\n')}\n` },
    ];
  });
});

test.runIf(isDeep)(
  'the output for each compiles',
  () => {
    expect(Object.keys(packages).length).toBeGreaterThan(60);
    expect(checkPackages(folder, packages)).toEqual([]);
  },
  240_000,
);
