import { expect, test } from 'vitest';
import { createHiveServer } from '../../../generated/hive/src/server.ts';
import { type Ask, overBoth } from './support.ts';

const batch = {
  game_index: 539,
  server_url: 'https://game.example/suspensions',
  data: [{ player_id: 1, status: 'B', start_date: '2024-07-10 20:56:59', end_date: '2024-07-13 20:56:59' }],
};

const server = createHiveServer({
  bodyLimit: 20_000,
  security: { gameServerKey: ['new-key', 'old-key'] },
  handlers: {
    pushSuspensions: ({ body }) => {
      expect(body).toEqual(batch);
      return { data: { result_code: 0 } };
    },
  },
});

type Given = { readonly headers?: Record<string, string>; readonly body?: string | ReadableStream };

const authorized = { authorization: 'Bearer new-key', 'content-type': 'application/json' };
const streamed = () => new Blob([JSON.stringify(batch), ' '.repeat(30_000)]).stream();

const rows: readonly [name: string, given: Given, status: number, code: number, message?: RegExp][] = [
  ['no key, and nothing else', {}, 401, 2, /^Authorization is missing/],
  ['another scheme', { headers: { authorization: 'Basic bmV3LWtleQ==' } }, 401, 2, /must begin with "Bearer "/],
  ['a scheme without a key', { headers: { authorization: 'Bearer ' } }, 401, 2, /must begin with "Bearer "/],
  ['a wrong key before a wrong body', { headers: { authorization: 'Bearer x' }, body: 'x' }, 401, 2, /invalid/],
  ['a prefix of the correct key', { headers: { authorization: 'Bearer new-ke' } }, 401, 2, /invalid/],
  ['no body', { headers: authorized }, 200, 1, /^body: is required/],
  ['no JSON', { headers: authorized, body: '{"game_index":' }, 200, 1, /^body: must be valid JSON/],
  ['no UTF-8', { headers: authorized, body: Buffer.from('7b22ff7d', 'hex') as never }, 200, 1, /must be valid JSON/],
  [
    'another content type',
    { headers: { ...authorized, 'content-type': 'text/plain' }, body: '{}' },
    200,
    1,
    /^Content-Type must be application\/json/,
  ],
  ['too large by its length', { headers: authorized, body: 'x'.repeat(20_001) }, 200, 1, /at most 20000 bytes/],
  ['too large as it comes', { headers: authorized, body: streamed() }, 200, 1, /at most 20000 bytes/],
  ['right', { headers: authorized, body: JSON.stringify(batch) }, 200, 0],
  [
    'right, with the old key',
    { headers: { ...authorized, authorization: 'bearer old-key' }, body: JSON.stringify(batch) },
    200,
    0,
  ],
  [
    'right, with a charset',
    { headers: { ...authorized, 'content-type': 'Application/JSON; charset=utf-8' }, body: JSON.stringify(batch) },
    200,
    0,
  ],
];

test('a push passes the checks in order', async () => {
  const check = async (ask: Ask) => {
    for (const [name, { headers, body }, status, code, message] of rows) {
      const stream = body instanceof ReadableStream ? streamed() : body;
      const init = { method: 'POST', headers: headers ?? {}, body: stream ?? null, duplex: 'half' } as RequestInit;
      const response = await ask('/suspensions', init);
      const answer = await response.json();
      expect({ name, status: response.status, code: answer.result_code }).toEqual({ name, status, code });
      if (message) expect(answer.result_message, name).toMatch(message);
      if (status === 401) expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
  };
  await overBoth(server, check);
});

test('the server responds at the registered URL', async () => {
  const moved = createHiveServer({
    paths: { pushSuspensions: '/my/game/hive' },
    security: { gameServerKey: (key) => (key === 'k' ? { game: 539 } : null) },
    handlers: {
      pushSuspensions: (_, { identity, operation }) => {
        expect([identity, operation.id]).toEqual([{ gameServerKey: { game: 539 } }, 'pushSuspensions']);
        return { data: { result_code: 0 } };
      },
    },
  });
  await overBoth(moved, async (ask) => {
    const init = { method: 'POST', headers: { ...authorized, authorization: 'Bearer k' }, body: JSON.stringify(batch) };
    expect(await (await ask('/my/game/hive', init)).json()).toEqual({ result_code: 0 });
    const before = await ask('/suspensions', init);
    expect([before.status, (await before.json()).result_code]).toEqual([404, 4]);
  });
});
