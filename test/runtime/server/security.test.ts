import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type {
  ApiDescriptor,
  RecipeDescriptor,
  SecuritySchemeDescriptor,
  SignatureScheme,
} from '../../../runtime/contract/index.ts';
import { ConfigurationError, createServer, type ServerOptions } from '../../../runtime/server/index.ts';
import { api, collectLog, operation, overBoth, refusals } from './support.ts';

const key = (name: string, header: string): SecuritySchemeDescriptor => ({
  kind: 'key',
  name,
  credential: { name, env: `TEST_${name.toUpperCase()}`, secret: true, carriers: [{ in: 'header', name: header }] },
  refusals: { ...refusals, missing: 400, expired: 410 },
});

const basic: SecuritySchemeDescriptor = {
  kind: 'basic',
  name: 'basic',
  credential: {
    name: 'basic',
    env: 'TEST_BASIC',
    secret: true,
    carriers: [{ in: 'header', name: 'Authorization', prefix: 'Basic ' }],
  },
  refusals,
};

const session: SecuritySchemeDescriptor = {
  kind: 'session',
  name: 'session',
  carriers: [{ in: 'cookie', name: 'sid' }],
  operations: [],
  token: '/token',
  expired: [],
  refusals: { ...refusals, expired: 419 },
};

const signature: SignatureScheme = {
  kind: 'signature',
  name: 'signed',
  signer: 'plain',
  algorithm: 'custom',
  signature: { in: 'header', name: 'sig', prefix: 'v1=' },
  credentials: [
    { name: 'id', env: 'TEST_ID', secret: false, carriers: [{ in: 'header', name: 'id' }] },
    { name: 'secret', env: 'TEST_SECRET', secret: true, carriers: [{ in: 'header', name: 'secret' }] },
  ],
  replay: 'signature',
  refusals: { ...refusals, replay: 409 },
};

const schemes = { a: key('a', 'x-a'), b: key('b', 'x-b'), basic, session, signed: signature };

type Options = ServerOptions<Record<string, unknown>, unknown, ApiDescriptor>;

/** A server of one operation that returns the caller. */
function serve(
  security: readonly (readonly string[])[],
  sources: Options['security'],
  options: Partial<Options> = {},
  other: Readonly<Record<string, SecuritySchemeDescriptor>> = {},
) {
  return createServer(
    {
      api: api({ securitySchemes: { ...schemes, ...other } }),
      operations: { who: operation({ id: 'who', security }) },
      validators: {},
      signers: {
        signed: {
          stringToSign: ({ credentials, body }) => `${credentials.id}:${credentials.secret}:${body.length}`,
          sign: async (message) => `<${message}>`,
        },
      },
    },
    {
      handlers: { who: (_: unknown, { identity }: { identity: unknown }) => ({ data: { identity } }) },
      environment: {},
      ...(sources ? { security: sources } : {}),
      ...options,
    },
  );
}

describe('creating a server', () => {
  test.each([
    [
      'a missing key',
      [['a']],
      {},
      'The security scheme a has no credentials to check against: set the option security.a, or the environment variables TEST_A',
    ],
    [
      'missing credentials of a signature',
      [['signed']],
      {},
      'security.signed, or the environment variables TEST_ID and TEST_SECRET',
    ],
    ['half the credentials', [['signed']], { signed: { id: '1' } }, 'The option security.signed requires secret'],
    [
      'a session without a lookup',
      [['session']],
      {},
      'The security scheme session requires a lookup: set the option security.session',
    ],
    ['an empty key', [['a']], { a: '' }, 'The option security.a is empty'],
    ['an empty list of keys', [['a']], { a: [] }, 'The option security.a is empty'],
    [
      'an empty list of candidates',
      [['signed']],
      { signed: [] },
      'The option security.signed does not contain credentials',
    ],
    [
      'a number as a key',
      [['a']],
      { a: 5 },
      'security.a must be a string, a list of such strings or a function, received number',
    ],
    [
      'an object as a key',
      [['a']],
      { a: { key: 'k' } },
      'security.a must be a string, a list of such strings or a function, received object',
    ],
    ['null in a list of keys', [['a']], { a: ['k', null] }, 'received null'],
    [
      'an object as user and password',
      [['basic']],
      { basic: { username: 'me', password: 'hunter2' } },
      "security.basic must be 'user:password', a list of such strings or a function, received object",
    ],
    [
      'a password without a user',
      [['basic']],
      { basic: 'hunter2' },
      "security.basic must be 'user:password': a value has no colon",
    ],
    [
      'a secret without an id',
      [['signed']],
      { signed: 'hunter2' },
      'security.signed must be an object with id and secret, a list',
    ],
    ['a list of secrets', [['signed']], { signed: ['hunter2'] }, 'received string'],
    ['text', [['a']], 'hunter2', 'The option security must be an object'],
    ['a list', [['a']], ['hunter2'], 'received list'],
    ['a function', [['a']], () => true, 'received function'],
    [
      'an unknown scheme',
      [['a']],
      { a: 'k', c: 'k' },
      'The option security.c does not match a security scheme. Available: a, b, basic, session, signed',
    ],
  ])('rejects %s', (_, security, sources, message) => {
    expect(() => serve(security, sources as Options['security'])).toThrow(ConfigurationError);
    expect(() => serve(security, sources as Options['security'])).toThrow(message);
    expect(() => serve(security, sources as Options['security'])).not.toThrow('hunter2');
  });

  test('rejects handlers without an operation', () => {
    expect(() => serve([], {}, { handlers: { whom: () => ({}) } })).toThrow(
      'The option handlers.whom does not match an operation',
    );
  });

  test('reads credentials from the environment', async () => {
    const server = serve([['a']], {}, { environment: { TEST_A: 'from-env' } });
    const ask = (value: string) => server.fetch(new Request('http://t/', { headers: { 'x-a': value } }));
    expect((await ask('from-env')).status).toBe(200);
    expect((await ask('from-env2')).status).toBe(401);
  });

  test.each([[['a']], [['signed']], [['session', 'basic']]])(
    'does not check %s with `security: false`, and needs no configuration',
    async (schemes) => {
      const server = serve([schemes], {}, { security: false });
      const response = await server.fetch(new Request('http://t/', { headers: { 'x-a': 'anything' } }));
      expect([response.status, await response.json()]).toEqual([200, { identity: {} }]);
    },
  );

  test('needs no credentials for an operation without a handler', () => {
    expect(() => serve([['a']], {}, { handlers: {} })).not.toThrow();
  });
});

const lookup = async (value: string) =>
  value === 'old'
    ? ('expired' as const)
    : value === 'banned'
      ? ('forbidden' as const)
      : value === 'good'
        ? { user: 7 }
        : null;
/** Thenables, such as the query builders of databases. */
class Query implements PromiseLike<unknown> {
  readonly found: unknown;
  constructor(found: unknown) {
    this.found = found;
  }
  // biome-ignore lint/suspicious/noThenProperty: the test needs a promise that is not the platform's own
  then(resolve: unknown): never {
    setTimeout(() => (resolve as (found: unknown) => void)(this.found), 1);
    return undefined as never;
  }
}
const thenable = (value: string) => new Query(value === 'good' ? { user: 8 } : null);
const pair = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

type Row = readonly [
  name: string,
  security: readonly (readonly string[])[],
  sources: unknown,
  headers: Record<string, string>,
  status: number,
  body: unknown,
];

const rows: readonly Row[] = [
  ['lookup: valid', [['a']], { a: lookup }, { 'x-a': 'good' }, 200, { identity: { a: { user: 7 } } }],
  ['lookup: unknown', [['a']], { a: lookup }, { 'x-a': 'x' }, 401, { error: 'x-a is invalid' }],
  ['lookup: expired', [['a']], { a: lookup }, { 'x-a': 'old' }, 410, { error: 'x-a has expired' }],
  ['lookup: forbidden', [['a']], { a: lookup }, { 'x-a': 'banned' }, 403, { error: 'x-a is not allowed to do this' }],
  ['lookup: a thenable', [['a']], { a: thenable }, { 'x-a': 'good' }, 200, { identity: { a: { user: 8 } } }],
  [
    'lookup: a thenable that rejects the key',
    [['a']],
    { a: thenable },
    { 'x-a': 'bad' },
    401,
    { error: 'x-a is invalid' },
  ],
  ['a fixed key has no identity', [['a']], { a: 'k1' }, { 'x-a': 'k1' }, 200, { identity: { a: true } }],
  [
    'basic: valid',
    [['basic']],
    { basic: 'me:pä:ss' },
    { authorization: pair('me:pä:ss') },
    200,
    { identity: { basic: true } },
  ],
  [
    'basic: wrong',
    [['basic']],
    { basic: 'me:pass' },
    { authorization: pair('me:pas') },
    401,
    { error: 'Authorization is invalid' },
  ],
  [
    'basic: invalid base64',
    [['basic']],
    { basic: 'me:pass' },
    { authorization: 'Basic ***' },
    401,
    { error: 'Authorization is not base64 of user:password' },
  ],
  [
    'session in a cookie',
    [['session']],
    { session: lookup },
    { cookie: 'x=1; sid="good"' },
    200,
    { identity: { session: { user: 7 } } },
  ],
  ['session expired', [['session']], { session: lookup }, { cookie: 'sid=old' }, 419, { error: 'sid has expired' }],
  [
    'both schemes of one alternative',
    [['a', 'b']],
    { a: 'k1', b: 'k2' },
    { 'x-a': 'k1', 'x-b': 'k2' },
    200,
    { identity: { a: true, b: true } },
  ],
  [
    'reports the first scheme that fails',
    [['a', 'b']],
    { a: 'k1', b: 'k2' },
    { 'x-a': 'k', 'x-b': 'k' },
    401,
    { error: 'x-a is invalid' },
  ],
  ['one of two alternatives', [['a'], ['b']], { a: 'k1', b: 'k2' }, { 'x-b': 'k2' }, 200, { identity: { b: true } }],
  [
    'the first alternative that passes',
    [['a'], ['b']],
    { a: 'k1', b: 'k2' },
    { 'x-a': 'k1', 'x-b': 'k2' },
    200,
    { identity: { a: true } },
  ],
  ['no alternative: reports the first', [['a'], ['b']], { a: 'k1', b: 'k2' }, {}, 400, { error: 'x-a is missing' }],
  [
    'no alternative: reports the one with credentials',
    [['a'], ['b']],
    { a: 'k1', b: 'k2' },
    { 'x-b': 'k' },
    401,
    { error: 'x-b is invalid' },
  ],
  [
    'no alternative: reports the one that passed most checks',
    [['a'], ['a', 'b'], ['b', 'a']],
    { a: 'k1', b: 'k2' },
    { 'x-b': 'k2', 'x-a': 'k' },
    401,
    { error: 'x-a is invalid' },
  ],
  ['optional last, without credentials', [['a'], []], { a: 'k1' }, {}, 200, { identity: {} }],
  ['optional last, with credentials', [['a'], []], { a: 'k1' }, { 'x-a': 'k1' }, 200, { identity: { a: true } }],
  ['optional first, without credentials', [[], ['a']], { a: 'k1' }, {}, 200, { identity: {} }],
  ['optional first, with credentials', [[], ['a']], { a: 'k1' }, { 'x-a': 'k1' }, 200, { identity: { a: true } }],
  ['optional first, with a wrong key', [[], ['a']], { a: 'k1' }, { 'x-a': 'k2' }, 401, { error: 'x-a is invalid' }],
  ['optional last, with a wrong key', [['a'], []], { a: 'k1' }, { 'x-a': 'k2' }, 401, { error: 'x-a is invalid' }],
  [
    'optional, with an expired session',
    [['a'], []],
    { a: lookup },
    { 'x-a': 'old' },
    410,
    { error: 'x-a has expired' },
  ],
  [
    'optional, with a forbidden session',
    [['a'], []],
    { a: lookup },
    { 'x-a': 'banned' },
    403,
    { error: 'x-a is not allowed to do this' },
  ],
  [
    'optional, with a wrong key and a right key',
    [['a'], ['b'], []],
    { a: 'k1', b: 'k2' },
    { 'x-a': 'k', 'x-b': 'k2' },
    200,
    { identity: { b: true } },
  ],
  [
    'optional, with a right key and a wrong key of one alternative',
    [['a', 'b'], []],
    { a: 'k1', b: 'k2' },
    { 'x-a': 'k1', 'x-b': 'k' },
    401,
    { error: 'x-b is invalid' },
  ],
  [
    'optional, with credentials of another scheme',
    [['basic'], []],
    { basic: 'me:pass' },
    { authorization: 'Bearer t' },
    401,
    { error: 'Authorization must begin with "Basic "' },
  ],
  ...Object.entries({
    '%%%': 'Basic %%%',
    'no colon': `Basic ${btoa('me')}`,
    'bytes that are not UTF-8': `Basic ${btoa('\xff:\xfe')}`,
    'nothing after the scheme': ['Basic', '"'],
    'no scheme': [btoa('me:pass'), '"'],
    'a longer name of a scheme': [`Basics ${btoa('me:pass')}`, '"'],
    'a list of schemes': ['Bearer t, Basic x', '"'],
  }).map(
    ([name, sent]): Row => [
      `without, with malformed credentials: ${name}`,
      [['basic'], []],
      { basic: 'me:pass' },
      { authorization: typeof sent === 'string' ? sent : (sent[0] ?? '') },
      401,
      {
        error:
          typeof sent === 'string'
            ? 'Authorization is not base64 of user:password'
            : 'Authorization must begin with "Basic "',
      },
    ],
  ),
  [
    'optional, with an empty header',
    [['basic'], []],
    { basic: 'me:pass' },
    { authorization: ' ' },
    200,
    { identity: {} },
  ],
  [
    'reports a wrong credential rather than a missing scheme',
    [['basic'], ['a'], []],
    { basic: 'me:pass', a: 'k1' },
    { authorization: 'Bearer t', 'x-a': 'k' },
    401,
    { error: 'x-a is invalid' },
  ],
  [
    'reports the wrong key, not the other scheme',
    [['basic'], ['a']],
    { basic: 'me:pass', a: 'k1' },
    { authorization: 'Bearer t', 'x-a': 'k' },
    401,
    { error: 'x-a is invalid' },
  ],
  [
    'optional, with a signature without its id',
    [['signed'], []],
    { signed: { id: '1', secret: 's1' } },
    { sig: 'v1=x' },
    401,
    { error: 'missing: id, secret, sig are required' },
  ],
  [
    'optional, with an id without its signature',
    [['signed'], []],
    { signed: { id: '1', secret: 's1' } },
    { id: '1' },
    200,
    { identity: {} },
  ],
  [
    'optional between two alternatives',
    [['a'], [], ['b']],
    { a: 'k1', b: 'k2' },
    { 'x-b': 'k2' },
    200,
    { identity: { b: true } },
  ],
  [
    'optional first, with the second of two alternatives',
    [[], ['a'], ['b']],
    { a: 'k1', b: 'k2' },
    { 'x-b': 'k2' },
    200,
    { identity: { b: true } },
  ],
  [
    'optional first, with both schemes of one alternative',
    [[], ['a', 'b']],
    { a: 'k1', b: 'k2' },
    { 'x-a': 'k1', 'x-b': 'k2' },
    200,
    { identity: { a: true, b: true } },
  ],
  [
    'optional first, with one scheme of two',
    [[], ['a', 'b']],
    { a: 'k1', b: 'k2' },
    { 'x-a': 'k1' },
    200,
    { identity: {} },
  ],
  ['optional twice', [[], ['a'], []], { a: 'k1' }, { 'x-a': 'k1' }, 200, { identity: { a: true } }],
];

test.each(rows)('%s', async (_, security, sources, headers, status, body) => {
  await overBoth(serve(security, sources as Options['security']), async (ask) => {
    const response = await ask('/', { headers });
    expect([response.status, await response.json()]).toEqual([status, body]);
  });
});

describe('a signature', () => {
  const sign = (id: string, secret: string) => ({ id, secret, sig: `v1=<${id}:${secret}:0>` });
  const ask = async (source: unknown, headers: Record<string, string>, options: Partial<Options> = {}) => {
    const server = serve([['signed']], { signed: source } as Options['security'], options);
    const response = await server.fetch(new Request('http://t/', { headers }));
    return [response.status, await response.json()];
  };

  test('accepts two secrets at once, from an async lookup', async () => {
    const source = async ({ id }: Record<string, string>) =>
      id === '1' ? ['s1', 's2'].map((secret) => ({ credentials: { id: '1', secret }, identity: { secret } })) : null;
    expect(await ask(source, sign('1', 's1'))).toEqual([200, { identity: { signed: { secret: 's1' } } }]);
    expect(await ask(source, sign('1', 's2'))).toEqual([200, { identity: { signed: { secret: 's2' } } }]);
    expect(await ask(source, sign('1', 's3'))).toEqual([401, { error: 'credentials are invalid' }]);
    expect(await ask(source, sign('2', 's1'))).toEqual([401, { error: 'credentials are invalid' }]);
  });

  test('puts no secret into the identity unless the lookup returns one', async () => {
    expect(await ask({ id: '1', secret: 's1' }, sign('1', 's1'))).toEqual([200, { identity: { signed: { id: '1' } } }]);
  });

  test('ignores a secret that the caller sends', async () => {
    const { logger, text } = collectLog();
    const answer = await ask(() => [{ id: '1' }], sign('1', 'mine-alone'), { logger });
    expect(answer).toEqual([500, { error: 'internal error' }]);
    expect(text()).toContain('The lookup of security.signed returned credentials without secret');
    expect(text()).not.toContain('mine-alone');
  });

  test.each(['expired', 'forbidden'] as const)('accepts a lookup that returns %s', async (word) => {
    expect((await ask(() => word, sign('1', 's1')))[0]).toBe(word === 'expired' ? 401 : 403);
  });

  test('requires the prefix of the signature', async () => {
    const source = { id: '1', secret: 's1' };
    expect((await ask(source, { ...sign('1', 's1'), sig: '<1:s1:0>' }))[1]).toEqual({
      error: 'header sig does not begin with "v1="',
    });
  });

  test('records a nonce once for two alternatives with the same scheme', async () => {
    const server = serve([['signed', 'a'], ['signed']], { signed: { id: '1', secret: 's1' }, a: 'k1' });
    const request = () => server.fetch(new Request('http://t/', { headers: sign('1', 's1') }));
    expect((await request()).status).toBe(200);
    expect((await request()).status).toBe(409);
  });

  test.each([
    ['the same text', {}, (text: string) => text],
    ['another signature before it', { list: ' ' }, (text: string) => `v1=wrong ${text}`],
    ['another signature after it', { list: ' ' }, (text: string) => `${text} v1=wrong`],
  ])('rejects a replay: %s', async (_, carrier, replay) => {
    const signedBy = { ...signature, signature: { ...signature.signature, ...carrier } };
    const server = serve([['signed']], { signed: { id: '1', secret: 's1' } }, {}, { signed: signedBy });
    const send = async (sig: string) =>
      (await server.fetch(new Request('http://t/', { headers: { ...sign('1', 's1'), sig } }))).status;
    expect([await send(sign('1', 's1').sig), await send(replay(sign('1', 's1').sig))]).toEqual([200, 409]);
  });

  test.each(['hex', 'HEX'] as const)('rejects a replay with hex digits in the other case: %s', async (output) => {
    const recipe: RecipeDescriptor = {
      algorithm: { kind: 'hmac', hash: 'sha256' },
      message: [{ kind: 'request', value: 'method' }],
      key: { steps: [{ kind: 'credential', name: 'secret', form: 'utf8' }], derive: [] },
      output,
      computed: [],
      basePath: '',
    };
    const server = serve([['signed']], { signed: { id: '1', secret: 's1' } }, {}, { signed: { ...signature, recipe } });
    const hex = createHmac('sha256', 's1').update('GET').digest('hex');
    const send = async (text: string) =>
      (await server.fetch(new Request('http://t/', { headers: { id: '1', secret: 's1', sig: `v1=${text}` } }))).status;
    expect([await send(hex), await send(hex.toUpperCase())]).toEqual([200, 409]);
  });

  test('rejects every caller if the store throws', async () => {
    const { logger } = collectLog();
    const replayStore = { use: () => Promise.reject(new Error('down')) };
    expect(await ask({ id: '1', secret: 's1' }, sign('1', 's1'), { logger, replayStore })).toEqual([
      500,
      { error: 'internal error' },
    ]);
  });

  test('passes the lifetime to the store, and no secret', async () => {
    const used: [string, number][] = [];
    const replayStore = { use: (...call: [string, number]) => used.push(call) > 0 };
    await ask({ id: '1', secret: 'very-secret' }, sign('1', 'very-secret'), { replayStore });
    expect(used).toEqual([[expect.stringMatching(/^[0-9a-f]{64}$/), 86_400]]);
  });
});
