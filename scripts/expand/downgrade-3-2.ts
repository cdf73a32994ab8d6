import { JSON_LINES } from '@countersign/runtime/contract';
import { isObject, ownMember, pointerTokens } from '../common/document/pointer.ts';
import { documentShape } from '../load/shapes.ts';
import type { JsonDocument, Step } from './step.ts';
import { transform } from './transform.ts';

/** Members that OpenAPI 3.2 adds and 3.1 does not have, by object. */
const added: { readonly [name: string]: readonly string[] } = {
  Document: ['$self'],
  PathItem: ['query', 'additionalOperations'],
  Components: ['mediaTypes'],
  MediaType: ['itemSchema', 'prefixEncoding', 'itemEncoding'],
  Encoding: ['encoding', 'prefixEncoding', 'itemEncoding'],
  Response: ['summary'],
  // `oauth2MetadataUrl` stays: clients and servers read it.
  SecurityScheme: ['deprecated'],
  Discriminator: ['defaultMapping'],
  Example: ['dataValue', 'serializedValue'],
};

/** These are only words about the API, or are carried over: nothing is lost that anybody would miss. */
const silent = new Set(['$self', 'summary', 'mediaTypes', 'dataValue', 'deprecated']);

/**
 * OpenAPI 3.2 → 3.1: what 3.1 has stays, the rest is left out with a warning.
 * @see https://spec.openapis.org/oas/v3.2.0.html#appendix-a-revision-history
 */
export const downgrade32: Step = (document, { derivations, warn }) => {
  const inlined = transform(
    document,
    documentShape,
    (value, name) => (name === 'MediaType' ? behind(value, document) : value),
    derivations,
  ) as JsonDocument;
  const result = transform(
    inlined,
    documentShape,
    (given, name, pointer) => {
      const value = name === 'MediaType' ? withRows(given, pointer) : given;
      const present = (added[name] ?? []).filter((member) => Object.hasOwn(value, member));
      // Media types of components stand where they are used.
      const isCarried = pointer.startsWith('/components/mediaTypes/');
      for (const member of present.filter((member) => !silent.has(member) && !isCarried)) {
        warn(`${pointer}/${member}`, 'openapi-3-2', `\`${member}\` requires OpenAPI 3.2 and is ignored.`, leftOutHelp);
      }
      if (name === 'Parameter' && value.style === 'cookie') {
        const message = '`style: cookie` requires OpenAPI 3.2 and is ignored.';
        warn(`${pointer}/style`, 'openapi-3-2', message, 'Values are percent-encoded, as with `style: form`.');
        return without(value, ['style']);
      }
      const kept = withoutQuerystring(present.length === 0 ? value : without(value, present), inlined);
      if (kept.parameters !== value.parameters) {
        const message = 'A parameter `in: querystring` requires OpenAPI 3.2 and is ignored.';
        warn(`${pointer}/parameters`, 'openapi-3-2', message, 'Declare each query parameter with `in: query`.');
      }
      return name === 'Example' && present.includes('dataValue') ? { value: value.dataValue, ...kept } : kept;
    },
    derivations,
  ) as JsonDocument;
  return { ...result, openapi: '3.1.1', ...plainLists(document) };
};

const leftOutHelp = 'Describe it with OpenAPI 3.1 keywords if clients or servers need it.';

/** Media types may be references in 3.2. */
function behind(value: unknown, document: JsonDocument): JsonDocument {
  let current = value;
  for (let hops = 0; isObject(current) && typeof current.$ref === 'string' && hops < 64; hops++) {
    current = pointerTokens(current.$ref).reduce(ownMember, document as unknown);
  }
  return isObject(current) ? current : {};
}

/** What 3.2 says of the rows of JSON lines is here the schema: see `Bodies and streams` in docs/concepts.md. */
function withRows(media: JsonDocument, pointer: string): JsonDocument {
  const { itemSchema } = media;
  const mediaType = pointerTokens(pointer).at(-1) ?? '';
  if (itemSchema === undefined || !JSON_LINES.test(mediaType)) return media;
  return { ...without(media, ['itemSchema']), schema: itemSchema };
}

function withoutQuerystring(value: JsonDocument, document: JsonDocument): JsonDocument {
  const { parameters } = value;
  const isQuerystring = (parameter: unknown) => behind(parameter, document).in === 'querystring';
  if (Array.isArray(parameters) && parameters.some(isQuerystring)) {
    return { ...value, parameters: parameters.filter((parameter) => !isQuerystring(parameter)) };
  }
  // The same under `components`.
  if (!isObject(parameters) || !Object.values(parameters).some(isQuerystring)) return value;
  const names = Object.keys(parameters).filter((name) => isQuerystring(parameters[name]));
  return { ...value, parameters: without(parameters, names) };
}

function plainLists({ tags, servers }: JsonDocument): JsonDocument {
  const each = (list: unknown, names: readonly string[]) =>
    Array.isArray(list) ? list.map((item: unknown) => (isObject(item) ? without(item, names) : item)) : list;
  return {
    ...(tags !== undefined && { tags: each(tags, ['summary', 'parent', 'kind']) }),
    ...(servers !== undefined && { servers: each(servers, ['name']) }),
  };
}

function without(object: JsonDocument, names: readonly string[]): JsonDocument {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !names.includes(key)));
}
