const row = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer', minimum: 1 }, name: { type: 'string', minLength: 2 } },
};
const json = (schema: object) => ({ type: 'string', contentMediaType: 'application/json', contentSchema: schema });
const event = (data: object, more: object = {}) => ({
  type: 'object',
  required: ['data'],
  properties: {
    data,
    event: { type: 'string' },
    id: { type: 'string' },
    retry: { type: 'integer', minimum: 0 },
    ...more,
  },
});

/** The schema of one event of a stream. */
const ITEMS: Readonly<Record<string, object>> = {
  text: event({ type: 'string', minLength: 1 }),
  json: event(json(row)),
  named: { ...event(json(row), { event: { const: 'row' } }), required: ['data', 'event'] },
  alternatives: {
    oneOf: [
      { ...event(json(row), { event: { const: 'row' } }), required: ['data', 'event'] },
      { ...event({ type: 'string' }, { event: { const: 'end' } }), required: ['data', 'event'] },
    ],
  },
  shared: { $ref: '#/components/schemas/Event' },
};

const operations = (name: string, content: object) => ({
  get: { operationId: `read-${name}`, responses: { 200: { description: 'Events.', content } } },
  post: {
    operationId: `send-${name}`,
    requestBody: { required: true, content },
    responses: { 204: { description: 'Received.' } },
  },
});

/** Streams of server-sent events, read and sent. */
export const EVENT_STREAMS = {
  openapi: '3.2.0',
  info: { title: 'Event streams', version: '1' },
  servers: [{ url: 'http://127.0.0.1:9' }],
  paths: {
    ...Object.fromEntries(
      Object.entries(ITEMS).map(([name, itemSchema]) => [
        `/${name}`,
        operations(name, { 'text/event-stream': { itemSchema } }),
      ]),
    ),
    '/plain': operations('plain', { 'text/event-stream': { schema: { type: 'string' } } }),
    '/beside': operations('beside', {
      'application/json': { schema: row },
      'text/event-stream': { itemSchema: ITEMS.json },
    }),
  },
  components: { schemas: { Event: event(json(row)) } },
};
