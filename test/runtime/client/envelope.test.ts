import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import {
  type ApiError,
  type CallFailure,
  isAbortError,
  isApiError,
  isBodyTooLargeError,
  isConfigurationError,
  isConnectionError,
  isCountersignError,
  isTimeoutError,
  isUnexpectedResponseError,
  isValidationError,
} from '../../../runtime/client/index.ts';
import { BusinessError, createDiceyFun, TokenExpiredError } from './dicey-fun.ts';
import { clientOf } from './fixtures.ts';
import { json, type Serve, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const text =
  (body: string, status = 200, type = 'application/json'): Serve =>
  (_, answer) =>
    void answer.writeHead(status, { 'content-type': type }).end(body);

describe('a code in the body', () => {
  const success = '{"code":200,"message":"success","data":{"authtoken":"t"}}';
  test.each<[string, Serve, string]>([
    ['200 with its code', text(success), 'data {"authtoken":"t"}'],
    ['200 as text/html with its code', text(success, 200, 'text/html'), 'data {"authtoken":"t"}'],
    ['200 with an error code', text('{"code":422,"message":"no"}'), 'api 422 HTTP 200'],
    ['422 with the same error code', text('{"code":422,"message":"no"}', 422), 'api 422 HTTP 422'],
    ['200 with an undeclared code', text('{"code":999}'), 'api 999 HTTP 200'],
    ['200 with a code of another type', text('{"code":"200","data":1}'), 'api 200 HTTP 200'],
    ['500 with a success code', text(success, 500), 'unexpected-answer a code that says success'],
    ['500 without a body', text('', 500), 'unexpected-answer an empty body'],
    ['200 without a body', text('', 200), 'unexpected-answer an empty body'],
    [
      '502 with an HTML page',
      text('<h1>Bad gateway</h1>', 502, 'text/html'),
      'unexpected-answer a body that is not JSON',
    ],
    ['200 with a truncated body', text('{"code":20'), 'unexpected-answer a body that is not JSON'],
    ['200 without a code', text('{"fine":true}'), 'unexpected-answer no code'],
    ['200 with a null code', text('{"code":null}'), 'unexpected-answer no code'],
    ['200 with an array', text('[]'), 'unexpected-answer no code'],
    ['a code that is a property name of Object', text('{"code":"constructor"}'), 'api constructor HTTP 200'],
  ])('%s', async (_, answer, want) => {
    server = await serve(answer);
    const { data, error } = await createDiceyFun({ baseUrl: server.url, retry: false, logger: {} }).authToken();
    const got = isApiError(error)
      ? `api ${error.code} HTTP ${error.status}`
      : isUnexpectedResponseError(error)
        ? `${error.kind} ${error.reason}`
        : `data ${JSON.stringify(data)}`;
    expect(got).toBe(want);
    expect(error === undefined).toBe(want.startsWith('data'));
  });
});

describe('the HTTP status as the code', () => {
  test.each<[string, Serve, string]>([
    ['200', text('{"a":1}'), 'data {"a":1}'],
    ['200 without the declared body', text(''), 'unexpected-answer'],
    ['200 with a body that is not JSON', text('<p>', 200, 'text/html'), 'unexpected-answer'],
    ['204, undeclared', (_, answer) => void answer.writeHead(204).end(), 'data undefined'],
    ['404', text('{"error":"no such thing"}', 404), 'api 404 no such thing'],
    ['500 without a body', text('', 500), 'api 500 undefined'],
    ['502 with an HTML page', text('<h1>', 502, 'text/html'), 'api 502 undefined'],
  ])('%s', async (_, answer, want) => {
    server = await serve(answer);
    const { data, error } = await clientOf({}, { baseUrl: server.url, retry: false }).op();
    const got = isApiError(error)
      ? `api ${error.code} ${error.providerMessage}`
      : (error?.kind ?? `data ${JSON.stringify(data)}`);
    expect(got).toBe(want);
  });
});

test('an error names its operation and request', async () => {
  server = await serve((_, answer) => json(answer, { code: 422, message: 'no funds' }, 200, { 'x-request-id': 'r-1' }));
  const { error } = await createDiceyFun({ baseUrl: server.url }).authToken();
  expect(error).toBeInstanceOf(BusinessError);
  expect(error).toMatchObject({
    name: 'BusinessError',
    kind: 'api',
    provider: 'dicey-fun',
    operation: 'authToken',
    code: 422,
    status: 200,
    providerMessage: 'no funds',
    requestId: 'r-1',
    attempts: 1,
    message: 'dicey-fun: authToken: code 422 "no funds" (HTTP 200)',
  });
  expect(error?.elapsed).toBeGreaterThanOrEqual(0);
  expect((error as ApiError).body).toEqual({ code: 422, message: 'no funds' });
  expect(JSON.stringify(error)).not.toContain('"body"');
});

test('orThrow returns the data or throws the error; a result never rejects', async () => {
  let fine = true;
  server = await serve((_, answer) =>
    json(answer, fine ? { code: 200, message: '', data: { authtoken: 't' } } : { code: 402, message: 'expired' }),
  );
  const client = createDiceyFun({ baseUrl: server.url });
  expect(await client.authToken().orThrow()).toEqual({ authtoken: 't' });
  fine = false;
  await expect(client.authToken().orThrow()).rejects.toBeInstanceOf(TokenExpiredError);
  await expect(client.authToken()).resolves.toHaveProperty('error');
});

test('withResponse returns the request and the response', async () => {
  server = await serve((_, answer) => json(answer, { a: 1 }, 200, { 'request-id': 'r-2', etag: '"7"' }));
  const { data, response, requestId, attempts, issues } = await clientOf({}, { baseUrl: server.url })
    .op()
    .withResponse();
  expect([data, response?.status, response?.headers.get('etag'), requestId, attempts, issues]).toEqual([
    { a: 1 },
    200,
    '"7"',
    'r-2',
    1,
    [],
  ]);
});

test('each kind of error has a type guard that accepts no other', async () => {
  server = await serve((_, answer) => json(answer, {}, 404));
  const at = { baseUrl: server.url, retry: false } as const;
  const errorOf = async (calling: PromiseLike<{ error?: unknown }>) => (await calling).error;
  const found: Record<string, unknown> = {
    api: await errorOf(clientOf({}, at).op()),
    abort: await errorOf(clientOf({}, at).op({}, { signal: AbortSignal.abort() })),
    timeout: await errorOf(clientOf({}, { ...at, fetch: () => new Promise(() => {}), timeout: { attempt: 10 } }).op()),
    connection: await errorOf(clientOf({}, { ...at, baseUrl: 'http://127.0.0.1:1' }).op()),
    'body-too-large': await errorOf(clientOf({}, { ...at, maxResponseBytes: 1 }).op()),
    validation: await errorOf(clientOf({ body: { required: true, content: ['application/json'] } }, at).op()),
    'unexpected-answer': await errorOf(createDiceyFun({ ...at, logger: {} }).authToken()),
    configuration: await errorOf(clientOf({}, { ...at, baseUrl: 'nowhere' }).op()),
  };
  const guards: Record<string, (error: unknown) => boolean> = {
    api: isApiError,
    abort: isAbortError,
    timeout: isTimeoutError,
    connection: isConnectionError,
    'body-too-large': isBodyTooLargeError,
    validation: isValidationError,
    'unexpected-answer': isUnexpectedResponseError,
    configuration: isConfigurationError,
  };
  for (const [kind, error] of Object.entries(found)) {
    expect(isCountersignError(error), kind).toBe(true);
    expect(Object.keys(guards).filter((name) => guards[name]?.(error))).toEqual([kind]);
  }
  expect(isCountersignError(new Error('other'))).toBe(false);
});

test('result and code narrow the types', async () => {
  server = await serve((_, answer) => json(answer, { code: 402, message: 'expired' }));
  const { data, error } = await createDiceyFun({ baseUrl: server.url }).authToken();
  if (error === undefined) {
    expectTypeOf(data).toEqualTypeOf<{ authtoken: string }>();
    expect.unreachable();
  }
  expectTypeOf(data).toEqualTypeOf<undefined>();
  if (error.code === undefined) expectTypeOf(error).toEqualTypeOf<CallFailure>();
  if (error.code === 422) expectTypeOf(error).toEqualTypeOf<BusinessError>();
  if (error.code === 400) expectTypeOf(error).toEqualTypeOf<ApiError<400>>();
  if (error.kind === 'timeout') expectTypeOf(error.limit).toEqualTypeOf<number>();
  expect(error.code).toBe(402);
  if (error.code === 402) expectTypeOf(error).toEqualTypeOf<TokenExpiredError>();
});
