import { drawObject, drawScalar, drawSchema, ref } from './draw-schema.ts';
import type { Json } from './json.ts';
import type { Random } from './random.ts';

const json = (schema: Json): Json => ({ 'application/json': { schema } });
const tagged = (kind: string, isConst: boolean, member: Json): Json => ({
  type: 'object',
  properties: { kind: isConst ? { const: kind } : { type: 'string' }, [kind]: member },
  required: ['kind'],
});

const ENVELOPE = {
  code: '/code',
  success: [0],
  message: '/message',
  data: '/data',
  errors: { '1': { name: 'UnknownItem' }, '2': { name: 'Busy', retry: true } },
  faults: { invalid: 1 },
};

/** A document with locations of all kinds and random schemas. */
export function drawDocument(random: Random): Json {
  const refs = ['Item', 'Pet', 'Choice', 'Bag', 'Tree'];
  const some = (depth = 2): Json => drawSchema(random, depth, refs);
  const enveloped = random.chance(25);
  const answer = (schema: Json): Json =>
    json(
      enveloped
        ? {
            type: 'object',
            properties: { code: { type: 'integer' }, message: { type: 'string' }, data: schema },
            required: ['code', 'data'],
          }
        : schema,
    );
  const [isChosen, isMapped] = [random.chance(60), random.chance(60)];
  const discriminator = isChosen && { discriminator: { propertyName: 'kind', ...(isMapped && { mapping: PETS }) } };
  // A value that is in no mapping would contradict the mapping.
  const isConst = !isChosen || (isMapped && random.chance(50));
  return {
    openapi: '3.1.1',
    info: { title: 'Shop', version: '1.0.0' },
    servers: [{ url: 'https://shop.invalid' }],
    ...(enveloped && { 'x-cs-envelope': structuredClone(ENVELOPE) }),
    paths: {
      '/items': {
        get: {
          operationId: 'listItems',
          security: [{ key: [] }],
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 } },
            { name: 'tags', in: 'query', schema: { type: 'array', items: drawScalar(random) } },
            { name: 'filter', in: 'query', style: 'deepObject', explode: true, schema: PLAIN },
            { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
            { name: 'X-Page', in: 'header', required: true, schema: { type: 'integer' } },
            { name: 'state', in: 'query', required: random.chance(50), schema: drawScalar(random) },
          ].map((parameter) => structuredClone(parameter)),
          responses: {
            '200': {
              description: 'Items.',
              headers: { 'X-Total': { required: true, schema: { type: 'integer' } } },
              content: answer({ type: 'array', items: ref('Item') }),
            },
            '404': { description: 'None.', content: json(some(1)) },
          },
        },
        post: {
          operationId: 'addItem',
          security: [{ key: [] }],
          'x-cs-retry': random.pick(['never', 'idempotent', { idempotent: { key: { in: 'header', name: 'X-Once' } } }]),
          requestBody: { required: random.chance(70), content: json(random.chance(50) ? ref('Item') : some()) },
          responses: { '200': { description: 'Added.', content: answer(some()) } },
        },
      },
      '/items/{id}': {
        put: {
          operationId: 'putItem',
          security: [],
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 1 } }],
          requestBody: {
            required: true,
            content: {
              'multipart/form-data': {
                schema: {
                  type: 'object',
                  properties: { file: { type: 'string' }, meta: drawObject(random, 1, []), tags: LIST },
                  required: ['file'],
                },
                encoding: { meta: { contentType: 'application/json' } },
              },
            },
          },
          responses: {
            '200': { description: 'Put.', content: answer(ref('Pet')) },
            // Without a body there is no envelope, and its data would be unknown.
            ...(!enveloped && { '204': { description: 'Same.' } }),
          },
        },
      },
      '/forms': {
        post: {
          operationId: 'sendForm',
          security: [],
          requestBody: {
            required: true,
            content: {
              'application/x-www-form-urlencoded': {
                schema: {
                  type: 'object',
                  properties: { name: { type: 'string' }, count: { type: 'integer' }, tags: LIST },
                  required: ['name'],
                },
                encoding: { tags: { style: 'form', explode: true } },
              },
            },
          },
          responses: { '200': { description: 'Sent.', content: answer(some()) } },
        },
      },
      '/act#start': dispatched('start', some(1), answer(some(1))),
      '/act#stop': dispatched('stop', some(1), answer(some(1))),
      '/text': {
        get: {
          operationId: 'getText',
          security: [{ key: [] }],
          responses: {
            '200': {
              description: 'Text.',
              content: { 'text/plain': { schema: { type: 'string' } }, 'application/json': { schema: some(1) } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key', 'x-cs-credential': { name: 'key' } },
        other: { type: 'apiKey', in: 'query', name: 'token', 'x-cs-credential': { name: 'token' } },
      },
      schemas: {
        Item: drawObject(random, 2, ['Choice', 'Bag', 'Tree']),
        Cat: tagged('cat', isConst, drawScalar(random)),
        Dog: tagged('dog', isConst, drawScalar(random)),
        Pet: { [random.pick(['oneOf', 'anyOf'])]: [ref('Cat'), ref('Dog')], ...discriminator },
        Choice: { anyOf: [drawScalar(random), drawObject(random, 1, [])] },
        Bag: { type: 'object', additionalProperties: drawScalar(random) },
        Tree: { type: 'object', properties: { value: drawScalar(random), next: ref('Tree') }, required: ['value'] },
        Spare: drawObject(random, 1, []),
      },
    },
  };
}

const PETS = { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' };
const LIST = { type: 'array', items: { type: 'string' } };
const PLAIN = { type: 'object', properties: { name: { type: 'string' }, size: { type: 'integer' } } };

/** One of several operations on a path, as `expand` writes it. */
function dispatched(name: string, given: Json, content: Json): Json {
  return {
    'x-cs-path': '/act',
    'x-cs-when': [{ query: 'action', equals: name }],
    post: {
      operationId: name,
      security: [],
      requestBody: { required: true, content: json(given) },
      responses: { '200': { description: 'Done.', content } },
    },
  };
}
