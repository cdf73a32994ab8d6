import type { FieldEncoding, PartDescriptor, PartsDescriptor } from '@countersign/runtime/contract';
import { encodingOf } from './encoding.ts';
import { asList, asNode, follow, isNode, join, type Node } from './reader.ts';
import { parameterShape, type ResolveSchema } from './schema/shape/parameter-shape.ts';
import type { ExpandedDocument, JsonSchema } from './types.ts';

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'boolean' || isNode(value);

/** The schema that a schema refers to, or the schema itself. */
const target = (document: ExpandedDocument, schema: unknown): Node => follow(document, schema, '').node;

const isList = ({ type, items, prefixItems }: Node): boolean =>
  type === 'array' ||
  asList(type).includes('array') ||
  (type === undefined && (items !== undefined || prefixItems !== undefined));

/**
 * Whether a multipart body is a stream of parts, a list of them, or an object of named parts (undefined). Only OpenAPI 3.2 has
 * the first two; in `multipart/form-data` a list needs an encoding by position.
 * @see https://spec.openapis.org/oas/v3.2.0.html#encoding-by-position
 */
export function partsKind(document: ExpandedDocument, mediaType: string, media: Node): 'stream' | 'list' | undefined {
  if (!document.openapi.startsWith('3.2') || !/^multipart\//i.test(mediaType)) return undefined;
  if (isSchema(media.itemSchema)) return 'stream';
  const isPlaced = media.prefixEncoding !== undefined || media.itemEncoding !== undefined;
  if (/^multipart\/form-data\b/i.test(mediaType) && !isPlaced) return undefined;
  return isList(target(document, media.schema)) ? 'list' : undefined;
}

/** The serialization of the parts of a multipart body; undefined if they have names. */
export function partsOf(
  document: ExpandedDocument,
  mediaType: string,
  media: Node,
  at: string,
  resolve: ResolveSchema,
): PartsDescriptor | undefined {
  const kind = partsKind(document, mediaType, media);
  if (kind === undefined) return undefined;
  const list = target(document, media.schema);
  const schemas = kind === 'list' ? asList(list.prefixItems) : [];
  const rest = kind === 'stream' ? media.itemSchema : list.items;
  const encodings = asList(media.prefixEncoding);
  const placed = Array.from({ length: Math.max(schemas.length, encodings.length) }, (_, place) =>
    partOf(
      document,
      schemas[place] ?? rest,
      encodings[place] ?? media.itemEncoding,
      join(at, 'prefixEncoding', String(place)),
      resolve,
    ),
  );
  return {
    ...(kind === 'stream' && { stream: true }),
    ...(placed.length > 0 && { prefix: placed }),
    item: partOf(document, rest, media.itemEncoding, join(at, 'itemEncoding'), resolve),
  };
}

function partOf(
  document: ExpandedDocument,
  schema: unknown,
  written: unknown,
  at: string,
  resolve: ResolveSchema,
): PartDescriptor {
  const encoding: FieldEncoding = written === undefined ? {} : encodingOf(document, 'placed', written, at);
  const { node } = follow(document, written, at);
  const nested = encoding.contentType
    ? partsOf(document, encoding.contentType, { ...asNode(node), schema }, at, resolve)
    : undefined;
  return {
    ...encoding,
    shape: isSchema(schema) ? parameterShape(schema, resolve) : { kind: 'any' },
    ...(nested && { parts: nested }),
  };
}
