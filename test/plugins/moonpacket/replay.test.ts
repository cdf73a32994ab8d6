import { createHmac } from 'node:crypto';
import { createMemoryReplayStore, type ReplayStore } from '@countersign/runtime/server';
import { createReplayStore, openStore } from '@countersign/runtime/store';
import { describe, expect, test } from 'vitest';
import { createMoonpacketServer } from '../../../generated/moonpacket/src/server.ts';

const NOW = 1_795_977_026_123;
const MS = String(NOW);
const S = MS.slice(0, 10);
const keys = { apiKey: 'key', secret: 'secret' };

const createReceiver = (replayStore: ReplayStore) =>
  createMoonpacketServer({
    replayStore,
    logger: {},
    clock: () => NOW,
    security: { moonpacketSignature: keys },
    handlers: { getRules: () => ({ data: {} }) },
  });

function request(timestamp: string, nonce: string, signed = `{}${timestamp}${nonce}`): Request {
  return new Request('http://t/check', {
    headers: {
      'x-api-key': keys.apiKey,
      'x-api-timestamp': timestamp,
      'x-api-nonce': nonce,
      'x-api-signature': createHmac('sha256', keys.secret).update(signed).digest('hex'),
    },
  });
}

type Pair = readonly [timestamp: string, nonce: string];

/** The first request, and another split of the same signed text. */
const captured: readonly (readonly [name: string, first: Pair, then: Pair])[] = [
  ['milliseconds, then seconds', [MS, 'abc'], [S, '123abc']],
  ['seconds, then milliseconds', [S, '123abc'], [MS, 'abc']],
  ['the same request', [MS, 'abc'], [MS, 'abc']],
  ['a nonce of digits', [MS, '456789'], [S, '123456789']],
  ['a nonce of one letter', [MS, 'x'], [S, '123x']],
  ['a nonce that looks like a time', [MS, MS], [S, `123${MS}`]],
  ['a nonce that begins with zeros', [S, '123000a'], [MS, '000a']],
  ['a nonce of many letters', [MS, 'n'.repeat(300)], [S, `123${'n'.repeat(300)}`]],
];

const fresh: readonly (readonly [name: string, first: Pair, then: Pair])[] = [
  ['another nonce', [MS, 'abc'], [MS, 'abd']],
  ['another time and nonce', [MS, 'abc'], [S, 'abd']],
];

async function statuses(store: ReplayStore, pairs: readonly Pair[]): Promise<number[]> {
  const receiver = createReceiver(store);
  const found: number[] = [];
  for (const pair of pairs) found.push((await receiver.fetch(request(...pair))).status);
  return found;
}

describe('digits moved between timestamp and nonce', () => {
  test.each(captured)('%s is a replay, in memory', async (_, first, then) => {
    expect(await statuses(createMemoryReplayStore({ clock: () => NOW }), [first, then])).toEqual([200, 401]);
  });

  test.each(fresh)('%s is not a replay, in memory', async (_, first, then) => {
    expect(await statuses(createMemoryReplayStore({ clock: () => NOW }), [first, then])).toEqual([200, 200]);
  });

  test('the results are the same in the store, for two processes', async () => {
    const { db, close } = await openStore();
    for (const [name, first, then] of captured) {
      // Each row has its own nonces, so that no row uses up a nonce of another.
      const prefix: Pair[] = [first, then].map(([timestamp, nonce]) => [timestamp, `${nonce}${name}`]);
      const [one, two] = prefix.map((pair) => createReceiver(createReplayStore(db)).fetch(request(...pair)));
      const both = [(await one)?.status, (await two)?.status];
      expect(both.toSorted(), name).toEqual([200, 401]);
    }
    await close();
  });
});
