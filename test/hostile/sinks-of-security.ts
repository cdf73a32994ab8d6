import { one, operation, operationWithBody, put, type Sink } from './sink.ts';

const CARRIED = { in: 'header', name: 'X-Key' };

/** A separate security scheme for a sink, with a separate operation that uses it. */
const scheme = (name: string, make: (text: string) => object, nameOf: (text: string) => string = () => name): Sink => ({
  name: `security: ${name}`,
  place: (document, text) => {
    put(document.components.securitySchemes, nameOf(text), make(text));
    operation(document, name).security = [one(nameOf(text), [])];
  },
});

/** Places of security schemes and of our own extensions. */
export const SECURITY_SINKS: readonly Sink[] = [
  {
    ...scheme(
      'schemeName',
      () => ({ type: 'apiKey', ...CARRIED }),
      (text) => text,
    ),
    expect: (text) => [{ kind: 'operation', id: 'schemeName', path: ['security', 0, 0], value: text }],
  },
  {
    ...scheme('schemeField', (text) => ({ type: 'apiKey', in: 'header', name: text })),
    expect: (text) => [
      { kind: 'api', path: ['securitySchemes', 'schemeField', 'credential', 'carriers', 0, 'name'], value: text },
    ],
  },
  scheme('schemeDescription', (text) => ({ type: 'apiKey', ...CARRIED, description: text })),
  scheme('schemePlace', (text) => ({ type: 'apiKey', in: text, name: 'X' })),
  scheme('schemeHttp', (text) => ({ type: 'http', scheme: text, bearerFormat: text })),
  scheme('schemeType', (text) => ({ type: text, in: 'header', name: 'X' })),
  scheme('schemeOpenId', (text) => ({ type: 'openIdConnect', openIdConnectUrl: text })),
  scheme('schemeOAuth', (text) => ({
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: text, refreshUrl: text, scopes: one(text, text) } },
  })),
  scheme('credentialName', (text) => ({ type: 'apiKey', ...CARRIED, 'x-cs-credential': { name: text } })),
  {
    ...scheme('credentialPrefix', (text) => ({
      type: 'apiKey',
      ...CARRIED,
      'x-cs-credential': {
        alsoIn: [{ in: 'query', name: text, prefix: text }],
        example: text,
        refusals: { missing: text },
      },
    })),
    expect: (text) => [
      {
        kind: 'api',
        path: ['securitySchemes', 'credentialPrefix', 'credential', 'carriers', 1, 'prefix'],
        value: text,
      },
    ],
  },
  scheme('signer', (text) => ({ type: 'apiKey', ...CARRIED, 'x-cs-signing': { algorithm: 'custom', signer: text } })),
  {
    ...scheme('signing', (text) => ({
      type: 'apiKey',
      ...CARRIED,
      'x-cs-signing': {
        algorithm: 'custom',
        signer: 'sign',
        description: text,
        prefix: text,
        timestamp: { in: 'header', name: text, unit: 's', tolerance: 60 },
        nonce: { in: 'query', name: text },
        credentials: { secret: { description: text, example: text } },
        refusals: { missing: text },
      },
    })),
    expect: (text) => [
      { kind: 'api', path: ['securitySchemes', 'signing', 'signature', 'prefix'], value: text },
      { kind: 'api', path: ['securitySchemes', 'signing', 'nonce', 'name'], value: text },
    ],
  },
  scheme('signingCredential', (text) => ({
    type: 'apiKey',
    ...CARRIED,
    'x-cs-signing': { algorithm: 'custom', signer: 'sign', credentials: one(text, {}) },
  })),
  scheme('session', (text) => ({
    type: 'apiKey',
    ...CARRIED,
    'x-cs-session': { operation: text, token: text, expired: [{ code: text }] },
  })),
  {
    name: 'dispatch',
    place: (document, text) => {
      const variant = (id: string, equals: string): object => ({
        method: 'get',
        when: [{ query: 'action', equals }],
        operation: { operationId: id, summary: id, responses: { 204: { description: 'x' } } },
      });
      document.paths['/dispatch'] = {
        'x-cs-dispatch': [variant('dispatchOne', text), variant('dispatchTwo', `${text}!`)],
      };
    },
    expect: (text) => [{ kind: 'operation', id: 'dispatchOne', path: ['when', 0, 'equals'], value: text }],
  },
  {
    name: 'dispatch parameter',
    place: (document, text) => {
      const variant = (id: string, equals: string): object => ({
        method: 'get',
        when: [{ query: text, equals }],
        operation: { operationId: id, summary: id, responses: { 204: { description: 'x' } } },
      });
      document.paths['/parted'] = { 'x-cs-dispatch': [variant('partedOne', 'a'), variant('partedTwo', 'b')] };
    },
    expect: (text) => [{ kind: 'operation', id: 'partedOne', path: ['when', 0, 'query'], value: text }],
  },
  {
    name: 'paging',
    place: (document, text) => {
      const made = operation(document, 'paging', '/paging', 'get');
      made.parameters = [
        { name: text, in: 'query', schema: { type: 'string' } },
        { name: `${text}Limit`, in: 'query', schema: { type: 'integer' } },
      ];
      const schema = {
        type: 'object',
        required: ['items'],
        properties: { items: { type: 'array', items: { type: 'string' } }, next: { type: 'string' } },
      };
      made.responses = { 200: { description: 'x', content: { 'application/json': { schema } } } };
      made['x-cs-page'] = { kind: 'cursor', items: '/items', cursor: text, from: '/next', limit: `${text}Limit` };
    },
    expect: (text) => [{ kind: 'operation', id: 'paging', path: ['page', 'cursor'], value: text }],
  },
  {
    name: 'paging pointer',
    place: (document, text) => {
      const made = operation(document, 'pagingPointer', '/pagingPointer', 'get');
      made.parameters = [{ name: 'after', in: 'query', schema: { type: 'string' } }];
      const token = text.replaceAll('~', '~0').replaceAll('/', '~1');
      const schema = {
        type: 'object',
        required: [text],
        properties: { next: { type: 'string' }, ...one(text, { type: 'array', items: { type: 'string' } }) },
      };
      made.responses = { 200: { description: 'x', content: { 'application/json': { schema } } } };
      made['x-cs-page'] = { kind: 'cursor', items: `/${token}`, cursor: 'after', from: '/next' };
    },
  },
  {
    name: 'batch',
    place: (document, text) => {
      const token = text.replaceAll('~', '~0').replaceAll('/', '~1');
      const made = operationWithBody(document, 'batch', {
        type: 'object',
        required: [text],
        properties: one(text, { type: 'array', items: { type: 'string' }, maxItems: 10 }),
      });
      made['x-cs-batch'] = { items: `/${token}`, max: 10 };
    },
  },
  {
    name: 'retry key',
    place: (document, text) => {
      const made = operation(document, 'retry');
      made.parameters = [{ name: text, in: 'header', required: true, schema: { type: 'string' } }];
      made['x-cs-retry'] = { idempotent: { key: { in: 'header', name: text } } };
    },
  },
  {
    name: 'error code',
    group: 1,
    place: (document, text) => {
      document['x-cs-envelope'] = {
        code: '/code',
        success: ['OK'],
        errors: {
          ...one(text, { name: 'Hostile' }),
          ...one(`${text}!`, { name: 'Other', description: text, clockSkew: text }),
        },
      };
    },
  },
  {
    name: 'error name',
    group: 3,
    place: (document, text) => {
      document['x-cs-envelope'] = { code: 'status', errors: { 400: { name: text } } };
    },
  },
  {
    name: 'envelope',
    group: 2,
    place: (document, text) => {
      document['x-cs-envelope'] = {
        code: '/code',
        success: [text],
        message: '/message',
        status: 200,
        ok: one(text, text),
        failure: one(text, [text]),
      };
    },
    expect: (text) => [
      { kind: 'api', path: ['envelope', 'success', 0], value: text },
      { kind: 'api', path: ['envelope', 'ok'], value: one(text, text) },
    ],
  },
  {
    name: 'unknown extension of ours',
    place: (document, text) => {
      put(document, `x-cs-${text}`, text);
      put(operation(document, 'unknownExtension'), 'x-cs-path', text);
    },
  },
];
