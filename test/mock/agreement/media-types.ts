const row = {
  type: 'object',
  required: ['id', 'tags'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    name: { type: 'string', minLength: 2, pattern: '^[a-z]+$' },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 3, uniqueItems: true },
    made: { type: 'string', format: 'date-time', readOnly: true },
    pin: { type: 'string', writeOnly: true },
  },
};
const file = { type: 'string', format: 'binary' };
const upload = {
  type: 'object',
  required: ['title', 'file', 'meta'],
  properties: {
    title: { type: 'string', minLength: 2 },
    count: { type: 'integer' },
    file,
    files: { type: 'array', items: file },
    meta: row,
  },
};
const flat = {
  type: 'object',
  required: ['name', 'n'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 2 },
    n: { type: 'integer', maximum: 9 },
    on: { type: 'boolean' },
    list: { type: 'array', items: { type: 'number' } },
  },
};

/** The request and response bodies of each media type. */
const TYPES: Readonly<Record<string, object>> = {
  'application/json': row,
  'application/vnd.rows+json': { type: 'array', items: row, minItems: 1 },
  'application/merge-patch+json': { type: 'object', additionalProperties: { type: 'integer' } },
  'application/x-www-form-urlencoded': flat,
  'multipart/form-data': upload,
  'text/plain': { type: 'string', minLength: 3, maxLength: 20 },
  'text/csv': { type: 'string' },
  'application/xml': { ...row, xml: { name: 'row' } },
  'application/jsonl': row,
  'application/octet-stream': file,
  'image/png': {},
};

const nameOf = (type: string): string => type.replace(/[^a-z]+(.)/g, (_, next: string) => next.toUpperCase());

/** One operation for each media type, and one for all. */
export const MEDIA_TYPES = {
  openapi: '3.1.0',
  info: { title: 'Media types', version: '1' },
  servers: [{ url: 'http://127.0.0.1:9' }],
  paths: Object.fromEntries([
    ...Object.entries(TYPES).map(([type, schema]) => [
      `/${nameOf(type)}`,
      {
        post: {
          operationId: `send-${nameOf(type)}`,
          requestBody: { required: true, content: { [type]: { schema } } },
          // Clients do not read multipart responses.
          responses: {
            200: { description: 'ok', ...(!type.startsWith('multipart') && { content: { [type]: { schema } } }) },
          },
        },
      },
    ]),
    [
      '/any/{id}',
      {
        put: {
          operationId: 'sendAny',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
            { name: 'sort', in: 'query', schema: { type: 'string', enum: ['up', 'down'] } },
            {
              name: 'filter',
              in: 'query',
              style: 'deepObject',
              schema: { type: 'object', properties: { a: { type: 'integer' } } },
            },
            { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } },
            { name: 'mode', in: 'cookie', schema: { type: 'string', enum: ['x', 'y'] } },
          ],
          requestBody: {
            content: Object.fromEntries(Object.entries(TYPES).map(([type, schema]) => [type, { schema }])),
          },
          responses: { 204: { description: 'ok' } },
        },
      },
    ],
  ]),
};
