import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMakeUp } from '../../runtime/mock/make-up.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';

const require = createRequire(import.meta.url);
const examples = join(dirname(require.resolve('@readme/oas-examples/package.json')), '3.0/yaml');

/** Third-party documents, from npm packages. */
const documents: readonly (readonly [name: string, file: string])[] = [
  ['github', require.resolve('@octokit/openapi/generated/api.github.com.json')],
  ['figma', require.resolve('@figma/rest-api-spec/openapi/openapi.yaml')],
  ['galaxy', join(import.meta.dirname, '../../node_modules/@scalar/galaxy/dist/3.1.yaml')],
  ...['callbacks', 'complex-nesting', 'petstore', 'response-schemas', 'star-trek', 'uspto'].map(
    (name) => [name, join(examples, `${name}.yaml`)] as const,
  ),
];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-values-'));
  for (const [name, file] of documents) {
    await mkdir(join(folder, 'specs', name), { recursive: true });
    await cp(file, join(folder, 'specs', name, `openapi${extname(file)}`));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('every declared response gets a valid value, the same for the same seed', () => {
  test.each(documents)('%s', async (name) => {
    const provider = await loadMockProvider(openWorkspace(folder), name);
    const makeUp = createMakeUp(provider);
    const wrong: string[] = [];
    let made = 0;
    for (const operation of provider.operations) {
      for (const answer of operation.responses) {
        const validator = operation.validators.responses[answer.status]?.[answer.mediaType ?? ''];
        if (!validator) continue;
        for (const seed of [undefined, 'seed']) {
          const { issues } = await validator['~standard'].validate(makeUp(operation, answer, seed));
          made += 1;
          if (issues) wrong.push(`${operation.descriptor.id} ${answer.status} by ${seed}: ${issues[0]?.message}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(made).toBeGreaterThan(0);
  });
});
