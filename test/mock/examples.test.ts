import { describe, expect, it } from 'vitest';
import { createValidators } from '../../runtime/mock/validators.ts';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { specFile } from '../../scripts/config/workspace.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import { asNode, atPointer, follow, join } from '../../scripts/model/reader.ts';
import type { Api } from '../../scripts/model/types.ts';
import { generatedValidators, issuesOf, PROVIDERS, workspace } from './support.ts';

type Example = { readonly at: string; readonly schema: string; readonly value: unknown };

/** Every example in a document that has a schema: of bodies, parameters and headers. Lint checks those inside schemas. */
function examplesOf({ document }: Api): readonly Example[] {
  const found: Example[] = [];
  const visit = (value: unknown, at: string, seen: ReadonlySet<unknown>): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    const inside = new Set([...seen, value]);
    const node = asNode(value);
    if (node.schema !== undefined) {
      const schema = join(at, 'schema');
      if (node.example !== undefined) found.push({ at: join(at, 'example'), schema, value: node.example });
      for (const [name, example] of Object.entries(asNode(node.examples))) {
        const place = join(at, 'examples', name);
        found.push({ at: place, schema, value: follow(document, example, place).node.value });
      }
    }
    for (const [name, member] of Object.entries(value)) {
      // The content below it is data.
      if (['example', 'examples', 'value', 'default', 'const', 'enum'].includes(name)) continue;
      visit(member, join(at, name), inside);
    }
  };
  visit(document, '', new Set());
  return found;
}

describe.each([...PROVIDERS, 'naver'])('%s', async (name) => {
  const spec = await loadSpec(specFile(workspace, name));
  const api = buildApi(expandDocument(await bundleSpec(spec)), name);
  const validators = createValidators(api.document, 'response');

  it.each(examplesOf(api).map((example) => [example.at, example] as const))('%s is valid', async (_, example) => {
    expect(atPointer(api.document, example.schema)).toBeDefined();
    expect(await issuesOf(validators.at(example.schema), example.value)).toEqual([]);
  });

  it('every request body and every response has an example', () => {
    const without = api.operations.flatMap(({ operationId, body, responses }) => [
      ...(body?.content.filter(({ examples }) => examples.size === 0).map(() => `${operationId} body`) ?? []),
      ...responses.flatMap(({ status, content }) =>
        content.filter(({ examples }) => examples.size === 0).map(() => `${operationId} ${status}`),
      ),
    ]);
    expect(without).toEqual([]);
  });

  it('the generated validators accept the example request bodies', async () => {
    const generated = await generatedValidators(name);
    for (const { operationId, body } of api.operations) {
      for (const { mediaType, examples } of body?.content ?? []) {
        const validator = generated[operationId]?.body?.[mediaType];
        if (!validator) throw new Error(`There is no generated validator of ${operationId}'s body.`);
        for (const value of examples.values()) expect(await issuesOf(validator, value)).toEqual([]);
      }
    }
  });
});
