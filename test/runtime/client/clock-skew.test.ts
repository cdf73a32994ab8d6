import { afterEach, expect, test } from 'vitest';
import { createDiceyFun } from './dicey-fun.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const NOW = 1_713_753_600_000;

/** A provider whose clock is ahead by so many seconds, and that allows 300. */
const providerAhead = (seconds: number, message = 'Timestamp expired or invalid') =>
  serve((request, answer) => {
    const now = NOW + seconds * 1000;
    answer.sendDate = false;
    const headers = { date: new Date(now).toUTCString() };
    const fine = Math.abs(Number(request.query.get('time')) * 1000 - now) <= 300_000;
    const body = fine ? { code: 200, message: 'success', data: { authtoken: 't' } } : { code: 403, message };
    json(answer, body, 200, headers);
  });

const clientAt = (now: () => number) => createDiceyFun({ baseUrl: server.url, clock: { now }, retry: false });
const times = () => server.received.map(({ query }) => Number(query.get('time')) - NOW / 1000);

test.each([
  ['a clock that is behind', 3_600, [0, 3_600]],
  ['a clock that is ahead', -3_600, [0, -3_600]],
  ['a clock that is right', 0, [0]],
])('%s', async (_, seconds, want) => {
  server = await providerAhead(seconds);
  const { error } = await clientAt(() => NOW).authToken();
  expect(error).toBeUndefined();
  expect(times()).toEqual(want);
});

test('calls at the same time are each corrected', async () => {
  server = await providerAhead(3_600);
  const client = clientAt(() => NOW);
  const answers = await Promise.all(Array.from({ length: 5 }, () => client.authToken()));
  expect(answers.map(({ error }) => error)).toEqual(Array(5).fill(undefined));
  expect(server.received.length).toBe(10);
});

test('the offset is remembered', async () => {
  server = await providerAhead(3_600);
  const client = clientAt(() => NOW);
  await client.authToken();
  await client.authToken();
  expect(times()).toEqual([0, 3_600, 3_600]);
});

test.each([
  ['a message that says nothing of the time', 3_600, 'signature mismatch', 1],
  ['a Date that shows no skew', 1, 'Timestamp expired or invalid', 1],
])('no correction: %s', async (_, seconds, message, want) => {
  server = await serve((__, answer) => {
    answer.sendDate = false;
    json(answer, { code: 403, message }, 200, { date: new Date(NOW + seconds * 1000).toUTCString() });
  });
  const { error } = await clientAt(() => NOW).authToken();
  expect([error?.code, server.received.length]).toEqual([403, want]);
});

test('one correction a call, however often the provider complains', async () => {
  let ahead = 0;
  server = await serve((_, answer) => {
    ahead += 1000;
    answer.sendDate = false;
    json(answer, { code: 403, message: 'TIMESTAMP' }, 200, { date: new Date(NOW + ahead * 1000).toUTCString() });
  });
  const { error } = await clientAt(() => NOW).authToken();
  expect([error?.code, server.received.length]).toEqual([403, 2]);
});
