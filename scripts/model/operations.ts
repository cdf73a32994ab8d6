import type {
  Code,
  Condition,
  ConfirmDescriptor,
  DeliveryDescriptor,
  EventData,
  HttpMethod,
  OperationDescriptor,
  PageDescriptor,
  ParameterShape,
  PartsByType,
  RetryDescriptor,
  SecuritySchemeDescriptor,
  ServerDescriptor,
  UnhandledDescriptor,
} from '@countersign/runtime/contract';
import { essence, exampleValue, kindOf } from '@countersign/runtime/contract';
import { operationsOf, type PlacedOperation } from '../common/document/path-operations.ts';
import { camelCase, createNames, type Names } from '../common/text/names.ts';
import { buildDelivery } from './delivery.ts';
import { FORMS } from './encoding.ts';
import { withoutSource } from './envelope.ts';
import { buildEncodings } from './form-encodings.ts';
import { eventDataOf, mediaSchema } from './media-schema.ts';
import { methodRetry } from './method-retry.ts';
import { partsOf } from './multipart.ts';
import { buildParameters } from './parameters.ts';
import {
  asList,
  asNode,
  asText,
  atPointer,
  type Found,
  follow,
  join,
  type Node,
  onceForTarget,
  resolverOf,
} from './reader.ts';
import { isFileBody } from './schema/shape/file-body.ts';
import { parameterShape, type ResolveSchema } from './schema/shape/parameter-shape.ts';
import { isUnsupported } from './security.ts';
import { buildServer } from './servers.ts';
import { statusKey } from './status.ts';
import { buildTimeout } from './timeout.ts';
import type { Body, Content, ExpandedDocument, JsonSchema, Operation, Response } from './types.ts';
import { buildXml } from './xml.ts';

/** Further declarations of a generated module of operations. */
const MODULE_NAMES = ['api', 'operations'];

function buildContent(document: ExpandedDocument, node: Node, pointer: string): readonly Content[] {
  return Object.entries(asNode(node.content)).map(([mediaType, value]) => {
    const media = asNode(value);
    const at = join(pointer, 'content', mediaType);
    const examples = new Map<string, unknown>();
    if (media.example !== undefined) examples.set('default', media.example);
    for (const [name, example] of Object.entries(asNode(media.examples))) {
      examples.set(name, exampleValue(follow(document, example, join(at, 'examples', name)).node, mediaType));
    }
    const { isItem, isParts: _, ...found } = mediaSchema(document, mediaType, media, at);
    const parts = partsOf(document, mediaType, media, at, resolverOf(document));
    return {
      mediaType,
      ...found,
      examples,
      ...(isItem && !parts && { events: eventDataOf(document, media) }),
      ...(parts && { parts }),
    };
  });
}

/** Forms and text are text on the wire: the types of their properties, and of a text that is not a string. */
function buildShapes(document: ExpandedDocument, { content }: Body): { readonly [mediaType: string]: ParameterShape } {
  const resolve = resolverOf(document);
  const shapes = content
    .filter(({ mediaType }) => FORMS.test(mediaType) || kindOf(mediaType) === 'text')
    .map(({ mediaType, schema }) => [mediaType, parameterShape(schema, resolve)] as const);
  return Object.fromEntries(
    shapes.filter(([mediaType, shape]) => (FORMS.test(mediaType) ? shape.kind === 'object' : isOtherText(shape))),
  );
}

/** Whether a text represents a number, a boolean or null. */
const isOtherText = (shape: ParameterShape): boolean => shape.kind === 'primitive' && !shape.types.includes('string');

/** Whether plain text represents JSON: ASP.NET declares objects as `text/plain` too. */
const isJsonText = (mediaType: string, shape: ParameterShape): boolean =>
  essence(mediaType) === 'text/plain' && (shape.kind === 'object' || shape.kind === 'array');

/** Texts of responses that represent other values. */
function buildTexts(document: ExpandedDocument, content: readonly Content[]): { readonly texts?: readonly string[] } {
  const resolve = resolverOf(document);
  const texts = content.flatMap(({ mediaType, schema }) => {
    if (kindOf(mediaType) !== 'text') return [];
    const shape = parameterShape(schema, resolve);
    return isOtherText(shape) || isJsonText(mediaType, shape) ? [mediaType] : [];
  });
  return texts.length > 0 ? { texts } : {};
}

/** Texts of requests that are JSON. A schema that also accepts a string leaves every text as it is. */
function buildJsonTexts(
  document: ExpandedDocument,
  content: readonly Content[],
): { readonly jsonTexts?: readonly string[] } {
  const resolve = resolverOf(document);
  const jsonTexts = content.flatMap(({ mediaType, schema }) => {
    if (kindOf(mediaType) !== 'text') return [];
    const shape = parameterShape(schema, resolve);
    const isJson = isJsonText(mediaType, shape) && !('single' in shape && shape.single?.types.includes('string'));
    return isJson ? [mediaType] : [];
  });
  return jsonTexts.length > 0 ? { jsonTexts } : {};
}

/** A range of media types that includes JSON. */
const ANY = /^(\*|application)\/\*$/;

/** JSON types and ranges whose schema is a file: springdoc declares a download as a file of any type. */
function buildFiles(document: ExpandedDocument, content: readonly Content[]): { readonly files?: readonly string[] } {
  const resolve = resolverOf(document);
  const files = content.flatMap(({ mediaType, schema }) =>
    (ANY.test(mediaType) || kindOf(mediaType) === 'json') && isFileBody(schema, resolve) ? [mediaType] : [],
  );
  return files.length > 0 ? { files } : {};
}

type Items = {
  readonly events?: { readonly [mediaType: string]: EventData };
  readonly parts?: PartsByType;
};

/** By media type: the format of event data, and multipart parts by position. */
function buildItems(content: readonly Content[]): Items {
  const events = content.flatMap(({ mediaType, events }) => (events ? [[mediaType, events] as const] : []));
  const parts = content.flatMap(({ mediaType, parts }) => (parts ? [[mediaType, parts] as const] : []));
  return {
    ...(events.length > 0 && { events: Object.fromEntries(events) }),
    ...(parts.length > 0 && { parts: Object.fromEntries(parts) }),
  };
}

function buildBody(document: ExpandedDocument, value: unknown, at: string): Body | undefined {
  if (value === undefined) return undefined;
  const { node, pointer } = follow(document, value, at);
  return { required: node.required === true, content: buildContent(document, node, pointer) };
}

/** `any media type`, with a schema that only JSON can match: springdoc's default. */
function meansJson({ mediaType, schema }: Content, content: readonly Content[], resolve: ResolveSchema): boolean {
  if (!ANY.test(mediaType) || content.some((other) => kindOf(other.mediaType) === 'json')) return false;
  const shape = parameterShape(schema, resolve);
  return (
    shape.kind === 'object' || shape.kind === 'array' || (shape.kind === 'primitive' && !shape.types.includes('string'))
  );
}

const isJson = (mediaType: string): boolean => kindOf(mediaType) === 'json';

/** Undefined if it would be `application/json`. */
function buildAccept(responses: readonly Response[]): string | undefined {
  const typesOf = (found: readonly Response[]) => [
    ...new Set(found.flatMap(({ content }) => content.map(({ mediaType }) => mediaType))),
  ];
  const all = typesOf(responses);
  const successes = typesOf(responses.filter(({ status }) => /^(2|default)/.test(status)));
  const json = successes.filter(isJson);
  const first = json.length > 0 ? json : successes.length > 0 ? successes : all;
  const others = [...successes, ...all].filter((type, i, list) => !first.includes(type) && list.indexOf(type) === i);
  const accept = [...first, ...others.map((type) => `${type};q=0.9`)].join(', ') || '*/*';
  return accept === 'application/json' ? undefined : accept;
}

function buildResponses(document: ExpandedDocument, value: unknown, at: string): readonly Response[] {
  return Object.entries(asNode(value)).flatMap(([key, response]) => {
    const status = statusKey(key);
    if (status === undefined) return [];
    const build = () => buildResponse(document, response, join(at, key));
    return [{ status, ...onceForTarget(document, 'response', response, build) }];
  });
}

function buildResponse(document: ExpandedDocument, value: unknown, at: string): Omit<Response, 'status'> {
  const resolve = resolverOf(document);
  const { node, pointer } = follow(document, value, at);
  const content = buildContent(document, node, pointer);
  const headers = Object.entries(asNode(node.headers)).map(([name, header]) => {
    const found = follow(document, header, join(pointer, 'headers', name));
    const [mediaType] = Object.keys(asNode(found.node.content));
    const media = mediaType === undefined ? undefined : asNode(asNode(found.node.content)[mediaType]);
    return {
      name,
      required: found.node.required === true,
      schema: (found.node.schema ?? media?.schema ?? true) as JsonSchema,
      pointer:
        mediaType === undefined || found.node.schema !== undefined
          ? join(found.pointer, 'schema')
          : join(found.pointer, 'content', mediaType, 'schema'),
      ...(found.node.explode === true && { explode: true as const }),
      ...(mediaType !== undefined && isJson(mediaType) && { json: true as const }),
    };
  });
  return {
    description: asText(node.description),
    content: content.map((one) => (meansJson(one, content, resolve) ? { ...one, mediaType: 'application/json' } : one)),
    headers,
  };
}

/** RFC 9110, sections 9.2.1 and 9.2.2, if there is no `x-cs-retry`. */
function buildRetry(value: unknown, method: HttpMethod, delivery: DeliveryDescriptor | undefined): RetryDescriptor {
  const { confirm } = asNode(value);
  if (confirm !== undefined) return { confirm: withoutSource(asNode(confirm)) as ConfirmDescriptor };
  if (value !== undefined) return value as RetryDescriptor;
  // A receiver that identifies a message by its id handles it once.
  const key = delivery?.carrier;
  if (key && key.in !== 'body' && key.in !== 'form') return { idempotent: { key } };
  return methodRetry(method);
}

/**
 * The alternatives, and the scopes that each requires. An alternative with an unsupported scheme is removed: see
 * `checkCalls`.
 */
function buildSecurity(
  document: ExpandedDocument,
  value: unknown,
  schemes: ReadonlyMap<string, SecuritySchemeDescriptor>,
): Pick<OperationDescriptor, 'security' | 'scopes'> {
  const all = asList(value).map(asNode);
  const isKnown = (requirement: Node): boolean => Object.keys(requirement).every((name) => !isLeftOut(document, name));
  const known = all.filter(isKnown);
  // Without a supported alternative, no caller may be accepted.
  const kept = (known.length > 0 ? known : all).map((requirement) =>
    Object.entries(requirement).filter(([name]) => schemes.has(name) || isLeftOut(document, name)),
  );
  const scopes = kept.map((alternative) =>
    Object.fromEntries(
      alternative
        .map(([name, asked]) => [name, asList(asked).filter((scope) => typeof scope === 'string')] as const)
        .filter(([, asked]) => asked.length > 0),
    ),
  );
  return {
    security: kept.map((alternative) => alternative.map(([name]) => name)),
    ...(scopes.some((asked) => Object.keys(asked).length > 0) && { scopes }),
  };
}

/** Whether the model omits a security scheme because its kind is unsupported. */
export function isLeftOut(document: ExpandedDocument, scheme: string): boolean {
  const pointer = join('/components/securitySchemes', scheme);
  return isUnsupported(follow(document, atPointer(document, pointer), pointer).node);
}

/** The operation's server, or its path's; undefined if it is the API's own. */
function ownServer(document: ExpandedDocument, item: Found, node: Node): ServerDescriptor | undefined {
  if (item.node['x-cs-webhook'] !== undefined) return undefined;
  const server = buildServer(node.servers) ?? buildServer(item.node.servers);
  return JSON.stringify(server) === JSON.stringify(buildServer(document.servers)) ? undefined : server;
}

type Context = {
  readonly document: ExpandedDocument;
  readonly names: Names;
  readonly ids: Set<string>;
  readonly schemes: ReadonlyMap<string, SecuritySchemeDescriptor>;
};

/** The operationId as written, or one made from method and path. */
function chooseId(written: string, method: string, path: string, ids: Set<string>): string {
  const base = written || camelCase(`${method} ${path}`);
  let id = base;
  for (let count = 2; ids.has(id); count += 1) id = `${base}${count}`;
  ids.add(id);
  return id;
}

function buildOperation(
  { document, names, ids, schemes }: Context,
  path: string,
  item: Found,
  { method, steps, operation: node }: PlacedOperation,
): Operation {
  const pointer = join(item.pointer, ...steps);
  const wirePath = asText(item.node['x-cs-path']) || path;
  const operationId = chooseId(asText(node.operationId), method.toLowerCase(), path, ids);
  const when = asList(item.node['x-cs-when']) as readonly Condition[];
  const unhandled = item.node['x-cs-unhandled'];
  const envelope = asNode(node['x-cs-envelope']);
  const server = ownServer(document, item, node);
  const body = buildBody(document, node.requestBody, join(pointer, 'requestBody'));
  const shapes = body === undefined ? {} : buildShapes(document, body);
  const encodings = body === undefined ? {} : buildEncodings(document, body, resolverOf(document));
  const xml = body === undefined ? {} : buildXml(body.content, resolverOf(document));
  const responses = buildResponses(document, node.responses, join(pointer, 'responses'));
  const parameters = buildParameters(document, [
    { value: item.node.parameters, pointer: join(item.pointer, 'parameters') },
    { value: node.parameters, pointer: join(pointer, 'parameters') },
  ]);
  const accept = buildAccept(responses);
  const delivery = buildDelivery(node['x-cs-delivery']);
  const batch = node['x-cs-batch'] === undefined ? undefined : withoutSource(asNode(node['x-cs-batch']));
  const page = node['x-cs-page'] ? withoutSource(asNode(node['x-cs-page'])) : undefined;

  const descriptor: OperationDescriptor = {
    id: operationId,
    method,
    path: wirePath,
    ...(server && { server }),
    ...(item.node['x-cs-webhook'] !== undefined && { webhook: true }),
    ...(when.length > 0 && { when }),
    ...(when.length > 0 &&
      unhandled !== undefined && { unhandled: withoutSource(asNode(unhandled)) as UnhandledDescriptor }),
    parameters: parameters.map((parameter) => parameter.descriptor),
    ...(body && {
      body: {
        required: body.required,
        content: body.content.map((content) => content.mediaType),
        ...(Object.keys(shapes).length > 0 && { shapes }),
        ...(Object.keys(encodings).length > 0 && { encodings }),
        ...(Object.keys(xml).length > 0 && { xml }),
        ...buildItems(body.content),
        ...buildFiles(document, body.content),
        ...buildJsonTexts(document, body.content),
      },
    }),
    responses: responses.map(({ status, content, headers }) => {
      const roots = buildXml(content, resolverOf(document));
      // OpenAPI 3.1.1, section 4.8.17: a response header Content-Type is ignored.
      const required = headers.filter(({ name, required }) => required && name.toLowerCase() !== 'content-type');
      return {
        status,
        content: content.map(({ mediaType }) => mediaType),
        ...(Object.keys(roots).length > 0 && { xml: roots }),
        ...buildItems(content),
        ...buildTexts(document, content),
        ...buildFiles(document, content),
        ...(required.length > 0 && { requiredHeaders: required.map(({ name }) => name) }),
      };
    }),
    ...(accept !== undefined && { accept }),
    ...buildSecurity(document, node.security ?? document.security, schemes),
    codes: asList(envelope.codes) as readonly Code[],
    enveloped: envelope.none !== true,
    retry: buildRetry(node['x-cs-retry'], method, delivery),
    ...(delivery && { delivery }),
    ...buildTimeout(node['x-cs-timeout']),
    ...(batch && { batch: batch as { items: string; max: number } }),
    ...(page && { page: page as PageDescriptor }),
  };
  return {
    operationId,
    identifier: names.identifier(operationId),
    pointer,
    summary: asText(node.summary) || asText(item.node.summary),
    description: asText(node.description) || asText(item.node.description),
    deprecated: node.deprecated === true,
    inferred: node['x-cs-source'] === 'inferred',
    tags: asList(node.tags).map(asText),
    descriptor,
    parameters,
    body,
    responses,
  };
}

/** Every operation of the expanded document, in its order. */
export function buildOperations(
  document: ExpandedDocument,
  schemes: ReadonlyMap<string, SecuritySchemeDescriptor>,
): readonly Operation[] {
  const context: Context = { document, names: createNames(MODULE_NAMES), ids: new Set(), schemes };
  return Object.entries(asNode(document.paths)).flatMap(([path, value]) => {
    if (path.startsWith('x-')) return [];
    const item = follow(document, value, join('/paths', path));
    return operationsOf(item.node).map((placed) => buildOperation(context, path, item, placed));
  });
}
