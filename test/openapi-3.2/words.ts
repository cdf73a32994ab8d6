import type { AnyClient } from './table.ts';

/** The stages that process a field. */
export const STAGES = ['lint', 'types', 'validators', 'client', 'server', 'mock', 'msw', 'docs', 'diff'] as const;

/** A client whose fetch returns one response, and its requests. */
export type Stubbed = (body: string, mediaType: string) => AnyClient;

/** `same`: the stage writes the same file without the field. */
export type Word = {
  /** Anchor of the section in https://spec.openapis.org/oas/v3.2.0.html. */
  readonly section: string;
  /** JSON Pointer of the field in the document with all fields. */
  readonly at: string;
  /** The location that lint reports. Default: the field, in a document of 3.1. */
  readonly wrong?: { readonly at: string; readonly value: unknown };
  /** Operations with the field. Each is called in client, server, mock and MSW. */
  readonly operations: readonly string[];
  /** TypeScript that must compile; `client` is one. */
  readonly types: string | 'same';
  /** An invalid value, which causes a `validation` error. */
  readonly validators: ((stubbed: Stubbed) => Promise<unknown>) | 'same';
  /** The output of the client: method, URL, headers and body of the operations' requests. */
  readonly client: RegExp;
  /** The output of the server: media type and body of the operations' responses. */
  readonly server: RegExp;
  /** The text on the reference page. */
  readonly docs: RegExp;
  /** Another version of the document, with a different value of the field, and the output of `diff`. */
  readonly changed: unknown;
  readonly diff: RegExp | 'nothing';
};

type Outcome = { readonly data?: unknown; readonly error?: unknown } | undefined;
const options = { validation: { responses: 'throw' } };
const kind = (outcome: Outcome): unknown => (outcome?.error as { readonly kind?: string } | undefined)?.kind;
const input = (operation: string, given: object) => async (stubbed: Stubbed) =>
  kind(await stubbed('{}', 'application/json')[operation]?.(given));
const answer =
  (operation: string, body: string, mediaType = 'application/json') =>
  async (stubbed: Stubbed) => {
    const outcome = await stubbed(body, mediaType)[operation]?.({}, options);
    if (kind(outcome)) return kind(outcome);
    try {
      for await (const _ of (outcome?.data ?? []) as AsyncIterable<unknown>);
    } catch (error) {
      return (error as { readonly kind?: string }).kind;
    }
    return undefined;
  };

const COPY = '/paths/~1books/additionalOperations/COPY';
const FIND = '/paths/~1find/get';
const PAIR = '/paths/~1pair/post/requestBody/content/multipart~1mixed';
const PARTS = '/paths/~1parts/post/requestBody/content/multipart~1mixed';
const ROWS = '/paths/~1rows/get/responses/200/content/application~1jsonl';
const OAUTH = '/components/securitySchemes/oauth';
const PET = '/components/schemas/Pet/discriminator';
const integer = { type: 'integer' };
/** Fields that only describe an operation. */
const described = {
  operations: ['search'],
  types: 'same',
  validators: 'same',
  client: /^QUERY/,
  server: /Emma/,
} as const;

/** Every field of OpenAPI 3.2. */
export const WORDS: Readonly<Record<string, Word>> = {
  $self: {
    section: 'oas-self',
    at: '/$self',
    operations: ['rows'],
    types:
      'const { data } = await client.rows(); if (data) for await (const { title } of data) title satisfies string;',
    validators: answer('rows', '{"title":1}\n', 'application/jsonl'),
    client: /^GET \S+\/rows/,
    server: /Ivanhoe/,
    docs: /#\/components\/schemas\/Book/,
    changed: 'https://specs.example/renamed.yaml',
    diff: 'nothing',
  },
  query: {
    section: 'path-item-query',
    at: '/paths/~1books/query',
    operations: ['search'],
    types: "await client.search({ body: { title: 'Emma' } });",
    validators: input('search', { body: { title: 1 } }),
    client: /^QUERY \S+\/books.*"Emma"/s,
    server: /QUERY Emma/,
    docs: /"query":\{"operationId":"search"/,
    changed: undefined,
    diff: /search: was removed/,
  },
  additionalOperations: {
    section: 'path-item-additional-operations',
    at: '/paths/~1books/additionalOperations',
    operations: ['copy'],
    types: '(await client.copy()).data?.title satisfies string | undefined;',
    validators: answer('copy', '{"title":1}'),
    client: /^COPY \S+\/books/,
    server: /COPY/,
    docs: /"COPY":\{"operationId":"copy"/,
    changed: undefined,
    diff: /copy: was removed/,
  },
  'in: querystring': {
    section: 'parameter-locations',
    at: `${FIND}/parameters/0/in`,
    operations: ['find'],
    types: 'await client.find({ query: { n: 1 } });',
    validators: input('find', { query: { n: 'x' } }),
    client: /\/find\?n=1/,
    server: /"n":1/,
    docs: /"in":"querystring"/,
    changed: 'query',
    diff: /find: /,
  },
  'style: cookie': {
    section: 'style-values',
    at: `${FIND}/parameters/1/style`,
    operations: ['find'],
    types: "await client.find({ query: {}, cookies: { color: 'blue' } });",
    validators: input('find', { query: {}, cookies: { color: 1 } }),
    client: /cookie: color=blue%20/,
    server: /blue%20/,
    docs: /"style":"cookie"/,
    changed: 'form',
    diff: /find: /,
  },
  allowReserved: {
    section: 'parameter-allow-reserved',
    wrong: { at: '/paths/~1files~1{path}/get/parameters/0/allowReserved', value: 'yes' },
    at: '/paths/~1files~1{path}/get/parameters/0/allowReserved',
    operations: ['file'],
    types: "await client.file({ path: { path: 'a:b' } });",
    validators: input('file', { path: { path: 1 } }),
    client: /\/files\/a:b\?q=\/c/,
    server: /a:b/,
    docs: /"allowReserved":true/,
    changed: undefined,
    diff: /file: /,
  },
  itemSchema: {
    section: 'media-type-item-schema',
    at: `${ROWS}/itemSchema`,
    operations: ['rows', 'upload', 'events'],
    types: "await client.upload({ body: [{ title: 'Emma' }] });",
    validators: input('upload', { body: [{ title: 1 }] }),
    client: /\{"title":"Emma"\}\n\{"title":"Ivanhoe"\}/,
    server: /\{"title":"Emma"\}\n\{"title":"Ivanhoe"\}/,
    docs: /"itemSchema"/,
    changed: integer,
    diff: /rows: response 200/,
  },
  itemEncoding: {
    section: 'media-type-item-encoding',
    at: `${PARTS}/itemEncoding`,
    operations: ['parts', 'sendParts'],
    types: "await client.sendParts({ body: [{ title: 'Emma' }] });",
    validators: input('sendParts', { body: [{ title: 1 }] }),
    client: /content-type: application\/json\s+\{"title":"Emma"\}/i,
    server: /\{"title":"Emma"\}/,
    docs: /"itemEncoding"/,
    changed: { contentType: 'application/vnd.book+json' },
    diff: /sendParts: /,
  },
  prefixEncoding: {
    section: 'media-type-prefix-encoding',
    at: `${PAIR}/prefixEncoding`,
    operations: ['pair', 'sendPair'],
    types: "await client.sendPair({ body: [{ title: 'Emma' }, 'new'] });",
    validators: input('sendPair', { body: [{ title: 1 }, 'new'] }),
    client: /content-type: text\/plain\s+new/i,
    server: /new/,
    docs: /"prefixEncoding"/,
    changed: [{ contentType: 'application/json' }, { contentType: 'text/markdown' }],
    diff: /sendPair: /,
  },
  'Media Type Objects in components': {
    section: 'components-media-types',
    at: '/components/mediaTypes',
    operations: ['pet'],
    types: 'await client.pet();',
    validators: answer('pet', '{"kind":"cat"}'),
    client: /^GET \S+\/pet/,
    server: /Rex/,
    docs: /Rex/,
    changed: { Pet: { schema: integer } },
    diff: /pet: response 200/,
  },
  defaultMapping: {
    section: 'discriminator-default-mapping',
    at: `${PET}/defaultMapping`,
    operations: ['pet'],
    types: "const { data } = await client.pet(); if (data && 'lives' in data) data.lives satisfies number;",
    validators: answer('pet', '{"kind":"dog","name":1}'),
    client: /^GET \S+\/pet/,
    server: /\{"name":"Rex"\}/,
    docs: /"defaultMapping":"Other"/,
    changed: 'Cat',
    diff: 'nothing',
  },
  'optional property of discriminators': {
    section: 'discriminator-property-name',
    wrong: { at: `${PET}/defaultMapping`, value: undefined },
    at: '/components/schemas/Other',
    operations: ['pet'],
    types: "const { data } = await client.pet(); if (data && 'name' in data) data.name satisfies string | undefined;",
    validators: answer('pet', '{"name":1}'),
    client: /^GET \S+\/pet/,
    server: /\{"name":"Rex"\}/,
    docs: /"Other"/,
    changed: { type: 'object', required: ['kind'], properties: { kind: { const: 'other' } } },
    diff: /pet: response 200/,
  },
  dataValue: {
    section: 'example-data-value',
    wrong: {
      at: `${COPY}/responses/200/content/application~1json/examples/one/dataValue`,
      value: { title: 1 },
    },
    at: `${COPY}/responses/200/content/application~1json/examples/one/dataValue`,
    operations: ['copy'],
    types: 'same',
    validators: 'same',
    client: /^COPY/,
    server: /COPY/,
    docs: /"Emma"/,
    changed: { title: 'Ivanhoe' },
    diff: 'nothing',
  },
  serializedValue: {
    section: 'example-serialized-value',
    at: `${FIND}/responses/200/content/application~1json/examples/one/serializedValue`,
    operations: ['find'],
    types: 'same',
    validators: 'same',
    client: /^GET \S+\/find/,
    server: /n/,
    docs: /found/,
    changed: '"else"',
    diff: 'nothing',
  },
  deviceAuthorization: {
    ...described,
    section: 'oauth-flows-device-authorization',
    at: `${OAUTH}/flows/deviceAuthorization`,
    types: "createHostileClient({ oauth: { oauth: { grant: 'deviceAuthorization', clientId: 'tv' } } });",
    docs: /"deviceAuthorizationUrl":"https:\/\/auth.example\/device"/,
    changed: undefined,
    diff: /oauth/,
  },
  oauth2MetadataUrl: {
    ...described,
    section: 'security-scheme-oauth2-metadata-url',
    at: `${OAUTH}/oauth2MetadataUrl`,
    types: "createHostileClient({ oauth: { oauth: { grant: 'authorizationCode', clientId: 'shop' } } });",
    docs: /oauth2MetadataUrl/,
    changed: 'https://other.example/.well-known/oauth-authorization-server',
    diff: /oauth/,
  },
  'deprecated security scheme': {
    ...described,
    section: 'security-scheme-deprecated',
    at: `${OAUTH}/deprecated`,
    docs: /"deprecated":true/,
    changed: false,
    diff: 'nothing',
  },
  nodeType: {
    section: 'xml-node-type',
    at: '/components/schemas/Note/properties/text/xml/nodeType',
    operations: ['xml'],
    types: '(await client.xml()).data?.text satisfies string | undefined;',
    validators: answer('xml', '<Note id="x"><![CDATA[a]]></Note>', 'application/xml'),
    client: /^GET \S+\/xml/,
    server: /<Note id="1"><!\[CDATA\[<hi>\]\]><\/Note>/,
    docs: /"nodeType":"cdata"/,
    changed: 'element',
    diff: /xml: /,
  },
  'summary of responses': {
    ...described,
    section: 'response-summary',
    wrong: { at: '/paths/~1books/query/responses/200/summary', value: 1 },
    // It is in the comment of the type.
    types: 'await client.search({ body: {} });',
    at: '/paths/~1books/query/responses/200/summary',
    docs: /\*\*The result\*\*/,
    changed: 'Another result',
    diff: 'nothing',
  },
  'summary of tags': {
    ...described,
    section: 'tag-summary',
    at: '/tags/1/summary',
    docs: /"summary":"Books"/,
    changed: 'B',
    diff: 'nothing',
  },
  'parent of tags': {
    ...described,
    section: 'tag-parent',
    at: '/tags/1/parent',
    docs: /"parent":"shop"/,
    changed: undefined,
    diff: 'nothing',
  },
  'kind of tags': {
    ...described,
    section: 'tag-kind',
    at: '/tags/1/kind',
    docs: /"name":"books"/,
    changed: 'badge',
    diff: 'nothing',
  },
  'name of servers': {
    ...described,
    section: 'server-name',
    at: '/servers/1/name',
    types: "createHostileClient({ server: 'sandbox' });",
    docs: /"name":"sandbox"/,
    changed: 'test',
    diff: /The server `sandbox` was removed/,
  },
};
