import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiceyFun, credentials } from './dicey-fun.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve((request, answer) => {
    if (request.target.startsWith('/api/v1/authToken'))
      return json(answer, { code: 200, message: 'success', data: { authtoken: 't1' } });
    return json(answer, { code: 200, message: 'success', data: { game_list: [1] } });
  });
});
afterAll(() => server.close());
test('first', async () => {
  const client = createDiceyFun({ baseUrl: server.url });
  const result = await client.getGameList({ body: { lang: 'en' } });
  expect(result).toEqual({ data: { game_list: [1] } });
  console.log(server.received);
  console.log(String(await client.explain('authToken')), credentials.apiKey.length);
  console.log(await client.getGameList({ body: { lang: 'xx' as never } }));
  console.log(await client.request('GET', '/foo', { query: { a: [1, 2] } }));
  console.log(server.received.at(-1));
});
