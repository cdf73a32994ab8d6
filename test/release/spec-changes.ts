import type { Bump, Role } from '../../scripts/commands/diff/types.ts';

type Json = { [member: string]: unknown };
/** A document with one part of each kind. Each row of the table changes one part. */
export function baseDocument(): Json {
  return {
    openapi: '3.1.1',
    info: { title: 'Shop', version: '1.0.0', description: 'A shop.' },
    servers: [{ url: 'https://shop.invalid' }],
    'x-cs-envelope': {
      code: '/code',
      success: [0],
      message: '/message',
      data: '/data',
      errors: {
        '1': { name: 'UnknownItem', description: 'No such item.' },
        '2': { name: 'Busy', retry: true },
      },
      faults: { invalid: 1 },
    },
    paths: {
      '/items': {
        get: {
          operationId: 'listItems',
          summary: 'List items',
          security: [{ signature: [] }],
          'x-cs-retry': 'safe',
          'x-cs-envelope': { codes: [1] },
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } }],
          responses: {
            '200': {
              description: 'Items.',
              content: json({ type: 'array', items: { $ref: '#/components/schemas/Item' } }),
            },
          },
        },
        post: {
          operationId: 'buyItem',
          summary: 'Buy',
          security: [{ signature: [] }],
          requestBody: { required: true, content: json({ $ref: '#/components/schemas/Order' }) },
          responses: { '200': { description: 'Bought.', content: json({ $ref: '#/components/schemas/Item' }) } },
        },
      },
      '/login': {
        post: {
          operationId: 'logIn',
          summary: 'Log in',
          security: [{ key: [] }],
          responses: {
            '200': {
              description: 'In.',
              content: json({ type: 'object', required: ['token'], properties: { token: { type: 'string' } } }),
            },
          },
        },
      },
      '/rows': {
        put: {
          operationId: 'pushRows',
          summary: 'Push rows',
          security: [{ token: [] }],
          'x-cs-batch': { items: '/rows', max: 100 },
          'x-cs-timeout': { attempt: 5000 },
          requestBody: {
            required: true,
            content: json({
              type: 'object',
              required: ['rows'],
              properties: { rows: { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'integer' }] } } },
            }),
          },
          responses: { '204': { description: 'Taken.' } },
        },
      },
      '/check#checkRules': {
        'x-cs-path': '/check',
        'x-cs-when': [{ query: 'action', equals: 'rules' }],
        get: {
          operationId: 'checkRules',
          summary: 'Rules',
          security: [],
          responses: { '200': { description: 'Rules.' } },
        },
      },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key', 'x-cs-credential': { name: 'key' } },
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Token',
          'x-cs-session': { operation: 'logIn', token: '/token', expired: [{ code: 2 }], maxAge: 3600 },
        },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Signature',
          'x-cs-signing': {
            algorithm: 'hmac-sha256',
            timestamp: { in: 'header', name: 'X-Time', unit: 's', tolerance: 300 },
            nonce: { in: 'header', name: 'X-Nonce' },
            credentials: { key: { in: 'header', name: 'X-Key' }, secret: {} },
            vectors: [
              { credentials: { key: 'k', secret: 's' }, url: '/items', timestamp: '1', nonce: 'n', signature: 'aa' },
            ],
          },
        },
      },
      schemas: {
        Item: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'string' }, note: { type: 'string' }, state: { enum: ['new', 'used'] } },
        },
        Order: {
          type: 'object',
          required: ['id', 'count'],
          properties: {
            id: { type: 'string', maxLength: 20 },
            count: { type: 'integer', minimum: 1 },
            gift: { type: 'boolean' },
          },
        },
      },
    },
  };
}

const json = (schema: Json): Json => ({ 'application/json': { schema } });

/** Sets, or with undefined removes, the value at the pointer. */
export function set(document: Json, pointer: string, value: unknown): void {
  const tokens = pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = tokens.pop() ?? '';
  const parent = tokens.reduce<Json>((node, token) => node[token] as Json, document);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

const LIST = '/paths/~1items/get';
const BUY = '/paths/~1items/post';
const ITEM = '/components/schemas/Item';
const ORDER = '/components/schemas/Order';
const SCHEME = '/components/securitySchemes/signature';
const SIGNING = `${SCHEME}/x-cs-signing`;
const CHECK = '/paths/~1check#checkRules';
const PUSH = '/paths/~1rows/put';
const ROWS = `${PUSH}/requestBody/content/application~1json/schema/properties/rows`;
const SESSION = '/components/securitySchemes/token/x-cs-session';

export type Row = readonly [
  title: string,
  edits: Readonly<Record<string, unknown>>,
  bump: Bump,
  says: RegExp,
  role?: Role,
];

/** An operation of the base document, for another place. */
function baseOperation(operationId: string): Json {
  const items = Object.values(baseDocument().paths as Json) as Json[];
  return items.flatMap((item) => Object.values(item) as Json[]).find((each) => each.operationId === operationId) ?? {};
}

const NEW_OPERATION = {
  operationId: 'sellItem',
  summary: 'Sell',
  security: [],
  responses: { '200': { description: 'Sold.' } },
};

export const rows: readonly Row[] = [
  ['nothing', {}, 'none', /^$/],
  // Operations
  ['an operation is added', { '/paths/~1sell': { post: NEW_OPERATION } }, 'minor', /`sellItem` is new/],
  ['an operation is removed', { [BUY]: undefined }, 'major', /`buyItem` was removed/],
  ['an operation is renamed', { [`${LIST}/operationId`]: 'findItems' }, 'major', /`listItems` was removed/],
  ['an operation is deprecated', { [`${LIST}/deprecated`]: true }, 'minor', /`listItems` is deprecated/],
  ['an operation has a new description', { [`${LIST}/summary`]: 'Find items' }, 'patch', /new description/],
  // Requests
  [
    'an optional parameter is added',
    { [`${LIST}/parameters/1`]: { name: 'page', in: 'query', schema: { type: 'integer' } } },
    'minor',
    /accepts query `page`/,
  ],
  [
    'a required parameter is added',
    { [`${LIST}/parameters/1`]: { name: 'page', in: 'query', required: true, schema: { type: 'integer' } } },
    'major',
    /requires query `page`/,
  ],
  [
    "a parameter's maximum decreases",
    { [`${LIST}/parameters/0/schema/maximum`]: 50 },
    'major',
    /`maximum`: `100` → `50`/,
  ],
  ["a parameter's maximum increases", { [`${LIST}/parameters/0/schema/maximum`]: 500 }, 'minor', /`maximum`/],
  [
    'an optional request property is added',
    { [`${ORDER}/properties/colour`]: { type: 'string' } },
    'minor',
    /`colour` is new/,
  ],
  [
    'a request property becomes required',
    { [`${ORDER}/required`]: ['id', 'count', 'gift'] },
    'major',
    /`gift` is now required/,
  ],
  ['a request property becomes optional', { [`${ORDER}/required`]: ['id'] }, 'minor', /`count` is now optional/],
  ['the same, for the receiver', { [`${ORDER}/required`]: ['id'] }, 'major', /`count` is now optional/, 'receiver'],
  [
    'a request property changes its type',
    { [`${ORDER}/properties/count/type`]: 'string' },
    'major',
    /`count` was integer/,
  ],
  ['a request gets another alternative', { [`${ROWS}/items/oneOf/2`]: { type: 'boolean' } }, 'minor', /1 branch more/],
  ['a request loses an alternative', { [`${ROWS}/items/oneOf`]: [{ type: 'string' }] }, 'major', /1 branch fewer/],
  ['a text gets a pattern', { [`${ORDER}/properties/id/pattern`]: '^[a-z]+$' }, 'major', /`pattern`/],
  [
    'a request has another media type',
    { [`${PUSH}/requestBody/content`]: { 'text/csv': { schema: {} } } },
    'major',
    /no longer `application\/json`/,
  ],
  ['a body becomes optional', { [`${PUSH}/requestBody/required`]: false }, 'minor', /no longer requires its body/],
  [
    'an operation has another path',
    { '/paths/~1list': { get: baseOperation('listItems') }, [LIST]: undefined },
    'major',
    /has moved from `\/items` to `\/list`/,
  ],
  // Responses
  [
    'an operation gets another success response',
    { [`${PUSH}/responses/202`]: { description: 'Later.' } },
    'major',
    /may respond with `202`/,
  ],
  [
    'an operation loses a success response',
    { [`${PUSH}/responses`]: { '202': { description: 'Later.' } } },
    'major',
    /no longer responds with `204`/,
  ],
  [
    'an optional response property is added',
    { [`${ITEM}/properties/price`]: { type: 'number' } },
    'minor',
    /`\[\]\.price` is new/,
  ],
  [
    'a required response property is added',
    { [`${ITEM}/properties/price`]: { type: 'number' }, [`${ITEM}/required`]: ['id', 'price'] },
    'minor',
    /`price` is new and required/,
  ],
  [
    'the same, for the responder',
    { [`${ITEM}/properties/price`]: { type: 'number' }, [`${ITEM}/required`]: ['id', 'price'] },
    'major',
    /`price` is new and required/,
    'both',
  ],
  ['a response property is removed', { [`${ITEM}/properties/note`]: undefined }, 'major', /`note` was removed/],
  ['a response property becomes optional', { [`${ITEM}/required`]: [] }, 'major', /`id` is now optional/],
  [
    'a response property becomes nullable',
    { [`${ITEM}/properties/id/type`]: ['string', 'null'] },
    'major',
    /`id` may now be null/,
  ],
  [
    'a response property gets another enum value',
    { [`${ITEM}/properties/state/enum`]: ['new', 'used', 'lost'] },
    'major',
    /`"lost"`/,
  ],
  [
    'a response property loses an enum value',
    { [`${ITEM}/properties/state/enum`]: ['new'] },
    'major',
    /can no longer be `"used"`/,
  ],
  // Dispatch
  [
    'a variant is distinguished by another value',
    { [`${CHECK}/x-cs-when`]: [{ query: 'action', equals: 'all' }] },
    'major',
    /`action=all`/,
  ],
  [
    'a variant is distinguished by absence',
    { [`${CHECK}/x-cs-when`]: [{ query: 'user', absent: true }] },
    'major',
    /`no user`/,
  ],
  // Envelope
  ['success has another code', { '/x-cs-envelope/success': [200] }, 'major', /Success is `\[200\]`/],
  ['success has one more code', { '/x-cs-envelope/success': [0, 200] }, 'major', /Success is/],
  [
    'the data moves in the envelope',
    { '/x-cs-envelope/data': '/result' },
    'major',
    /data of a response is at `"\/result"`/,
  ],
  ['a code is renamed', { '/x-cs-envelope/errors/1/name': 'NoItem' }, 'major', /`NoItem`, no longer `UnknownItem`/],
  ['a code is added', { '/x-cs-envelope/errors/3': { name: 'SoldOut' } }, 'minor', /`3` is now `SoldOut`/],
  ['a code is removed', { '/x-cs-envelope/errors/2': undefined }, 'major', /`2` \(`Busy`\) was removed/],
  ['an operation gets another error code', { [`${LIST}/x-cs-envelope/codes`]: [1, 2] }, 'minor', /may fail with `2`/],
  ['an operation loses an error code', { [`${LIST}/x-cs-envelope/codes`]: [] }, 'major', /no longer fails with `1`/],
  ['a code becomes retryable', { '/x-cs-envelope/errors/1/retry': true }, 'minor', /may now be retried/],
  [
    'a server rejects with a different code',
    { '/x-cs-envelope/faults/invalid': 2 },
    'major',
    /rejects `invalid` with `2`/,
  ],
  // Limits
  ['a call accepts fewer rows', { [`${PUSH}/x-cs-batch/max`]: 50 }, 'major', /accepts 50 rows per call, before 100/],
  ['a call accepts more rows', { [`${PUSH}/x-cs-batch/max`]: 500 }, 'minor', /accepts 500 rows/],
  ['a call has different time limits', { [`${PUSH}/x-cs-timeout/attempt`]: 9000 }, 'minor', /different time limits/],
  // Sessions and credentials
  [
    'the token moves in the response',
    { [`${SESSION}/token`]: '/data/token' },
    'major',
    /`\/data\/token`, no longer at `\/token`/,
  ],
  [
    'a token is sent in another location',
    { '/components/securitySchemes/token/name': 'Authorization' },
    'major',
    /the token is sent in header `Authorization`/,
  ],
  ['different codes mean that a token has expired', { [`${SESSION}/expired`]: [{ code: 1 }] }, 'minor', /expired/],
  ['tokens are renewed sooner', { [`${SESSION}/maxAge`]: 60 }, 'patch', /renewed after a different time/],
  [
    'a key is renamed',
    { '/components/securitySchemes/key/x-cs-credential/name': 'appKey' },
    'major',
    /requires the credential `appKey`/,
  ],
  [
    'a key gets another location',
    { '/components/securitySchemes/key/x-cs-credential/alsoIn': [{ in: 'query', name: 'key' }] },
    'minor',
    /accepted in additional locations/,
  ],
  [
    'a scheme becomes another kind',
    { '/components/securitySchemes/key': { type: 'http', scheme: 'bearer' } },
    'major',
    /is a bearer, no longer a/,
  ],
  // Retry
  [
    'an operation becomes retryable',
    { [`${BUY}/x-cs-retry`]: 'idempotent' },
    'major',
    /has the retry rule `idempotent`, before `never`/,
  ],
  ['an operation is no longer retried', { [`${LIST}/x-cs-retry`]: 'never' }, 'minor', /the retry rule `never`/],
  // Signing
  ['another algorithm', { [`${SIGNING}/algorithm`]: 'hmac-sha512' }, 'major', /signs by `hmac-sha512`/],
  ['the signature is sent in another location', { [`${SCHEME}/name`]: 'X-Sign' }, 'major', /`X-Sign`/],
  ['timestamps in milliseconds', { [`${SIGNING}/timestamp/unit`]: 'ms' }, 'major', /in `ms`/],
  ['timestamps also in milliseconds', { [`${SIGNING}/timestamp/unit`]: ['s', 'ms'] }, 'minor', /may also be/],
  ['the clock tolerance decreases', { [`${SIGNING}/timestamp/tolerance`]: 60 }, 'major', /60 s, before by 300 s/],
  [
    'a credential is added',
    { [`${SIGNING}/credentials/tenant`]: { in: 'header', name: 'X-Tenant' } },
    'major',
    /requires the credential `tenant`/,
  ],
  [
    'a known request has a different signature',
    { [`${SIGNING}/vectors/0/signature`]: 'bb' },
    'major',
    /different signature/,
  ],
  [
    'a further test vector',
    { [`${SIGNING}/vectors/1`]: { credentials: {}, signature: 'cc' } },
    'patch',
    /different test vectors/,
  ],
  ['nonces are no longer remembered', { [`${SIGNING}/replay`]: 'none' }, 'minor', /once only/],
  ['an operation no longer needs a signature', { [`${LIST}/security`]: [] }, 'major', /no longer accepts/],
  // The document
  ['another host', { '/servers/0/url': 'https://shop-2.invalid' }, 'major', /calls go to/],
  ['another version of the document', { '/info/version': '1.0.1' }, 'patch', /version `1.0.1`/],
];
