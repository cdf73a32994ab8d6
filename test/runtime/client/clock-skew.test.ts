import { afterEach, expect, test } from 'vitest';
import { createDiceyFun } from './dicey-fun.ts';
import { api, clientOf } from './fixtures.ts';
import { json, type Serve, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const NOW = 1_713_753_600_000;

/** A provider whose clock is ahead by a number of seconds, and that allows 300. */
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

test('corrects calls that run at the same time', async () => {
  server = await providerAhead(3_600);
  const client = clientAt(() => NOW);
  const answers = await Promise.all(Array.from({ length: 5 }, () => client.authToken()));
  expect(answers.map(({ error }) => error)).toEqual(Array(5).fill(undefined));
  expect(server.received.length).toBe(10);
});

test('remembers the offset', async () => {
  server = await providerAhead(3_600);
  const client = clientAt(() => NOW);
  await client.authToken();
  await client.authToken();
  expect(times()).toEqual([0, 3_600, 3_600]);
});

test.each([
  ['a message that does not mention the time', 3_600, 'signature mismatch', 1],
  ['a Date header without skew', 1, 'Timestamp expired or invalid', 1],
])('makes no correction: %s', async (_, seconds, message, want) => {
  server = await serve((__, answer) => {
    answer.sendDate = false;
    json(answer, { code: 403, message }, 200, { date: new Date(NOW + seconds * 1000).toUTCString() });
  });
  const { error } = await clientAt(() => NOW).authToken();
  expect([error?.code, server.received.length]).toEqual([403, want]);
});

test('corrects a call once, however often the provider reports skew', async () => {
  let ahead = 0;
  server = await serve((_, answer) => {
    ahead += 1000;
    answer.sendDate = false;
    json(answer, { code: 403, message: 'TIMESTAMP' }, 200, { date: new Date(NOW + ahead * 1000).toUTCString() });
  });
  const { error } = await clientAt(() => NOW).authToken();
  expect([error?.code, server.received.length]).toEqual([403, 2]);
});

/**
 * The public cases of the AWS SDKs: `AWSClockSkewProviderTests` of Swift, `ClockSkewInterceptorTest` of Kotlin and
 * `ClockSkewAdjusterTest` of Java. An error that names the clock is `skewed`. `before` is the offset that the client
 * had. One difference: AWS ignores less than 4 minutes, but a provider that allows 30 seconds rejects those, too.
 */
const SAME_TIME = 'Sun, 02 Jan 2000 20:34:56 GMT';
test.each<{
  what: string;
  method?: 'GET' | 'HEAD';
  ahead?: number;
  date?: string;
  message: string;
  before?: number;
  want: number;
}>([
  { what: 'the clocks agree', ahead: 0, message: 'skewed', want: 0 },
  { what: 'our clock is 30 s ahead (AWS: 0)', ahead: 30, message: 'skewed', want: -30 },
  { what: 'our clock is 10 min ahead', ahead: 600, message: 'skewed', want: -600 },
  { what: 'our clock is 14 min behind', ahead: -840, message: 'skewed', want: 840 },
  { what: 'our clock is an hour ahead', ahead: 3_600, message: 'skewed', want: -3_600 },
  { what: 'our clock is a day ahead', ahead: 86_400, message: 'skewed', want: -86_400 },
  { what: 'our clock is a day behind', ahead: -86_400, message: 'skewed', want: 86_400 },
  { what: 'another error, the clocks agree', ahead: 0, message: 'throttled', want: 0 },
  { what: 'another error, 30 s', ahead: 30, message: 'throttled', want: 0 },
  { what: 'another error, 90 s', ahead: 90, message: 'throttled', want: 0 },
  { what: 'HEAD, the clocks agree', method: 'HEAD', ahead: 0, message: '', want: 0 },
  { what: 'HEAD, 30 s', method: 'HEAD', ahead: 30, message: '', want: 0 },
  { what: 'HEAD, a second below the threshold', method: 'HEAD', ahead: 239, message: '', want: 0 },
  { what: 'HEAD, the threshold', method: 'HEAD', ahead: 240, message: '', want: -240 },
  { what: 'HEAD, 10 min', method: 'HEAD', ahead: 600, message: '', want: -600 },
  { what: 'already corrected, the clocks agree', ahead: 0, message: 'skewed', before: -400, want: 0 },
  { what: 'already corrected, 40 s off (AWS: -400)', ahead: 360, message: 'skewed', before: -400, want: -360 },
  { what: 'already corrected, 200 s off', ahead: 600, message: 'skewed', before: -400, want: -600 },
  { what: 'already corrected, another error', ahead: 600, message: 'throttled', before: -400, want: -400 },
  { what: 'a date in the far future', date: 'Fri, 31 Dec 9999 23:59:59 GMT', message: 'skewed', want: 0 },
  { what: 'an invalid date', date: 'X', message: 'skewed', want: 0 },
  { what: 'no date', date: '', message: 'skewed', want: 0 },
])('AWS: $what', async ({ method = 'GET', ahead = 0, date = SAME_TIME, message, before, want }) => {
  const refuse = (said: string, at: string): Serve => {
    return (_, answer) => json(answer, { error: said }, 403, at ? { date: at } : {});
  };
  const ok: Serve = (_, answer) => json(answer, {});
  const earlier = new Date(Date.parse(SAME_TIME) + ((before ?? 0) + ahead) * 1000).toUTCString();
  const turns = [...(before === undefined ? [] : [refuse('skewed', earlier), ok]), refuse(message, date)];
  server = await serve((request, answer, socket) => {
    answer.sendDate = false;
    return (turns.shift() ?? ok)(request, answer, socket);
  });
  const errors = { 403: { name: 'Forbidden', retry: false, clockSkew: 'skewed' } };
  const offsets: number[] = [];
  const now = () => Date.parse(SAME_TIME) + ahead * 1000;
  const client = clientOf(
    { method },
    { baseUrl: server.url, clock: { now }, retry: false, validation: { responses: 'off' } },
    {
      api: { ...api, envelope: { ...api.envelope, errors } },
      features: [
        {
          locate({ ctx }) {
            offsets.push(ctx.clockOffset);
            return server.url;
          },
        },
      ],
    },
  );
  await client.op();
  if (before !== undefined) await client.op();
  await client.op();
  expect(offsets.at(-1)).toBe(want * 1000);
});
