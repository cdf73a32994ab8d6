import { BODY, type Expectation, one, operation, operationWithBody, put, type Sink } from './sink.ts';

const SCHEMA = { type: 'string' };
const reference = (kind: string, name: string): { readonly $ref: string } => ({
  $ref: `#/components/${kind}/${name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25')}`,
});

const parameter = (place: 'path' | 'query' | 'header' | 'cookie'): Sink => {
  const id = `${place}Parameter`;
  return {
    name: `${place} parameter`,
    place: (document, text) => {
      const path = place === 'path' ? `/${id}/{${text}}` : `/${id}`;
      operation(document, id, path).parameters = [
        { name: text, in: place, required: true, schema: SCHEMA, example: 'e' },
      ];
    },
    expect: (text) => [
      { kind: 'operation', id, path: ['parameters', 0, 'name'], value: text },
      {
        kind: 'validator',
        id,
        path: [place === 'header' ? 'headers' : place === 'cookie' ? 'cookies' : place],
        accepts: [one(text, 'value')],
        refuses: [{}],
      },
    ],
    types: (text) => [
      `type P${id} = NonNullable<operations['${id}']['parameters']['${place}']>; const v${id}: P${id} = { [${text} as const]: 'value' } as P${id}; void v${id};`,
    ],
  };
};

const component = (
  kind: string,
  value: unknown,
  use: (document: Parameters<Sink['place']>[0], $ref: object) => void,
): Sink => ({
  name: `component of ${kind}`,
  place: (document, text) => {
    document.components[kind] ??= {};
    put(document.components[kind], text, value);
    use(document, reference(kind, text));
  },
});

/** Places for names: they become identifiers, keys and file names, or stay data. */
export const NAME_SINKS: readonly Sink[] = [
  {
    name: 'operationId',
    place: (document, text) => operation(document, text, '/operationId'),
    expect: (text) => (text === '' ? [] : [{ kind: 'operation', id: text, path: ['path'], value: '/operationId' }]),
    types: (text) =>
      text === '""'
        ? []
        : [
            `type Named = operations[${text}]; const named: Named['responses'][204]['content'] = undefined; void named;`,
          ],
  },
  {
    name: 'operationIds that collide after casing',
    place: (document, text) => {
      for (const [index, id] of [`${text} collide`, `${text}-collide`, `${text}_COLLIDE`, `${text}Collide`].entries()) {
        operation(document, id, `/colliding/${index}`);
      }
    },
    expect: (text) => [
      { kind: 'operation', id: `${text} collide`, path: ['path'], value: '/colliding/0' },
      { kind: 'operation', id: `${text}Collide`, path: ['path'], value: '/colliding/3' },
    ],
  },
  {
    name: 'path key',
    place: (document, text) => operation(document, 'pathKey', `/key/${text}`),
    expect: (text) => [{ kind: 'operation', id: 'pathKey', path: ['path'], value: `/key/${text}` }],
  },
  {
    name: 'path key of an operation without operationId',
    place: (document, text) => {
      delete operation(document, 'nameless', `/nameless/${text}`).operationId;
    },
  },
  parameter('path'),
  parameter('query'),
  parameter('header'),
  parameter('cookie'),
  {
    name: 'server URL',
    group: 1,
    place: (document, text) => {
      document.servers = [{ url: `https://example.test/${text}` }];
    },
  },
  {
    name: 'server variable name',
    group: 2,
    place: (document, text) => {
      document.servers = [{ url: `https://example.test/{${text}}`, variables: one(text, { default: 'v1' }) }];
    },
  },
  {
    name: 'media type of a request',
    place: (document, text) => {
      operation(document, 'requestMedia').requestBody = { required: true, content: one(text, { schema: SCHEMA }) };
    },
    expect: (text) => [{ kind: 'operation', id: 'requestMedia', path: ['body', 'content', 0], value: text }],
  },
  {
    name: 'media type of a response',
    place: (document, text) => {
      operation(document, 'responseMedia').responses = {
        200: { description: 'x', content: one(text, { schema: SCHEMA }) },
      };
    },
    expect: (text) => [{ kind: 'operation', id: 'responseMedia', path: ['responses', 0, 'content', 0], value: text }],
  },
  {
    name: 'status key',
    place: (document, text) => {
      operation(document, 'statusKey').responses = {
        ...one(text, { description: 'x', content: { 'application/json': { schema: SCHEMA } } }),
      };
    },
  },
  {
    name: 'response header',
    place: (document, text) => {
      operation(document, 'responseHeader').responses = {
        204: { description: 'x', headers: one(text, { schema: SCHEMA }) },
      };
    },
  },
  {
    name: 'webhook',
    place: (document, text) => {
      document.webhooks = one(text, {
        post: { operationId: 'webhook', summary: 'w', responses: { 204: { description: 'x' } } },
      });
    },
    expect: () => [{ kind: 'operation', id: 'webhook', path: ['webhook'], value: true }],
  },
  {
    name: 'callback and its expression',
    place: (document, text) => {
      operation(document, 'callbacks').callbacks = one(
        text,
        one(`{$request.body#/${text}}`, {
          post: { operationId: 'called', summary: 'c', responses: { 204: { description: 'x' } } },
        }),
      );
    },
  },
  {
    name: 'link',
    place: (document, text) => {
      operation(document, 'links').responses = {
        204: {
          description: 'x',
          links: one(text, { operationId: 'links', parameters: one(text, text), requestBody: text, description: text }),
        },
      };
    },
  },
  {
    name: 'component of schemas',
    place: (document, text) => {
      put(document.components.schemas, text, { type: 'object', required: ['a'], properties: { a: SCHEMA } });
      operationWithBody(document, 'componentSchema', reference('schemas', text));
    },
    expect: () => [
      { kind: 'validator', id: 'componentSchema', path: BODY, accepts: [{ a: 'x' }], refuses: [{}, { a: 1 }] },
    ],
    types: (text) => [`const component: components['schemas'][${text}] = { a: 'x' }; void component;`],
  },
  {
    name: 'schemas that collide after casing',
    place: (document, text) => {
      const list = [`${text}.item`, `${text}_item`, `${text}-Item`, `${text}Item`];
      for (const [index, name] of list.entries())
        put(document.components.schemas, name, {
          type: 'object',
          required: ['n'],
          properties: { n: { const: index } },
        });
      operationWithBody(document, 'collidingSchemas', {
        type: 'array',
        prefixItems: list.map((name) => reference('schemas', name)),
      });
    },
    expect: (): readonly Expectation[] => [
      {
        kind: 'validator',
        id: 'collidingSchemas',
        path: BODY,
        accepts: [[{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]],
        refuses: [[{ n: 1 }], [{ n: 0 }, { n: 2 }]],
      },
    ],
  },
  component('responses', { description: 'x' }, (document, $ref) => {
    operation(document, 'componentResponse').responses = { 200: $ref };
  }),
  component('parameters', { name: 'q', in: 'query', schema: SCHEMA }, (document, $ref) => {
    operation(document, 'componentParameter').parameters = [$ref];
  }),
  component('requestBodies', { content: { 'application/json': { schema: SCHEMA } } }, (document, $ref) => {
    operation(document, 'componentBody').requestBody = $ref;
  }),
  component('headers', { schema: SCHEMA }, (document, $ref) => {
    operation(document, 'componentHeader').responses = { 204: { description: 'x', headers: { 'X-A': $ref } } };
  }),
  component('examples', { value: 'x' }, (document, $ref) => {
    const made = operationWithBody(document, 'componentExample', SCHEMA);
    made.requestBody.content['application/json'].examples = { e: $ref };
  }),
  component(
    'pathItems',
    { get: { operationId: 'pathItem', summary: 'p', responses: { 204: { description: 'x' } } } },
    (document, $ref) => {
      document.paths['/pathItem'] = $ref;
    },
  ),
  component('links', { operationId: 'componentLink' }, (document, $ref) => {
    operation(document, 'componentLink').responses = { 204: { description: 'x', links: { l: $ref } } };
  }),
  component(
    'callbacks',
    { '{$url}': { post: { operationId: 'calledBack', summary: 'c', responses: { 204: { description: 'x' } } } } },
    (document, $ref) => {
      operation(document, 'componentCallback').callbacks = { c: $ref };
    },
  ),
];
