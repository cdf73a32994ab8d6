import { expect, it } from 'vitest';
import { readApi } from '../../scripts/commands/docs/build-docs.ts';
import { samplesOf } from '../../scripts/commands/docs/code-samples.ts';
import { factsOf } from '../../scripts/commands/docs/operation-facts.ts';
import { withExamples } from '../../scripts/commands/docs/with-examples.ts';
import { workspace } from '../mock/support.ts';

async function shownOf(provider: string, operationId: string) {
  const api = await readApi(workspace, provider);
  const operation = api.operations.find((each) => each.operationId === operationId);
  if (!operation) throw new Error(`${provider} has no ${operationId}`);
  const samples = samplesOf(api, withExamples(api), '@acme')(operation);
  return {
    facts: factsOf(api, operation),
    samples: Object.fromEntries(samples.map((each) => [each.label, each.source])),
  };
}

it.each([
  [
    'a JSON body and a session',
    'dicey-fun',
    'setPlayerWallet',
    ["createDiceyFunClient } from '@acme/dicey-fun'", 'client.setPlayerWallet({ body: { '],
    ['-X POST', `-H 'api-key: '"$DICEYFUN_API_KEY"`, `'"$TOKEN"`, '--data-binary '],
    ['the client retries if `getPlayerWalletRecord` shows', 'the client logs in by itself'],
  ],
  [
    'a signature and a value of dispatch',
    'moonpacket',
    'getUserAttributes',
    ['client.getUserAttributes({ query: { user_id: '],
    [`'X-API-KEY: '"$MOONPACKET_API_KEY"`, `'X-API-SIGNATURE: '"$SIGNATURE"`, '# The client signs by itself.'],
    ['`hmac-sha256` in header `X-API-SIGNATURE`', 'valid for 300 s', 'a replay is rejected'],
  ],
  [
    'a fixed query',
    'dailyplay',
    'consumeSession',
    ['client.consumeSession('],
    ['?action=consume-session'],
    ['| Retries |'],
  ],
])('an operation with %s has code samples and rules', async (_, provider, operationId, client, curl, facts) => {
  const shown = await shownOf(provider, operationId);
  for (const text of client) expect(shown.samples.Client).toContain(text);
  for (const text of curl) expect(shown.samples.curl).toContain(text);
  for (const text of facts) expect(shown.facts).toContain(text);
});

it('a webhook has no code sample', async () => {
  const api = await readApi(workspace, 'hive');
  const [operation] = api.operations;
  expect(operation && samplesOf(api, withExamples(api), '@acme')(operation)).toEqual([]);
});
