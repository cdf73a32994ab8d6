import { drawScalar, drawSchema, ref } from '../draw-schema.ts';
import { inside, isJson, type Json, listed } from '../json.ts';
import { contentsOf, operationsOf, schemasOf } from '../places.ts';
import type { Random } from '../random.ts';

/** Changes the document. Returns whether the change applies. */
export type DocumentChange = (document: Json, random: Random) => boolean;

const onOne =
  <Value>(
    list: (document: Json) => readonly Value[],
    change: (value: Value, random: Random, document: Json) => boolean,
  ): DocumentChange =>
  (document, random) => {
    const found = list(document);
    return found.length > 0 && change(random.pick(found), random, document);
  };

const parametersOf = (document: Json): readonly (readonly [list: unknown[], parameter: Json])[] =>
  operationsOf(document).flatMap(({ operation }) => {
    const list = listed(operation.parameters);
    return list
      .filter(isJson)
      .filter((each) => each.in !== 'path')
      .map((each) => [list, each] as const);
  });
const responsesOf = (document: Json): readonly (readonly [responses: Json, status: string, response: Json])[] =>
  operationsOf(document).flatMap(({ operation }) =>
    Object.entries(inside(operation, 'responses')).flatMap(([status, response]) =>
      isJson(response) ? [[inside(operation, 'responses'), status, response] as const] : [],
    ),
  );
const bodiesOf = (document: Json): readonly Json[] =>
  operationsOf(document)
    .map(({ operation }) => operation)
    .filter(({ requestBody }) => isJson(requestBody));
const formsOf = (document: Json): readonly Json[] =>
  contentsOf(document)
    .flatMap((content) => ['multipart/form-data', 'application/x-www-form-urlencoded'].map((type) => content[type]))
    .filter(isJson);
const headersOf = (document: Json): readonly Json[] =>
  responsesOf(document)
    .map(([, , response]) => response)
    .filter(({ headers }) => isJson(headers))
    .map(({ headers }) => headers as Json);

const set = (holder: Json, name: string, value: unknown): true => {
  if (value === undefined) delete holder[name];
  else holder[name] = value;
  return true;
};
const onParameter = (change: (parameter: Json, random: Random, list: unknown[]) => boolean): DocumentChange =>
  onOne(parametersOf, ([list, parameter], random) => change(parameter, random, list));
const onResponse = (
  change: (response: Json, random: Random, status: string, responses: Json) => boolean,
): DocumentChange =>
  onOne(responsesOf, ([responses, status, response], random) => change(response, random, status, responses));
const onOperation = (
  change: (operation: Json, random: Random, item: Json, method: string, document: Json) => boolean,
): DocumentChange =>
  onOne(operationsOf, ({ operation, item, method }, random, document) =>
    change(operation, random, item, method, document),
  );
const onEncoding = (change: (encoding: Json, random: Random, name: string) => boolean): DocumentChange =>
  onOne(formsOf, (media, random) => {
    media.encoding ??= {};
    const encoding = media.encoding as Json;
    const name = random.pick(
      Object.keys(inside(media, 'schema', 'properties'))
        .concat(Object.keys(encoding))
        .concat('tags'),
    );
    encoding[name] ??= {};
    return change(encoding[name] as Json, random, name);
  });

/** Changes outside schemas, by name. */
export const documentChanges: { readonly [name: string]: DocumentChange } = {
  // Components
  'an inline schema moves to the components': onOne(schemasOf, ({ schema, replace }, _, document) => {
    if ('$ref' in schema || 'const' in schema) return false;
    replace(ref('Moved'));
    return set(inside(document, 'components', 'schemas'), 'Moved', structuredClone(schema));
  }),
  'a component moves inline': onOne(schemasOf, ({ schema, replace }, _, document) => {
    const name = String(schema.$ref).split('/').pop() ?? '';
    const target = inside(document, 'components', 'schemas')[name];
    if (!('$ref' in schema) || name === 'Tree' || name === 'Cat' || name === 'Dog' || !isJson(target)) return false;
    replace({ ...structuredClone(target), ...schema, $ref: undefined });
    return true;
  }),
  'a component is renamed': (document) => {
    const text = JSON.stringify(document).replaceAll('schemas/Choice"', 'schemas/Option"');
    Object.assign(document, JSON.parse(text));
    const schemas = inside(document, 'components', 'schemas');
    const { Choice } = schemas;
    delete schemas.Choice;
    return set(schemas, 'Option', Choice);
  },
  'a component is added': (document, random) =>
    set(inside(document, 'components', 'schemas'), 'More', drawSchema(random, 2, [])),
  'an unused component is removed': (document) => set(inside(document, 'components', 'schemas'), 'Spare', undefined),
  // Parameters
  'a parameter is added': onOperation((operation, random) => {
    const place = random.pick(['query', 'header']);
    operation.parameters ??= [];
    listed(operation.parameters).push({ name: 'added', in: place, schema: drawScalar(random) });
    return true;
  }),
  'a required parameter is added': onOperation((operation, random) => {
    operation.parameters ??= [];
    listed(operation.parameters).push({ name: 'added', in: 'query', required: true, schema: drawScalar(random) });
    return true;
  }),
  'a parameter is removed': onParameter((parameter, _, list) => {
    list.splice(list.indexOf(parameter), 1);
    return true;
  }),
  'a parameter becomes required or optional': onParameter((parameter) =>
    set(parameter, 'required', parameter.required === true ? undefined : true),
  ),
  'a parameter has a different name': onParameter((parameter) => set(parameter, 'name', `${parameter.name}2`)),
  'a parameter has a different case': onParameter((parameter) =>
    set(parameter, 'name', String(parameter.name).toLowerCase()),
  ),
  'a parameter has a different location': onParameter(
    (parameter) => parameter.style === undefined && set(parameter, 'in', parameter.in === 'query' ? 'header' : 'query'),
  ),
  'a parameter has a different style': onParameter(
    (parameter, random) =>
      parameter.in === 'query' &&
      parameter.style === undefined &&
      set(parameter, 'style', random.pick(['spaceDelimited', 'pipeDelimited', 'form'])),
  ),
  'a parameter has a different explode': onParameter(
    (parameter, random) => parameter.style === undefined && set(parameter, 'explode', random.chance(50)),
  ),
  'a parameter allows reserved characters': onParameter(
    (parameter) => parameter.in === 'query' && set(parameter, 'allowReserved', true),
  ),
  'a parameter is JSON': onParameter((parameter) => {
    const { schema } = parameter;
    delete parameter.style;
    delete parameter.explode;
    delete parameter.schema;
    return set(parameter, 'content', { 'application/json': { schema } });
  }),
  'a parameter is deprecated': onParameter((parameter) => set(parameter, 'deprecated', true)),
  'a parameter is described': onParameter((parameter) => set(parameter, 'description', 'Other words.')),
  'parameters in a different order': onOperation(
    (operation) =>
      Array.isArray(operation.parameters) && set(operation, 'parameters', operation.parameters.toReversed()),
  ),
  // Bodies and media types
  'a body becomes required or optional': onOne(bodiesOf, ({ requestBody }) =>
    set(requestBody as Json, 'required', !(requestBody as Json).required),
  ),
  'a body is added': onOperation(
    (operation, random, _, method) =>
      method !== 'get' &&
      !operation.requestBody &&
      set(operation, 'requestBody', { content: { 'application/json': { schema: drawScalar(random) } } }),
  ),
  'a body is removed': onOne(bodiesOf, (operation) => set(operation, 'requestBody', undefined)),
  'a media type is added': onOne(contentsOf, (content, random) =>
    set(content, random.pick(['text/csv', 'application/xml', 'application/octet-stream']), {
      schema: { type: 'string' },
    }),
  ),
  'a media type is removed': onOne(contentsOf, (content) => {
    const [first, ...others] = Object.keys(content);
    return first !== undefined && others.length > 0 && set(content, first, undefined);
  }),
  'a different media type': onOne(contentsOf, (content, random) => {
    const [first] = Object.keys(content);
    if (first === undefined || first.includes('form')) return false;
    const { [first]: media } = content;
    delete content[first];
    return set(content, random.pick(['application/vnd.shop+json', 'text/plain']), media);
  }),
  'media types in a different order': onOne(contentsOf, (content) => {
    const entries = Object.entries(content).toReversed();
    for (const name of Object.keys(content)) delete content[name];
    Object.assign(content, Object.fromEntries(entries));
    return entries.length > 1;
  }),
  'a part has a different content type': onEncoding((encoding, random) =>
    set(encoding, 'contentType', random.pick(['text/plain', 'application/json', 'image/png'])),
  ),
  'a field has a style': onEncoding((encoding, random) =>
    set(encoding, 'style', random.pick(['form', 'pipeDelimited', 'spaceDelimited'])),
  ),
  'a field has a different explode': onEncoding((encoding, random) => set(encoding, 'explode', random.chance(50))),
  'a part has a header': onEncoding((encoding) => set(encoding, 'headers', { 'X-Part': { schema: { enum: ['a'] } } })),
  'an encoding is removed': onOne(formsOf, (media) => set(media, 'encoding', undefined)),
  // Responses
  'a success response is added': onOperation((operation, random) =>
    set(inside(operation, 'responses'), random.pick(['201', '202']), {
      description: 'More.',
      content: { 'application/json': { schema: drawScalar(random) } },
    }),
  ),
  'a success response without a body is added': onOperation((operation) =>
    set(inside(operation, 'responses'), '205', { description: 'More.' }),
  ),
  'a success response is removed': onResponse(
    (_, __, status, responses) =>
      status.startsWith('2') && Object.keys(responses).length > 1 && set(responses, status, undefined),
  ),
  'an error response is added': onOperation((operation, random) =>
    set(inside(operation, 'responses'), random.pick(['400', '4XX', 'default']), {
      description: 'Failed.',
      content: { 'application/json': { schema: drawScalar(random) } },
    }),
  ),
  'an error response is removed': onResponse(
    (_, __, status, responses) => status.startsWith('4') && set(responses, status, undefined),
  ),
  'a different status': onResponse((response, _, status, responses) => {
    delete responses[status];
    return set(responses, status === '200' ? '203' : '206', response);
  }),
  'a response loses its body': onResponse((response) => 'content' in response && set(response, 'content', undefined)),
  'a response gets a body': onResponse(
    (response, random) =>
      !('content' in response) && set(response, 'content', { 'application/json': { schema: drawScalar(random) } }),
  ),
  'a response is described': onResponse((response) => set(response, 'description', 'Other words.')),
  'a response header is added': onResponse((response, random) => {
    response.headers ??= {};
    return set(response.headers as Json, 'X-More', { required: random.chance(50), schema: drawScalar(random) });
  }),
  'a response header is removed': onOne(headersOf, (headers) => set(headers, 'X-Total', undefined)),
  'a response header becomes optional': onOne(headersOf, (headers) =>
    set(headers, 'X-Total', { schema: { type: 'integer' } }),
  ),
  'a response header has a different case': onOne(headersOf, (headers) => {
    const { 'X-Total': header } = headers;
    delete headers['X-Total'];
    return set(headers, 'x-total', header);
  }),
  // Operations, security, servers
  'a different operationId': onOperation((operation) => set(operation, 'operationId', `${operation.operationId}2`)),
  'an operation is deprecated': onOperation((operation) => set(operation, 'deprecated', true)),
  'an operation is described': onOperation((operation) => set(operation, 'summary', 'Other words.')),
  'an operation is removed': onOperation((_, __, item, method) => set(item, method, undefined)),
  'an operation is added': (document) =>
    set(inside(document, 'paths'), '/more', {
      get: { operationId: 'more', security: [], responses: { '204': { description: 'Done.' } } },
    }),
  'a different path': onOperation((_, __, item, ___, document) => {
    const paths = inside(document, 'paths');
    const [path] = Object.entries(paths).find(([, each]) => each === item) ?? [''];
    if (path.includes('#') || path.includes('{')) return false;
    delete paths[path];
    return set(paths, `${path}/v2`, item);
  }),
  'a different method': onOperation((operation, _, item, method) => {
    if (method !== 'post' || 'put' in item) return false;
    delete item.post;
    return set(item, 'put', operation);
  }),
  'a different host': (document) => set(document, 'servers', [{ url: 'https://shop-2.invalid' }]),
  'a server is added': (document) =>
    set(document, 'servers', [{ url: 'https://shop.invalid' }, { url: 'https://shop-2.invalid' }]),
  'an operation gets a server': onOperation((operation) =>
    set(operation, 'servers', [{ url: 'https://elsewhere.invalid' }]),
  ),
  'the URL of a server gets a variable': (document, random) =>
    set(document, 'servers', [
      {
        url: random.pick(['https://{name}.invalid', 'https://shop.{name}']),
        variables: { name: { default: random.pick(['shop', 'invalid']) } },
      },
    ]),
  'a key is removed': onOperation(
    (operation) => listed(operation.security).length > 0 && set(operation, 'security', []),
  ),
  'a key is added': onOperation(
    (operation) => listed(operation.security).length === 0 && set(operation, 'security', [{ key: [] }]),
  ),
  'a different key': onOperation((operation) => set(operation, 'security', [{ other: [] }])),
  'an additional key is added': onOperation((operation) =>
    set(operation, 'security', [...listed(operation.security), { other: [] }]),
  ),
  'both keys are required': onOperation((operation) => set(operation, 'security', [{ key: [], other: [] }])),
  'a key has a different name': (document) =>
    set(inside(document, 'components', 'securitySchemes', 'key'), 'name', 'X-Api-Key'),
  'a key has a different location': (document) =>
    set(inside(document, 'components', 'securitySchemes', 'key'), 'in', 'query'),
  // Extensions
  'a different condition': (document) =>
    set(inside(document, 'paths', '/act#start'), 'x-cs-when', [{ query: 'action', equals: 'begin' }]),
  'a condition is added': (document) =>
    set(inside(document, 'paths', '/act#start'), 'x-cs-when', [
      { query: 'action', equals: 'start' },
      { query: 'dry', equals: '1' },
    ]),
  'a different retry rule': onOperation((operation, random) =>
    set(
      operation,
      'x-cs-retry',
      random.pick(['safe', 'idempotent', 'never', { idempotent: { key: { in: 'header', name: 'X-Key-Once' } } }]),
    ),
  ),
  'a different envelope': (document, random) => {
    const envelope = document['x-cs-envelope'];
    if (!isJson(envelope)) return false;
    return random.pick([
      () => set(envelope, 'success', [0, 200]),
      () => set(envelope, 'success', [1]),
      () => set(envelope, 'data', undefined),
      () => set(envelope, 'message', '/text'),
      () => set(inside(envelope, 'errors', '1'), 'name', 'NoItem'),
      () => set(inside(envelope, 'errors'), '3', { name: 'SoldOut' }),
      () => set(inside(envelope, 'errors'), '2', undefined),
    ])();
  },
  'the codes of an operation change': onOperation(
    (operation, random, _, __, document) =>
      isJson(document['x-cs-envelope']) && set(operation, 'x-cs-envelope', { codes: random.pick([[1], [2], [1, 2]]) }),
  ),
};
