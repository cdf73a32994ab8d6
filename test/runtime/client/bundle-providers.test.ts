import { describe, expect, test } from 'vitest';
import { bundleClient, LIMIT, PROVIDERS } from '../../../bench/runtime/bundle.ts';

/** All that a page may load. Logic, stores, the server, handlers, other providers and zod are not among it. */
const allowed = (provider: string) => [
  new RegExp(`^generated/${provider}/src/(client|operations|errors|plugins|validators)\\.ts$`),
  new RegExp(`^plugins/${provider}/(signing|hooks)\\.ts$`),
  /^runtime\/(client|contract|signing|validators)\//,
  /^node_modules\/openapi-fetch\//,
];

/** Keys, hashes, the secret of the documents' samples, a database's URL. */
const SECRETS = /mysecretkey|PRIVATE KEY|postgres:|[0-9a-f]{32}|[A-Za-z0-9+/]{43}=/;

describe.each(PROVIDERS)('the client of %s in a browser', async (provider) => {
  const { first, later } = await bundleClient(provider);
  const all = [first, ...later];

  test('weighs no more than it may before its first call', () => {
    expect(first.bytes).toBeLessThanOrEqual(LIMIT);
  });

  test('has no server module, no database, and nothing of another provider in it', () => {
    const strange = all.flatMap(({ inputs }) => inputs).filter((path) => !allowed(provider).some((p) => p.test(path)));
    expect(strange).toEqual([]);
  });

  test('has no secret in it', () => {
    for (const { text } of all) expect(text).not.toMatch(SECRETS);
  });

  test('takes zod and the validators with its first call', () => {
    expect(first.inputs).toContain(`generated/${provider}/src/client.ts`);
    expect(first.inputs.filter((path) => path.includes('validators.ts'))).toEqual([
      'runtime/client/load-validators.ts',
    ]);
    expect(first.text).not.toContain('"zod"');
    expect(later.filter(({ inputs }) => inputs.includes(`generated/${provider}/src/validators.ts`))).toHaveLength(1);
  });
});
