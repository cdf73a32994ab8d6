import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendOptions } from '../../runtime/mock/send.ts';
import { call, type Started, startGateway } from './support.ts';

let mock: Started;
beforeAll(async () => {
  mock = await startGateway();
});
afterAll(() => mock.close());

/** Sends with one header changed after signing; null removes it. */
const header =
  (name: string, value: string | null): SendOptions['fetch'] =>
  (url, init) => {
    const headers = new Headers(init.headers);
    if (value === null) headers.delete(name);
    else headers.set(name, value);
    return fetch(url, { ...init, headers });
  };

const REPLAYED = 'The request was replayed: its nonce was already used. Generate a new one for each attempt.';

describe('the log names the check that failed', () => {
  const table: readonly (readonly [string, string, string, Partial<SendOptions>, readonly (string | RegExp)[]])[] = [
    [
      'a valid signature with a wrong key',
      'dicey-fun',
      'authToken',
      { fetch: header('api-key', 'wrong') },
      [/^The value of `apiKey` does not match\./],
    ],
    [
      'a valid signature without the key',
      'dicey-fun',
      'authToken',
      { fetch: header('api-key', null) },
      [/^`apiKey` is missing\. The mock expects its demo value in header `/],
    ],
    [
      'a wrong signature with a valid key',
      'dicey-fun',
      'authToken',
      { spoil: 'signature' },
      [/^The signature does not match\. The mock computed its signature from `.*`/],
    ],
    [
      'a clock that is behind',
      'dicey-fun',
      'authToken',
      { spoil: 'timestamp' },
      [/^The timestamp is 86\d{3} s behind/],
    ],
    [
      'a wrong key with an unused nonce',
      'moonpacket',
      'getUserAttributes',
      { fetch: header('x-api-key', 'wrong') },
      [/^The value of `apiKey` does not match\./],
    ],
    [
      'a wrong signature with an unused nonce',
      'moonpacket',
      'getRules',
      { spoil: 'signature' },
      [/^The signature does not match/],
    ],
    ['the same request twice', 'moonpacket', 'getUserAttributes', { spoil: 'replay' }, [REPLAYED]],
    [
      'a valid signature over invalid input',
      'moonpacket',
      'getUserAttributes',
      { input: { query: { user_id: '' } } },
      [/user_id/],
    ],
    [
      'a wrong key at the login before the call',
      'dicey-fun',
      'getGameList',
      { fetch: header('api-key', 'wrong') },
      [/^The value of `apiKey` does not match\./],
    ],
  ];
  it.each(table)('%s: %s %s', async (_, provider, operation, more, want) => {
    await call(mock, provider, operation, more);
    const problems = mock.gateway.log.recent().at(-1)?.problems ?? [];
    expect(problems).toHaveLength(want.length);
    for (const [at, each] of want.entries())
      expect(problems[at]).toEqual(each instanceof RegExp ? expect.stringMatching(each) : each);
  });
});
