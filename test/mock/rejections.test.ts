import { describe, expect, it } from 'vitest';
import { createServer, type OnReject, type ServerFailure } from '../../runtime/server/index.ts';
import { listen } from '../../runtime/server/node.ts';
import { providerOf } from './provider-of.ts';
import { startGateway } from './support.ts';

const MESSAGE = { type: 'object', required: ['error'], properties: { error: { type: 'string' } } };
const json = (schema: object, more: object = {}) => ({
  description: 'Rejected.',
  content: { 'application/json': { schema, ...more } },
});
const problem = (more: object = {}) => ({
  description: 'Rejected.',
  content: { 'application/problem+json': { schema: { type: 'object', required: ['title'] }, ...more } },
});
const shown = (error: string) => json(MESSAGE, { example: { error } });

const documentOf = (responses: object, more: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1.0.0' },
  servers: [{ url: 'https://pets.example' }],
  paths: {
    '/pets': {
      post: {
        operationId: 'addPet',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
            },
          },
        },
        responses: { 201: { description: 'Added.' }, ...responses },
        ...more,
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      token: { type: 'http', scheme: 'bearer' },
    },
  },
});

type Sent = {
  readonly status: number;
  readonly type: string | null;
  readonly body: unknown;
  readonly headers: Headers;
};

async function send(url: string, body: string, init: { query?: string; headers?: Record<string, string> } = {}) {
  const { query = '', headers } = init;
  const response = await fetch(`${url}/pets${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  const type = response.headers.get('content-type');
  return { status: response.status, type, body: text === '' ? '' : JSON.parse(text), headers: response.headers };
}

async function fromMock(document: object, ask: (url: string) => Promise<Sent>, verify = false): Promise<Sent> {
  const provider = await providerOf(document);
  const mock = await startGateway({ verify, providers: [{ name: 'pets', load: async () => provider }] });
  try {
    return await ask(`${mock.url}/pets`);
  } finally {
    await mock.close();
  }
}

const failures: ServerFailure[] = [];
async function fromServer(document: object, onReject: OnReject | undefined, body = '{}'): Promise<Sent> {
  const { api, operations, signers } = await providerOf(document);
  const server = createServer(
    {
      api,
      signers,
      operations: Object.fromEntries(operations.map(({ descriptor }) => [descriptor.id, descriptor])),
      validators: Object.fromEntries(operations.map(({ descriptor, validators }) => [descriptor.id, validators])),
    },
    {
      handlers: { addPet: () => ({ status: 201 }) },
      security: { key: 'right', token: 'right' } as never,
      environment: {},
      logger: {},
      services: undefined,
      onError: (failure) => void failures.push(failure),
      ...(onReject && { onReject }),
    },
  );
  const { url, close } = await listen(server);
  try {
    return await send(url, body);
  } finally {
    await close();
  }
}

const FLAW = { at: '/name', message: expect.any(String) };

describe('the mock rejects an invalid request by the declared response', () => {
  it.each<readonly [string, object, number, string | null, unknown]>([
    ['422 with an example', { 422: shown('no name') }, 422, 'application/json', { error: 'no name' }],
    ['400 with an example', { 400: shown('no name') }, 400, 'application/json', { error: 'no name' }],
    ['422 before 400', { 400: shown('400'), 422: shown('422') }, 422, 'application/json', { error: '422' }],
    ['422 before default', { default: shown('any'), 422: shown('422') }, 422, 'application/json', { error: '422' }],
    ['400 before 4XX', { '4XX': shown('4XX'), 400: shown('400') }, 400, 'application/json', { error: '400' }],
    ['4XX', { '4XX': shown('4XX') }, 400, 'application/json', { error: '4XX' }],
    ['default', { default: shown('any') }, 400, 'application/json', { error: 'any' }],
    ['a schema without an example', { 422: json(MESSAGE) }, 422, 'application/json', { error: expect.any(String) }],
    ['no content', { 422: { description: 'Rejected.' } }, 422, null, ''],
    [
      'an example of a problem',
      { 422: problem({ example: { title: 'T' } }) },
      422,
      'application/problem+json',
      { title: 'T' },
    ],
    [
      'a problem without an example',
      { 400: problem() },
      400,
      'application/problem+json',
      expect.objectContaining({ status: 400, detail: expect.stringContaining('/name') }),
    ],
    ['nothing declared', {}, 400, 'application/problem+json', expect.objectContaining({ status: 400 })],
    ['404 declared', { 404: shown('404') }, 400, 'application/problem+json', expect.objectContaining({ status: 400 })],
  ])('%s', async (_, responses, status, type, body) => {
    const given = await fromMock(documentOf(responses), (url) => send(url, '{}'));
    expect({ ...given, headers: undefined }).toEqual({ status, type, body, headers: undefined });
  });

  it.each<readonly [string, string, { query?: string; headers?: Record<string, string> }]>([
    ['a parameter', '{"name":"a"}', { query: '?limit=x' }],
    ['invalid JSON', '{', {}],
    ['a missing body', '', {}],
    ['a preference for another response', '{}', { headers: { prefer: 'code=201' } }],
  ])('%s', async (_, body, init) => {
    const given = await fromMock(documentOf({ 422: shown('no') }), (url) => send(url, body, init));
    expect(given).toMatchObject({ status: 422, body: { error: 'no' } });
  });

  it('the reason is in a header', async () => {
    const given = await fromMock(documentOf({ 422: shown('no') }), (url) => send(url, '{}'));
    expect(JSON.parse(given.headers.get('x-mock-rejection') ?? '')).toEqual([FLAW]);
  });

  it('the best media type for the caller is sent', async () => {
    const both = {
      description: 'No.',
      content: { ...shown('json').content, ...problem({ example: { title: 'T' } }).content },
    };
    const headers = { accept: 'application/problem+json' };
    const given = await fromMock(documentOf({ 422: both }), (url) => send(url, '{}', { headers }));
    expect(given).toMatchObject({ status: 422, type: 'application/problem+json', body: { title: 'T' } });
  });

  it.each<readonly [string, object, string, number, unknown]>([
    ['401', { 401: shown('who') }, '{}', 401, { error: 'who' }],
    ['only 422', { 422: shown('no') }, '{}', 401, expect.objectContaining({ status: 401 })],
    ['default', { default: shown('any') }, '{}', 401, { error: 'any' }],
  ])('a missing credential: %s', async (_, responses, body, status, want) => {
    const document = documentOf(responses, { security: [{ key: [] }] });
    const given = await fromMock(document, (url) => send(url, body), true);
    expect(given).toMatchObject({ status, body: want });
  });

  it('an undeclared media type gets the declared 415', async () => {
    const headers = { 'content-type': 'text/csv' };
    const given = await fromMock(documentOf({ 415: shown('csv'), 422: shown('no') }), (url) =>
      send(url, 'a', { headers }),
    );
    expect(given).toMatchObject({ status: 415, body: { error: 'csv' } });
  });
});

describe('a server rejects an invalid request', () => {
  it.each<readonly [string, object, number, string]>([
    ['422 declared', { 422: json(MESSAGE) }, 422, 'application/problem+json'],
    ['422 and 400 declared', { 422: json(MESSAGE), 400: json(MESSAGE) }, 400, 'application/problem+json'],
    ['422 and default declared', { 422: json(MESSAGE), default: json(MESSAGE) }, 400, 'application/problem+json'],
    [
      'a schema that accepts the body',
      { 422: json({ type: 'object', required: ['detail'] }) },
      422,
      'application/json',
    ],
    [
      'a type with a suffix',
      { 400: { description: 'No.', content: { 'application/vnd.a+json': { schema: {} } } } },
      400,
      'application/vnd.a+json',
    ],
    ['nothing declared', {}, 400, 'application/problem+json'],
  ])('%s', async (_, responses, status, type) => {
    const given = await fromServer(documentOf(responses), undefined);
    expect(given).toMatchObject({ status, type, body: { status, detail: expect.stringContaining('/name') } });
  });

  const errors: OnReject = ({ status, flaws, message }) => ({
    status,
    body: { error: flaws.length > 0 ? JSON.stringify(flaws) : message },
  });

  it('by the function of its owner, with every flaw', async () => {
    const given = await fromServer(documentOf({ 422: json(MESSAGE) }), errors);
    expect(given).toMatchObject({ status: 422, type: 'application/json' });
    expect(JSON.parse((given.body as { error: string }).error)).toEqual([FLAW]);
  });

  it.each<readonly [string, OnReject, number]>([
    ['nothing', () => undefined, 422],
    ['another declared status', async () => ({ status: 404, body: { error: 'no' } }), 404],
    ['an undeclared status', () => ({ status: 418, body: {} }), 422],
    ['an invalid body', () => ({ status: 422, body: { error: 1 } }), 422],
    [
      'an exception',
      () => {
        throw new Error('broken');
      },
      422,
    ],
  ])('the function returns %s', async (name, onReject, status) => {
    failures.length = 0;
    const given = await fromServer(documentOf({ 422: json(MESSAGE), 404: json(MESSAGE) }), onReject);
    expect(given.status).toBe(status);
    const isWrong = /undeclared|invalid|exception/.test(name);
    expect(failures.map(({ kind }) => kind)).toEqual(isWrong ? ['response'] : []);
    if (isWrong) expect(given.type).toBe('application/problem+json');
  });

  it('headers of the rejection stay', async () => {
    const document = documentOf({ 401: json(MESSAGE) }, { security: [{ token: [] }] });
    const given = await fromServer(document, errors);
    expect(given).toMatchObject({ status: 401, body: { error: 'Authorization is missing' } });
    expect(given.headers.get('www-authenticate')).toBe('Bearer');
  });
});
