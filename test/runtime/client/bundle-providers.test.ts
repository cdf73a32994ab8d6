import { describe, expect, test } from 'vitest';
import { bundleClient, bundleOne, LIMIT, ONE_LIMIT, PROVIDERS } from '../../../bench/runtime/bundle.ts';

/** The modules that a page may load: not logic, stores, the server, handlers, other providers or zod. */
const allowed = (provider: string) => [
  new RegExp(`^generated/${provider}/src/(client|operations|errors|plugins|validators)\\.ts$`),
  new RegExp(`^plugins/${provider}/(signing|hooks)\\.ts$`),
  /^runtime\/(client|contract|signing|validators)\//,
  /^node_modules\/openapi-fetch\//,
];

/** Keys, hashes, the secret of the documents' samples, a database's URL. */
const SECRETS = /mysecretkey|PRIVATE KEY|postgres:|[0-9a-f]{32}|[A-Za-z0-9+/]{43}=/;

describe.each(PROVIDERS)('the client of %s in a browser', async (provider) => {
  const { first, call, validators, all } = await bundleClient(provider);

  test('stays within its size limit before its first call', () => {
    expect(first.bytes).toBeLessThanOrEqual(LIMIT);
  });

  test('contains no server module, no database and no code of other providers', () => {
    const strange = all.inputs.filter((path) => !allowed(provider).some((p) => p.test(path)));
    expect(strange).toEqual([]);
  });

  test('contains no secret', () => {
    expect(all.text).not.toMatch(SECRETS);
  });

  test('loads the code of calls with its first call, and zod and the validators with the first validated call', () => {
    const own = `generated/${provider}/src/`;
    expect(first.inputs).toContain(`${own}client.ts`);
    expect(first.inputs).not.toContain('runtime/client/send.ts');
    expect(call.inputs).toContain('runtime/client/send.ts');
    for (const { inputs, text } of [first, call]) {
      expect(inputs).not.toContain(`${own}validators.ts`);
      expect(text).not.toContain('"zod"');
    }
    expect(validators.inputs).toContain(`${own}validators.ts`);
  });
});

test('imports no other operation with a single one', async () => {
  const { first, call } = await bundleOne();
  expect(first.bytes).toBeLessThanOrEqual(ONE_LIMIT);
  expect(first.text).toContain('getMyScore');
  expect(first.text).not.toContain('listMails');
  expect(call.inputs).toContain('runtime/client/perform.ts');
});
