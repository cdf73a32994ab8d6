import { createRequire } from 'node:module';
import { afterAll, describe, expect, test } from 'vitest';
import { documentOf, expectAgreement, expectAgreementOnRandom, PROVIDERS } from './fuzz/agreement.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

describe('we and AJV agree on generated and mutated values', () => {
  test.each(PROVIDERS)('%s', async (provider) => {
    await expectAgreement(modules, documentOf(provider), 100);
  });

  test('GitHub’s document, 969 components', async () => {
    const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
    expect(await expectAgreement(modules, file, 2)).toBeGreaterThan(900);
  });

  test('150 documents of random schemas', async () => {
    await expectAgreementOnRandom(modules, 150);
  });
});
