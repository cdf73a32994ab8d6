import {
  type FieldEncoding,
  type FieldEncodings,
  kindOf,
  type PartDescriptor,
  type PartsDescriptor,
} from '@countersign/runtime/contract';
import { encodingOf } from './encoding.ts';
import { asList, asNode, follow, isNode, join, type Node } from './reader.ts';
import { partsOf as schemaParts } from './schema/parts.ts';
import { parameterShape, type ResolveSchema } from './schema/shape/parameter-shape.ts';
import type { ExpandedDocument, JsonSchema } from './types.ts';
import { isXml, xmlRoot } from './xml.ts';

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'boolean' || isNode(value);

/** The schema that a schema refers to, or the schema itself. */
const target = (document: ExpandedDocument, schema: unknown): Node => follow(document, schema, '').node;

const isList = ({ type, items, prefixItems }: Node): boolean =>
  type === 'array' ||
  asList(type).includes('array') ||
  (type === undefined && (items !== undefined || prefixItems !== undefined));

/**
 * Whether a multipart body is a stream of parts, a list of them, or an object of named parts (undefined). Streams and
 * lists exist since OpenAPI 3.2. In `multipart/form-data`, a list needs an encoding by position.
 * @see https://spec.openapis.org/oas/v3.2.0.html#encoding-by-position
 */
export function partsKind(document: ExpandedDocument, mediaType: string, media: Node): 'stream' | 'list' | undefined {
  if (!document.openapi.startsWith('3.2') || !/^multipart\//i.test(mediaType)) return undefined;
  if (isSchema(media.itemSchema)) return 'stream';
  if (/^multipart\/form-data\b/i.test(mediaType) && !isPlaced(media)) return undefined;
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
  return {
    ...encoding,
    shape: isSchema(schema) ? parameterShape(schema, resolve) : { kind: 'any' },
    ...innerOf(document, encoding, { written, schema, name: 'root' }, at, resolve),
  };
}

/** A part as the document describes it. */
type Described = { readonly written: unknown; readonly schema: unknown; readonly name: string };
type Inner = Pick<FieldEncoding, 'parts' | 'fields' | 'xml'>;

/** The description of a part's content, if the content is itself multipart or XML. */
function innerOf(
  document: ExpandedDocument,
  { contentType, style }: FieldEncoding,
  { written, schema, name }: Described,
  at: string,
  resolve: ResolveSchema,
): Inner {
  if (contentType === undefined || style !== undefined || !isSchema(schema)) return {};
  const xml = isXml(contentType) ? xmlRoot(schema, name, resolve) : undefined;
  if (xml) return { xml };
  if (!document.openapi.startsWith('3.2') || kindOf(contentType) !== 'multipart') return {};
  const { node, pointer } = follow(document, written, at);
  const parts = partsOf(document, contentType, { ...node, schema }, pointer, resolve);
  if (parts) return { parts };
  if (isPlaced(node) || parameterShape(schema, resolve).kind !== 'object') return {};
  return { fields: fieldsOf(document, contentType, schema, node.encoding, join(pointer, 'encoding'), resolve) };
}

const isPlaced = ({ prefixEncoding, itemEncoding }: Node): boolean =>
  prefixEncoding !== undefined || itemEncoding !== undefined;

/** The schema of a property, in the schema itself or in a part that applies with it. */
function propertyOf(schema: JsonSchema, name: string, resolve: ResolveSchema): JsonSchema | undefined {
  for (const { properties } of schemaParts(schema, resolve)) {
    const found = asNode(properties);
    if (Object.hasOwn(found, name) && isSchema(found[name])) return found[name];
  }
  return undefined;
}

/**
 * One property of a form. A list has a part for each item. If the declared type is multipart and the items cannot be
 * multipart bodies, the whole list is one multipart part.
 */
function fieldOf(
  document: ExpandedDocument,
  kind: 'field' | 'named' | 'part',
  { written, schema, name }: Described,
  at: string,
  resolve: ResolveSchema,
): FieldEncoding {
  const encoding = encodingOf(document, kind, written, at);
  if (kind === 'field') return encoding;
  const inner = (of: unknown): Inner => innerOf(document, encoding, { written, schema: of, name }, at, resolve);
  const list = target(document, schema);
  if (!isList(list)) return { ...encoding, ...inner(schema) };
  const ofItem = inner(list.items);
  if (Object.keys(ofItem).length > 0) return { ...encoding, ...ofItem };
  const { parts } = inner(schema);
  return { ...encoding, ...(parts && { parts, whole: true }) };
}

/**
 * By property: how it is sent in a form or multipart body.
 * @param written the `encoding` of the document
 */
export function fieldsOf(
  document: ExpandedDocument,
  mediaType: string,
  schema: JsonSchema,
  written: unknown,
  at: string,
  resolve: ResolveSchema,
): FieldEncodings {
  const isMultipart = /^multipart\//i.test(mediaType);
  // Only fields of forms have a style. Parts of other multipart bodies have only a content type.
  const kind = !isMultipart ? 'field' : /^multipart\/form-data/i.test(mediaType) ? 'named' : 'part';
  const encodings = Object.entries(asNode(written)).map(([name, value]): [string, FieldEncoding] => {
    const described = { written: value, schema: propertyOf(schema, name, resolve), name };
    return [name, fieldOf(document, kind, described, join(at, name), resolve)];
  });
  return Object.fromEntries(encodings.filter(([, encoding]) => Object.keys(encoding).length > 0));
}
