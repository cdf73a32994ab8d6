import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { redact } from '../../../runtime/client/redact.ts';
import { createDiceyFun } from './dicey-fun.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server?.close());

const credentials = { apiKey: 'key/with "odd"+chars', agentId: 'agent-77', secret: 's3cr3t&of=agent' };
const TOKEN = 'header.token.signature';

/** All representations of a value when it is printed. */
const forms = (value: string) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];

const everySecret = () => [
  ...[credentials.apiKey, credentials.secret, TOKEN].flatMap(forms),
  ...server.received.flatMap(({ query }) => query.get('signature') ?? []),
];

const shown = (value: unknown): string =>
  [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value), String(value)].join('\n');

const leaks = (text: string): string[] => everySecret().filter((secret) => text.includes(secret));

test('errors, logs, hooks and the client object contain no secret', async () => {
  server = await serve((request, answer) => {
    if (request.target.startsWith('/api/v1/authToken')) {
      return json(answer, { code: 200, message: '', data: { authtoken: TOKEN } });
    }
    const { headers } = request;
    // A provider that quotes its input.
    const message = `bad key ${headers['api-key']} and token ${headers['auth-token']} ${credentials.secret}`;
    json(answer, { code: 500, message });
  });
  const lines: unknown[] = [];
  const note = (...parts: unknown[]) => void lines.push(shown(parts));
  const client = createDiceyFun({
    baseUrl: server.url,
    credentials,
    debug: true,
    logger: { debug: note, warn: note },
    retry: { base: 0 },
    hooks: { onRequest: note, onError: note, onRetry: note, onResponse: note },
  });
  const { error } = await client.getGameList({ body: {} });
  await client.authToken();
  await client.getGameList({ body: { lang: 7 as never } });

  expect(error?.message).toContain('bad key *** and token *** ***');
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.join('\n')).toContain('agent_id=agent-77');
  expect(everySecret().length).toBeGreaterThan(8);
  expect(leaks(lines.join('\n'))).toEqual([]);
  expect(leaks([shown(error), error?.stack].join('\n'))).toEqual([]);
  expect(leaks(shown(client))).toEqual([]);
});

test('a failed fetch with the URL in its message reveals no secret', async () => {
  server = await serve(() => {});
  const failing = async (url: string): Promise<Response> => {
    throw new TypeError(`cannot reach ${url}`);
  };
  const { error } = await createDiceyFun({
    baseUrl: server.url,
    credentials,
    fetch: failing,
    retry: false,
  }).authToken();
  expect(error?.message).toContain('secret=***');
  expect(leaks(shown(error))).toEqual([]);
});

test('a secret that looks like a number or a brace keeps the log valid', async () => {
  server = await serve((_, answer) => json(answer, { code: 200, message: '', data: { authtoken: '{}' } }));
  const lines: unknown[] = [];
  const client = createDiceyFun({
    baseUrl: server.url,
    credentials: { ...credentials, apiKey: '200', secret: '"' },
    debug: true,
    logger: { debug: (...parts) => void lines.push(parts) },
  });
  expect((await client.authToken()).error).toBeUndefined();
  expect(lines).toContainEqual(['countersign.response', expect.objectContaining({ status: 200 })]);
});

test('an error does not show a credential that is invalid as a header', async () => {
  server = await serve(() => {});
  const { error } = await createDiceyFun({
    baseUrl: server.url,
    credentials: { ...credentials, apiKey: 'line\nbreak' },
  }).authToken();
  expect(error?.kind).toBe('configuration');
  expect(shown(error)).not.toContain('break');
});

test.each([
  ['x=abc&y=abcdef', ['abc', 'abcdef'], 'x=***&y=***'],
  ['%26%3D and &=', ['&='], '*** and ***'],
  ['{"a":"say \\"hi\\""}', ['say "hi"'], '{"a":"***"}'],
  ['nothing', [''], 'nothing'],
])('%s', (text, secrets, want) => {
  expect(redact(text, secrets)).toBe(want);
});
