import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';
import { providerOf } from '../../mock/provider-of.ts';
import { type Started, startGateway } from '../../mock/support.ts';

const signing = {
  algorithm: 'hmac-sha256',
  message: { parts: ['body'] },
  key: { credential: 'secret' },
  credentials: { secret: {} },
};
const securitySchemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic' },
  token: { type: 'http', scheme: 'Token' },
  dpop: { type: 'http', scheme: 'DPoP' },
  oauth: {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://auth.example/token', scopes: { read: '' } } },
  },
  signed: { type: 'apiKey', in: 'header', name: 'X-Signature', 'x-cs-signing': signing },
};
type Name = keyof typeof securitySchemes;
const BASIC = 'Basic realm="api", charset="UTF-8"';
const WRONG = 'Bearer error="invalid_token"';

/** [schemes: `a|b` alternatives, `a+b` together, headers, the status and its challenge] */
type Row = readonly [security: string, headers: Record<string, string>, want: string | null, status?: number];
const rows: readonly Row[] = [
  ['bearer', {}, 'Bearer'],
  ['basic', {}, BASIC],
  ['key', {}, null],
  ['signed', {}, null],
  ['key|bearer', {}, 'Bearer'],
  ['bearer|key', {}, 'Bearer'],
  ['key|basic', {}, BASIC],
  ['cookie|basic', {}, BASIC],
  ['signed|bearer', {}, 'Bearer'],
  ['signed|basic', {}, BASIC],
  ['bearer|basic', {}, `Bearer, ${BASIC}`],
  ['basic|bearer', {}, `${BASIC}, Bearer`],
  ['bearer|oauth', {}, 'Bearer'],
  ['key+bearer', {}, 'Bearer'],
  ['key+basic', {}, BASIC],
  ['signed+bearer', {}, 'Bearer'],
  ['key+bearer|signed+basic', {}, `Bearer, ${BASIC}`],
  ['token', {}, 'Token'],
  ['dpop', {}, 'DPoP'],
  ['key|token', {}, 'Token'],
  ['key|dpop|bearer', {}, 'DPoP, Bearer'],
  ['key|bearer', { 'x-key': 'wrong' }, 'Bearer'],
  ['key+bearer', { 'x-key': 'wrong' }, 'Bearer'],
  ['key|bearer', { authorization: 'Bearer wrong' }, 'Bearer'],
  ['key|bearer', { authorization: 'Basic YTpi' }, 'Bearer'],
  ['oauth', { authorization: 'Bearer wrong' }, WRONG],
  ['key|oauth', { authorization: 'Bearer wrong' }, WRONG],
  ['key|oauth', {}, 'Bearer'],
  ['oauth|basic', { authorization: 'Bearer wrong' }, `${WRONG}, ${BASIC}`],
  ['bearer|oauth', { authorization: 'Bearer barred' }, null, 403],
  ['key|bearer|', { 'x-key': 'wrong' }, 'Bearer'],
  ['key|bearer|', {}, null, 200],
];

const alternatives = (security: string): object[] =>
  security
    .split('|')
    .map((schemes) => Object.fromEntries(schemes === '' ? [] : schemes.split('+').map((name) => [name, []])));
const kinds = [...new Set(rows.map(([security]) => security))];
const pathOf = (security: string): string => `/op${kinds.indexOf(security)}`;
const paths = Object.fromEntries(
  kinds.map((security) => {
    const schema = { type: 'object', properties: { code: { type: 'integer' }, message: { type: 'string' } } };
    const content = { 'application/json': { schema, example: { code: 0 } } };
    const responses = { 200: { description: 'ok', content } };
    const get = { operationId: pathOf(security).slice(1), security: alternatives(security), responses };
    return [pathOf(security), { get }];
  }),
);
const named = rows.map(([security, headers, want, status = 401]) => ({ security, headers, want, status }));

const documentOf = (more: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  servers: [{ url: 'https://a.test' }],
  paths,
  components: { securitySchemes },
  ...more,
});

describe('the challenges of a server', () => {
  const none = () => null;
  const judge = (token: string) => (token === 'barred' ? ('forbidden' as const) : null);
  const security = {
    ...Object.fromEntries(Object.keys(securitySchemes).map((name) => [name, none])),
    bearer: judge,
    oauth: judge,
    signed: { secret: 's' },
  } satisfies Partial<Record<Name, unknown>>;

  let listening: Listening;
  beforeAll(async () => {
    const { api, operations } = await providerOf(documentOf(), 'served');
    const byId = Object.fromEntries(operations.map(({ descriptor }) => [descriptor.id, descriptor]));
    const handlers = Object.fromEntries(Object.keys(byId).map((id) => [id, () => ({ data: { code: 0 } })]));
    const definition = { api, operations: byId, validators: {}, signers: {} };
    listening = await listen(createServer(definition, { handlers, security, environment: {}, logger: {} }));
  });
  afterAll(() => listening.close());

  test.each(named)('$security $headers', async ({ security: schemes, headers, want, status }) => {
    const response = await fetch(listening.url + pathOf(schemes), { headers });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([status, want]);
  });
});

describe('the challenges of a mock', () => {
  const mocks: Started[] = [];
  const start = async (name: string, more: object = {}): Promise<Started> => {
    const provider = await providerOf(documentOf(more), name);
    const mock = await startGateway({ providers: [{ name, load: async () => provider }] });
    mocks.push(mock);
    return mock;
  };
  let plain: Started;
  let enveloped: Started;
  beforeAll(async () => {
    plain = await start('plain');
    const errors = { 1: { name: 'unauthorized' }, 2: { name: 'invalid' }, 3: { name: 'internal' } };
    const faults = { invalid: 2, notFound: 2, internal: 3 };
    enveloped = await start('wrapped', {
      'x-cs-envelope': { code: '/code', message: '/message', success: [0], errors, faults },
    });
  });
  afterAll(() => Promise.all(mocks.map(({ close }) => close())));

  const known = named.filter(({ headers }) => headers.authorization !== 'Bearer barred');
  test.each(known)('are the same: $security $headers', async ({ security, headers, want, status }) => {
    const response = await fetch(`${plain.url}/plain${pathOf(security)}`, { headers });
    const said = response.headers.get('www-authenticate');
    // The mock checks OAuth tokens itself, and says why one is invalid.
    const shown = said?.replace(/, error_description="[^"]*"/, '') ?? null;
    expect([response.status, shown]).toEqual([status, want]);
  });

  test.each(['key|bearer', 'bearer', 'basic', 'bearer|basic', 'signed|bearer'])(
    'are not sent with HTTP 200: %s',
    async (security) => {
      const response = await fetch(`${enveloped.url}/wrapped${pathOf(security)}`);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([200, null]);
      expect(await response.json()).toMatchObject({ code: expect.any(Number) });
    },
  );
});
