const text = { type: 'string' };
const content = (mediaType: string, schema: object) => ({ content: { [mediaType]: { schema } } });
const post = (operationId: string, body: object, answer: object) => ({
  post: {
    operationId,
    summary: operationId,
    requestBody: { required: true, ...body },
    responses: { 200: { description: 'Done.', ...answer } },
  },
});
const get = (operationId: string, answer: object) => ({
  get: { operationId, summary: operationId, responses: { 200: { description: 'Done.', ...answer } } },
});
const file = { type: 'string', format: 'binary' };
const form = {
  type: 'object',
  required: ['name', 'age', 'tags'],
  properties: { name: text, age: { type: 'integer' }, vip: { type: 'boolean' }, tags: { type: 'array', items: text } },
};

/** Every kind of body, in both directions. */
export const MEDIA_DOCUMENT = {
  openapi: '3.1.1',
  info: { title: 'Media', version: '1' },
  servers: [{ url: 'https://media.example' }],
  paths: {
    '/upload': post(
      'upload',
      content('application/octet-stream', file),
      content('application/json', { type: 'object', properties: { size: { type: 'integer' } }, required: ['size'] }),
    ),
    '/download': get('download', content('image/png', file)),
    '/form': post('sendForm', content('application/x-www-form-urlencoded', form), content('application/json', form)),
    '/multipart': post(
      'sendParts',
      content('multipart/form-data', { ...form, properties: { ...form.properties, picture: file } }),
      content('application/json', {
        type: 'object',
        required: ['age', 'tags', 'picture'],
        properties: { age: { type: 'integer' }, tags: form.properties.tags, picture: text },
      }),
    ),
    '/text': post('sendText', content('text/plain', text), content('text/plain', text)),
    '/image': {
      get: get('getImage', content('image/*', file)).get,
      put: post('putImage', content('image/*', file), content('text/plain; charset=utf-8', text)).post,
    },
    '/anything': get('getAnything', content('*/*', {})),
    '/note': {
      get: get('getNote', content('text/plain; charset=utf-8', text)).get,
      put: post('putNote', content('text/plain', text), content('application/json', text)).post,
    },
    '/blank': {
      get: get('getBlank', content('application/octet-stream', file)).get,
      put: post(
        'putBlank',
        content('application/x-www-form-urlencoded', {
          type: 'object',
          required: ['tags'],
          properties: { tags: { type: 'array', items: text }, more: { type: 'array', items: text } },
        }),
        content('application/json', { type: 'object' }),
      ).post,
    },
    '/either': post(
      'sendEither',
      {
        content: {
          'application/json': { schema: { type: 'object', required: ['name'], properties: { name: text } } },
          'multipart/form-data': {
            schema: { type: 'object', required: ['name', 'file'], properties: { name: text, file } },
          },
          'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { name: text } } },
        },
      },
      content('application/json', { type: 'object', required: ['type'], properties: { type: text, file: text } }),
    ),
    '/typed-parts': post(
      'sendTypedParts',
      {
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['pictures'],
              properties: { pictures: { type: 'array', items: file }, meta: { type: 'object' } },
            },
            encoding: { pictures: { contentType: 'image/png' }, meta: { contentType: 'application/ld+json' } },
          },
        },
      },
      content('application/json', { type: 'array', items: text }),
    ),
    '/xml': post(
      'sendXml',
      content('application/xml', { type: 'object', properties: { a: text } }),
      content('application/xml', { type: 'object', properties: { a: text } }),
    ),
    '/described': get('getXml', content('application/xml', { type: 'object', properties: { a: text } })),
    '/yaml': post(
      'sendYaml',
      content('application/yaml', { type: 'object', properties: { a: text } }),
      content('application/yaml', { type: 'object', properties: { a: text } }),
    ),
    '/pdf': post('sendPdf', content('application/pdf', text), content('application/pdf', text)),
    '/answered-form': get('getForm', content('application/x-www-form-urlencoded', form)),
    '/done': {
      get: {
        operationId: 'getDone',
        summary: 'getDone',
        responses: { '2XX': { description: 'Done.', ...content('application/json', form) } },
      },
    },
    '/search': {
      get: {
        operationId: 'search',
        summary: 'search',
        requestBody: content('application/json', { type: 'object' }),
        responses: { 200: { description: 'Done.', ...content('application/json', { type: 'object' }) } },
      },
    },
    '/events': get('listEvents', content('text/event-stream', text)),
    '/lines': get(
      'listLines',
      content('application/jsonl', { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } }),
    ),
  },
};
