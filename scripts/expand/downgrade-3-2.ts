import type { JsonDocument, Step } from '../expand.ts';
import { documentShape } from '../load/shapes.ts';
import { isObject, ownMember, pointerTokens } from '../pointer.ts';
import { transform } from './transform.ts';

/** Members that OpenAPI 3.2 adds and 3.1 does not have, by object. */
const added: { readonly [name: string]: readonly string[] } = {
  Document: ['$self'],
  PathItem: ['query', 'additionalOperations'],
  Components: ['mediaTypes'],
  MediaType: ['itemSchema', 'prefixEncoding', 'itemEncoding'],
  Encoding: ['encoding', 'prefixEncoding', 'itemEncoding'],
  Response: ['summary'],
  SecurityScheme: ['deprecated', 'oauth2MetadataUrl'],
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
  const leaveOut = (value: JsonDocument, names: readonly string[], pointer: string): JsonDocument => {
    const present = names.filter((name) => Object.hasOwn(value, name));
    if (present.length === 0) return value;
    for (const name of present.filter((name) => !silent.has(name))) {
      warn(
        `${pointer}/${name}`,
        'openapi-3-2',
        `\`${name}\` is new in OpenAPI 3.2 and is left out.`,
        'Say it in the words of OpenAPI 3.1 if clients or servers need it.',
      );
    }
    return Object.fromEntries(Object.entries(value).filter(([key]) => !present.includes(key)));
  };
  const result = transform(
    document,
    documentShape,
    (value, name, pointer) => {
      const resolved = name === 'MediaType' ? mediaType(value, document) : value;
      if (name === 'Example' && resolved.dataValue !== undefined && resolved.value === undefined) {
        return { ...leaveOut(resolved, added.Example ?? [], pointer), value: resolved.dataValue };
      }
      if (Array.isArray(resolved.parameters)) {
        const kept = resolved.parameters.filter((parameter) => ownMember(parameter, 'in') !== 'querystring');
        if (kept.length < resolved.parameters.length) {
          warn(
            `${pointer}/parameters`,
            'openapi-3-2',
            'A parameter `in: querystring` is new in OpenAPI 3.2 and is left out.',
            'Name the query parameters one by one.',
          );
          return leaveOut({ ...resolved, parameters: kept }, added[name] ?? [], pointer);
        }
      }
      return leaveOut(resolved, added[name] ?? [], pointer);
    },
    derivations,
  ) as JsonDocument;
  return { ...result, openapi: '3.1.1', ...strippedLists(document) };
};

/** Media types may be references in 3.2. */
function mediaType(value: JsonDocument, document: JsonDocument): JsonDocument {
  let current: unknown = value;
  for (let hops = 0; isObject(current) && typeof current.$ref === 'string' && hops < 64; hops++) {
    current = pointerTokens(current.$ref).reduce(ownMember, document as unknown);
  }
  return isObject(current) ? current : value;
}

function strippedLists(document: JsonDocument): JsonDocument {
  const without = (list: unknown, names: readonly string[]) =>
    Array.isArray(list)
      ? list.map((item: unknown) =>
          isObject(item) ? Object.fromEntries(Object.entries(item).filter(([key]) => !names.includes(key))) : item,
        )
      : list;
  return {
    ...(Object.hasOwn(document, 'tags') && { tags: without(document.tags, ['summary', 'parent', 'kind']) }),
    ...(Object.hasOwn(document, 'servers') && { servers: without(document.servers, ['name']) }),
  };
}
