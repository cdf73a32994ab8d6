import { expect, test } from 'vitest';
import type {
  Carrier,
  OperationDescriptor,
  ParameterDescriptor,
  SecuritySchemeDescriptor,
  SignatureScheme,
} from '../../../runtime/contract/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { api, operation, refusals } from './support.ts';

const key = (name: string, carrier: Carrier): SecuritySchemeDescriptor => ({
  kind: 'key',
  name,
  credential: { name, env: 'TEST_KEY', secret: true, carriers: [carrier] },
  refusals,
});
const signed: SignatureScheme = {
  kind: 'signature',
  name: 'signed',
  signer: 'plain',
  algorithm: 'custom',
  signature: { in: 'query', name: 'sig' },
  timestamp: { in: 'query', name: 'ts', units: ['s'], tolerance: 60 },
  nonce: { in: 'query', name: 'nonce', bytes: 8 },
  credentials: [{ name: 'id', env: 'TEST_ID', secret: false, carriers: [{ in: 'query', name: 'client' }] }],
  replay: 'none',
  refusals,
};
const securitySchemes = {
  query: key('query', { in: 'query', name: 'api_key' }),
  header: key('header', { in: 'header', name: 'api_key' }),
  cookie: key('cookie', { in: 'cookie', name: 'api_key' }),
  signed,
  session: {
    kind: 'session',
    name: 'session',
    carriers: [{ in: 'cookie', name: 'sid' }],
    operations: [],
    token: '/token',
    expired: [],
    refusals,
  },
} as const;

const text = { kind: 'primitive', types: ['string'] } as const;
const open = (place: 'query' | 'cookie', properties = {}): ParameterDescriptor => ({
  name: 'filter',
  in: place,
  required: false,
  style: 'form',
  explode: true,
  shape: { kind: 'object', properties, rest: text },
});
const now = Math.floor(Date.now() / 1000);
const signature = `sig=ok&ts=${now}&nonce=n&client=me`;

type Row = readonly [
  name: string,
  given: Partial<OperationDescriptor>,
  request: { readonly query?: string; readonly cookie?: string },
  want: object,
];
const rows: readonly Row[] = [
  ['a key in the query', { security: [['query']] }, { query: 'api_key=k&a=1' }, { a: '1' }],
  ['an optional key', { security: [['query'], []] }, { query: 'a=1&api_key=k' }, { a: '1' }],
  ['only the key', { security: [['query']] }, { query: 'api_key=k' }, {}],
  [
    'a key in a header does not reserve the name',
    { security: [] },
    { query: 'api_key=k&a=1' },
    { api_key: 'k', a: '1' },
  ],
  [
    'a declared property',
    { security: [['query']], parameters: [open('query', { api_key: text })] },
    { query: 'api_key=k&a=1' },
    { api_key: 'k', a: '1' },
  ],
  ['the values of a signature', { security: [['signed']] }, { query: `${signature}&a=1` }, { a: '1' }],
  [
    'the second security alternative',
    { security: [['signed'], ['query']] },
    { query: 'api_key=k&a=1&sig=&nonce=' },
    { a: '1' },
  ],
  [
    'the query parameter that selects the operation',
    { security: [], when: [{ query: 'action', equals: 'who' }] },
    { query: 'action=who&a=1' },
    { a: '1' },
  ],
  [
    'a key in a cookie',
    { security: [['cookie']], parameters: [open('cookie')] },
    { cookie: 'api_key=k; a=1' },
    { a: '1' },
  ],
  [
    'a session in a cookie',
    { security: [['session']], parameters: [open('cookie')] },
    { cookie: 'a=1; sid=good' },
    { a: '1' },
  ],
  [
    'a key in a cookie does not reserve the name in the query',
    { security: [['cookie']] },
    { query: 'api_key=mine', cookie: 'api_key=k' },
    { api_key: 'mine' },
  ],
];

test.each(rows)('an open object omits the reserved name: %s', async (_, given, { query = '', cookie = '' }, want) => {
  const who = operation({ id: 'who', parameters: [open('query')], ...given });
  const server = createServer(
    {
      api: api({ securitySchemes }),
      operations: { who },
      validators: {},
      signers: { signed: { stringToSign: () => 'ok', sign: (message: string) => message } },
    },
    {
      handlers: {
        who: (input: { readonly query?: object; readonly cookies?: object }) => ({
          data: input.query ?? input.cookies,
        }),
      },
      environment: {},
      security: { query: 'k', header: 'k', cookie: 'k', signed: { id: 'me' }, session: () => ({ user: 1 }) },
    },
  );
  const response = await server.fetch(new Request(`http://t/?${query}`, { headers: { cookie } }));
  const read = (await response.json()) as { readonly filter?: object };
  expect([response.status, read.filter ?? read]).toEqual([200, want]);
});
