import { BODY, one, operation, operationWithBody, put, type Sink } from './sink.ts';

/** Places for words about the API: they may become comments and Markdown, and are data of `openapi.json`. */
export const WORD_SINKS: readonly Sink[] = [
  {
    name: 'title',
    place: (document, text) => put(document.info, 'title', text),
    expect: (text) => [{ kind: 'api', path: ['title'], value: text }],
  },
  {
    name: 'version',
    place: (document, text) => put(document.info, 'version', text),
    expect: (text) => [{ kind: 'api', path: ['version'], value: text }],
  },
  {
    name: 'description',
    place: (document, text) => put(document.info, 'description', text),
    expect: (text) => [{ kind: 'document', path: ['info', 'description'], value: text }],
  },
  {
    name: 'summary of the API',
    place: (document, text) => put(document.info, 'summary', text),
    expect: (text) => [{ kind: 'document', path: ['info', 'summary'], value: text }],
  },
  {
    name: 'contact and licence',
    place: (document, text) => {
      document.info.contact = { name: text, url: text, email: text };
      document.info.license = { name: text, identifier: text };
      document.info.termsOfService = text;
    },
  },
  {
    name: 'external documentation',
    place: (document, text) => {
      document.externalDocs = { description: text, url: text };
      operation(document, 'externalDocs').externalDocs = { description: text, url: text };
    },
  },
  {
    name: 'tag',
    place: (document, text) => {
      document.tags = [{ name: text, description: text }];
      operation(document, 'tag').tags = [text];
    },
  },
  {
    name: 'operation summary',
    place: (document, text) => put(operation(document, 'operationSummary'), 'summary', text),
  },
  {
    name: 'operation description, deprecated',
    place: (document, text) =>
      Object.assign(operation(document, 'operationDescription'), { description: text, deprecated: true }),
  },
  {
    name: 'path item summary and description',
    place: (document, text) => {
      const made = operation(document, 'pathItemWords');
      delete made.summary;
      Object.assign(document.paths['/pathItemWords'], { summary: text, description: text });
    },
  },
  {
    name: 'parameter description and examples',
    place: (document, text) => {
      operation(document, 'parameterWords').parameters = [
        { name: 'a', in: 'query', required: true, description: text, example: text, schema: { type: 'string' } },
        { name: 'b', in: 'query', schema: { type: 'string' }, examples: one(text, { summary: text, value: text }) },
      ];
    },
  },
  {
    name: 'request body description and example',
    place: (document, text) => {
      const made = operationWithBody(document, 'bodyWords', { type: 'string' });
      made.requestBody.description = text;
      made.requestBody.content['application/json'].examples = one(text, {
        summary: text,
        description: text,
        value: text,
      });
    },
  },
  {
    name: 'response description, header description and example',
    place: (document, text) => {
      operation(document, 'responseWords').responses = {
        200: {
          description: text,
          headers: { 'X-Some': { description: text, schema: { type: 'string' }, example: text } },
          content: { 'application/json': { schema: { type: 'string' }, example: text } },
        },
      };
    },
  },
  {
    name: 'schema title, description, comment and examples',
    place: (document, text) => {
      const words = { title: text, description: text, $comment: text, examples: [text, { a: [text] }] };
      document.components.schemas.Words = { ...words, type: 'object', properties: { a: { ...words, type: 'string' } } };
      operationWithBody(document, 'schemaWords', { $ref: '#/components/schemas/Words' });
    },
    expect: (text) => [
      { kind: 'validator', id: 'schemaWords', path: BODY, accepts: [{ a: text }], refuses: [{ a: 1 }] },
      { kind: 'document', path: ['components', 'schemas', 'Words', 'title'], value: text },
    ],
    types: (text) => [`const words: components['schemas']['Words'] = { a: ${text} }; void words;`],
  },
  {
    name: 'extensions',
    place: (document, text) => {
      const extension = { 'x-note': text, 'x-tree': { list: [text], ...one(text, text) } };
      Object.assign(document, extension);
      Object.assign(document.info, extension);
      const made = operationWithBody(document, 'extensions', { type: 'string', ...extension });
      Object.assign(made, extension);
      put(made, `x-${text}`, text);
    },
  },
  {
    name: 'enum names and descriptions',
    place: (document, text) => {
      document.components.schemas.Named = {
        type: 'string',
        enum: ['one', 'two'],
        'x-enum-varnames': [text, text],
        'x-enumNames': [text, text],
        'x-enum-descriptions': [text, text],
      };
      operationWithBody(document, 'enumNames', { $ref: '#/components/schemas/Named' });
    },
    expect: () => [{ kind: 'validator', id: 'enumNames', path: BODY, accepts: ['one', 'two'], refuses: ['three'] }],
  },
  {
    name: 'server description and variables',
    place: (document, text) => {
      document.servers = [
        {
          url: 'https://example.test/{stage}',
          description: text,
          variables: { stage: { default: text, enum: [text], description: text } },
        },
      ];
    },
    expect: (text) => [{ kind: 'api', path: ['baseUrl'], value: `https://example.test/${text}`.replace(/\/+$/, '') }],
  },
];
