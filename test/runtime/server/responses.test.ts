import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EnvelopeDescriptor, OperationDescriptor } from '../../../runtime/contract/index.ts';
import { createServer, type ServerFailure } from '../../../runtime/server/index.ts';
import { api, collectLog, envelope, faults, operation, overBoth } from './support.ts';

const inBand: EnvelopeDescriptor = {
  code: '/code',
  success: [200],
  message: '/message',
  data: '/data',
  status: 200,
  ok: { message: 'success' },
  failure: { data: {} },
  errors: {
    '422': { name: 'Business', description: 'A business rule.', retry: false },
    '500': { name: 'Server', status: 500, retry: true },
  },
  faults: { ...faults, internal: 500 },
};
const flags: EnvelopeDescriptor = { ...envelope, data: '/data', ok: { success: true }, failure: { success: false } };
const nested: EnvelopeDescriptor = {
  ...inBand,
  code: '/meta/status/code',
  message: '/meta/text',
  data: '/result/value',
  ok: { meta: { version: 1 } },
  failure: { meta: { version: 1 }, result: null },
};
const whole: EnvelopeDescriptor = {
  ...inBand,
  code: '/result_code',
  success: [0],
  message: '/result_message',
  ok: {},
  failure: {},
};
const { data: _, ...wholeBody } = whole;
const { message: __, ...silent } = envelope;

type Row = readonly [
  name: string,
  envelope: EnvelopeDescriptor,
  given: Partial<OperationDescriptor>,
  answer: unknown,
  status: number,
  body: unknown,
];

const json = ['application/json'];
const two = {
  responses: [
    { status: '404', content: json },
    { status: '201', content: json },
    { status: '2XX', content: json },
  ],
};

const rows: readonly Row[] = [
  ['in-band: data', inBand, {}, { data: [1] }, 200, { code: 200, message: 'success', data: [1] }],
  ['in-band: null', inBand, {}, { data: null }, 200, { code: 200, message: 'success', data: null }],
  [
    'in-band: failure',
    inBand,
    { codes: [422] },
    { error: { code: 422, message: 'No coins' } },
    200,
    { code: 422, message: 'No coins', data: {} },
  ],
  [
    'in-band: failure without a message',
    inBand,
    { codes: [422] },
    { error: { code: 422 } },
    200,
    { code: 422, message: 'A business rule.', data: {} },
  ],
  [
    'in-band: failure with its own status',
    inBand,
    { codes: [500] },
    { error: { code: 500, message: 'x' } },
    500,
    { code: 500, message: 'x', data: {} },
  ],
  [
    'in-band: a code as text',
    inBand,
    { codes: [422] },
    { error: { code: '422' } },
    200,
    { code: 422, message: 'A business rule.', data: {} },
  ],
  ['status: data', envelope, {}, { data: { a: 1 } }, 200, { a: 1 }],
  ['status: failure', envelope, { codes: [404] }, { error: { code: 404, message: 'None' } }, 404, { error: 'None' }],
  ['flags: data', flags, {}, { data: 1 }, 200, { success: true, data: 1 }],
  [
    'flags: failure',
    flags,
    { codes: [410] },
    { error: { code: 410, message: 'Gone' } },
    410,
    { error: 'Gone', success: false },
  ],
  ['nested: data', nested, {}, { data: 1 }, 200, { meta: { version: 1, status: { code: 200 } }, result: { value: 1 } }],
  [
    'nested: failure',
    nested,
    { codes: [422] },
    { error: { code: 422, message: 'x' } },
    200,
    { meta: { version: 1, status: { code: 422 }, text: 'x' }, result: null },
  ],
  ['whole body: data', wholeBody, {}, { data: { result_code: 0, id: 1 } }, 200, { result_code: 0, id: 1 }],
  ['whole body: data without its code', wholeBody, {}, { data: { id: 1 } }, 200, { result_code: 0, id: 1 }],
  [
    'no message for failures',
    silent,
    { codes: [404] },
    { error: { code: 404, message: 'None' } },
    404,
    { title: '404', status: 404, detail: 'None' },
  ],
  ['not enveloped: data', inBand, { enveloped: false }, { data: { a: 1 } }, 200, { a: 1 }],
  [
    'not enveloped: failure',
    inBand,
    { enveloped: false, codes: [422] },
    { error: { code: 422, message: 'x' } },
    422,
    { title: 'Business', status: 422, detail: 'x' },
  ],
  ['the first declared success', envelope, two, { data: 1 }, 201, 1],
  ['a declared response', envelope, two, { status: 404, body: { x: 1 }, headers: { 'X-Extra': 'y' } }, 404, { x: 1 }],
  ['a declared status range', envelope, two, { status: 226, body: 1 }, 226, 1],
  [
    'the declared default',
    envelope,
    { responses: [{ status: 'default', content: json }] },
    { status: 418, body: 1 },
    418,
    1,
  ],
  ['data by the default', envelope, { responses: [{ status: 'default', content: json }] }, { data: 1 }, 200, 1],
];

function serve(
  given: Partial<OperationDescriptor>,
  handler: unknown,
  options: object = {},
  descriptor = envelope,
  schema?: z.ZodType,
) {
  return createServer(
    {
      api: api({ envelope: descriptor }),
      operations: { get: operation({ id: 'get', ...given }) },
      validators: schema ? { get: { responses: { '200': { 'application/json': schema } } } } : {},
      signers: {},
    },
    { handlers: { get: handler }, ...options },
  );
}

test.each(rows)('%s', async (_, descriptor, given, answer, status, body) => {
  await overBoth(
    serve(given, () => answer, {}, descriptor),
    async (ask) => {
      const response = await ask('/');
      expect([response.status, await response.json()]).toEqual([status, body]);
      const problem = (body as { title?: string } | null)?.title !== undefined;
      expect(response.headers.get('content-type')).toBe(problem ? 'application/problem+json' : 'application/json');
      const { headers } = answer as { headers?: object };
      expect(response.headers.get('x-extra')).toBe(headers ? 'y' : null);
    },
  );
});

test.each([204, 205, 304])('%i has no body, even if its status range declares one', async (status) => {
  const given = { responses: [{ status: 'default', content: json }] };
  const validator = { responses: { default: { 'application/json': z.object({ a: z.int() }) } } };
  const server = createServer(
    { api: api(), operations: { op: operation({ id: 'op', ...given }) }, validators: { op: validator }, signers: {} },
    { handlers: { op: () => ({ status }) } },
  );
  await overBoth(server, async (ask) => {
    const response = await ask('/');
    expect([response.status, await response.text()]).toEqual([status, '']);
    expect(response.headers.get('content-type')).toBeNull();
  });
});

describe('an undeclared response is caught and reported, and not sent', () => {
  const secret = 'constraint "players_pkey" at 10.0.0.7';
  const undeclared: readonly [
    name: string,
    handler: () => unknown,
    kind: ServerFailure['kind'],
    given?: Partial<OperationDescriptor>,
  ][] = [
    ['a thrown error', () => Promise.reject(new Error(secret)), 'handler'],
    [
      'an error thrown synchronously',
      () => {
        throw new Error(secret);
      },
      'handler',
    ],
    ['a thrown text', () => Promise.reject(secret), 'handler'],
    ['nothing', () => undefined, 'response'],
    ['an object that is not a result', () => ({ secret }), 'response'],
    ['an undeclared code', () => ({ error: { code: 409, message: secret } }), 'response'],
    ['an undeclared status', () => ({ status: 299, body: secret }), 'response'],
    ['an invalid body', async () => ({ data: { id: secret } }), 'response'],
    ['a body that is not JSON', () => ({ data: 1n }), 'response'],
    [
      'a header value with a line break',
      () => ({ data: { id: 1 }, headers: { x: `${secret}\r\nset-cookie: a=b` } }),
      'response',
    ],
    [
      'a body where none is declared',
      () => ({ data: secret }),
      'response',
      { responses: [{ status: '204', content: [] }] },
    ],
    ['an undeclared content type', () => ({ data: { id: 1 }, headers: { 'content-type': 'text/html' } }), 'response'],
  ];

  test.each(undeclared)('%s', async (_, handler, kind, given = {}) => {
    const failures: ServerFailure[] = [];
    const { logger, entries, text } = collectLog();
    const onError = (failure: ServerFailure) => {
      failures.push(failure);
      throw new Error('the hook fails too');
    };
    const schema = z.strictObject({ id: z.int() });
    await overBoth(serve(given, handler, { logger, onError }, envelope, schema), async (ask) => {
      const response = await ask('/', { headers: { 'x-request-id': 'r-1' } });
      const body = await response.text();
      expect([response.status, JSON.parse(body)]).toEqual([500, { error: 'internal error' }]);
      expect(JSON.stringify([...response.headers])).not.toContain('players');
    });
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatchObject({ kind, operation: 'get', requestId: 'r-1' });
    expect(entries.filter(({ level }) => level === 'error').length).toBeGreaterThanOrEqual(2);
    expect(text()).toContain('r-1');
  });
});

test('responses are validated according to the mode', async () => {
  const schema = z.object({ id: z.int() });
  for (const [mode, status, warnings] of [
    ['throw', 500, 0],
    ['warn', 200, 1],
    ['off', 200, 0],
  ] as const) {
    const { logger, entries } = collectLog();
    const server = serve(
      {},
      () => ({ data: { id: 'secret' } }),
      { logger, validation: { responses: mode } },
      envelope,
      schema,
    );
    expect((await server.fetch(new Request('http://t/'))).status).toBe(status);
    const warned = entries.filter(({ level }) => level === 'warn');
    expect(warned).toHaveLength(warnings);
    if (warnings)
      expect(warned[0]?.entry).toMatchObject({
        flaws: [{ at: '/id', message: 'Invalid input: expected number, received string' }],
      });
  }
});

describe('bodies that are not JSON', () => {
  const bytes = new Uint8Array([1, 2, 255]);
  const cases: readonly [name: string, contentType: string, data: () => unknown, sent: string, want: string][] = [
    ['text', 'text/plain', () => 'é', 'text/plain; charset=utf-8', 'é'],
    ['bytes', 'application/octet-stream', () => bytes, 'application/octet-stream', '\x01\x02\xff'],
    [
      'a Blob with its own type',
      'image/*',
      () => new Blob([bytes], { type: 'image/png' }),
      'image/png',
      '\x01\x02\xff',
    ],
    ['a stream', 'application/pdf', () => new Blob(['pdf']).stream(), 'application/pdf', 'pdf'],
    [
      'a form',
      'application/x-www-form-urlencoded',
      () => ({ a: [1, 2], b: 'x y' }),
      'application/x-www-form-urlencoded',
      'a=1&a=2&b=x+y',
    ],
    ['JSON lines of a list', 'application/jsonl', () => [{ a: 1 }, 'x'], 'application/jsonl', '{"a":1}\n"x"\n'],
    [
      'JSON lines of an async iterable',
      'application/x-ndjson',
      async function* () {
        yield { a: 1 };
        yield [2];
      },
      'application/x-ndjson',
      '{"a":1}\n[2]\n',
    ],
    [
      'events',
      'text/event-stream',
      async function* () {
        yield 'one\ntwo';
        yield { event: 'tick\nx', id: 7, data: { n: 1 } };
        yield { n: 2 };
        yield { retry: 5000 };
        yield { id: 8, retry: 1 };
        yield { id: 9, name: 'a row' };
      },
      'text/event-stream; charset=utf-8',
      'data: one\ndata: two\n\nevent: tick x\nid: 7\ndata: {"n":1}\n\ndata: {"n":2}\n\n' +
        'retry: 5000\n\nid: 8\nretry: 1\n\ndata: {"id":9,"name":"a row"}\n\n',
    ],
  ];

  test.each(cases)('%s', async (_, contentType, data, sent, want) => {
    const given = { responses: [{ status: '200', content: [contentType] }] };
    await overBoth(
      serve(given, () => ({ data: data() }), {}, inBand),
      async (ask) => {
        const response = await ask('/');
        const body = Buffer.from(await response.arrayBuffer());
        const encoding = contentType === 'text/plain' ? 'utf8' : 'latin1';
        expect([response.headers.get('content-type'), body.toString(encoding)]).toEqual([sent, want]);
      },
    );
  });

  test('a stream is read only as fast as it is consumed, and ends with its reader', async () => {
    let made = 0;
    let ended = false;
    async function* endless() {
      try {
        for (;;) {
          made += 1;
          yield { made };
        }
      } finally {
        ended = true;
      }
    }
    const server = serve({ responses: [{ status: '200', content: ['application/jsonl'] }] }, () => ({
      data: endless(),
    }));
    const response = await server.fetch(new Request('http://t/'));
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"made":1}\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made).toBeLessThanOrEqual(3);
    await reader?.cancel();
    expect(ended).toBe(true);
  });

  test('the response does not show why a stream failed', async () => {
    const { logger, text } = collectLog();
    async function* failing() {
      yield 'a';
      throw new Error('inner detail');
    }
    const server = serve(
      { responses: [{ status: '200', content: ['text/event-stream'] }] },
      () => ({ data: failing() }),
      { logger },
    );
    const response = await server.fetch(new Request('http://t/'));
    await expect(response.text()).rejects.toThrow('The stream failed');
    expect(text()).toContain('inner detail');
  });
});

test('a missing handler causes HTTP 501 in the envelope, even where errors are sent with 200', async () => {
  const operations = { play: operation({ id: 'play', path: '/play' }) };
  const server = createServer(
    { api: api({ envelope: inBand }), operations, validators: {}, signers: {} },
    { handlers: {} },
  );
  await overBoth(server, async (ask) => {
    const response = await ask('/play');
    expect([response.status, await response.json()]).toEqual([
      501,
      { code: 501, message: 'not implemented', data: {} },
    ]);
  });
});
