import { afterAll, describe, test } from 'vitest';
import { documentOf, expectAgreement, expectAgreementOnRandom, PROVIDERS } from './fuzz/agreement.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

describe('we and AJV agree on generated and mutated values', () => {
  test.each(PROVIDERS)('%s', async (provider) => {
    await expectAgreement(modules, documentOf(provider), 20);
  });

  test('15 documents of random schemas', async () => {
    await expectAgreementOnRandom(modules, 15);
  });
});
