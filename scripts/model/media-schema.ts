import { JSON_LINES, kindOf } from '@countersign/runtime/contract';
import { partsKind } from './multipart.ts';
import { asList, asNode, atPointer, follow, isNode, join, type Node, refPointer } from './reader.ts';
import type { ExpandedDocument, JsonSchema } from './types.ts';

/** The schema for types and validation of a content, and its place. */
export type MediaSchema = {
  readonly schema: JsonSchema;
  readonly pointer: string;
  /** The schema is that of each item of a stream. Before OpenAPI 3.2, a document could not describe items. */
  readonly isItem?: true;
  /** The schema is that of the list of all parts of a multipart body. */
  readonly isParts?: true;
};

/**
 * The schema of one media type. For streams, it is the schema of one item: a row of JSON lines, a server-sent event or
 * a part of a multipart stream. OpenAPI 3.2 has `itemSchema` for an item, and `schema` for the whole stream as a list.
 * In earlier versions, `schema` is the schema of a row.
 * @see https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types
 */
export function mediaSchema(document: ExpandedDocument, mediaType: string, media: Node, at: string): MediaSchema {
  const whole = { schema: (media.schema ?? true) as JsonSchema, pointer: join(at, 'schema') };
  // Almost all media types are this text.
  if (mediaType === 'application/json') return whole;
  if (kindOf(mediaType) === 'multipart') {
    const kind = partsKind(document, mediaType, media);
    if (kind === 'stream')
      return { schema: media.itemSchema as JsonSchema, pointer: join(at, 'itemSchema'), isItem: true };
    return kind === 'list' ? { ...whole, isParts: true } : whole;
  }
  const isLines = JSON_LINES.test(mediaType);
  const isItem = isLines ? undefined : ({ isItem: true } as const);
  if (!isLines && kindOf(mediaType) !== 'events') return whole;
  const content = media['x-cs-content'];
  if (isSchema(content)) return { schema: content, pointer: join(at, 'x-cs-content'), ...isItem };
  if (isSchema(media.itemSchema)) return { schema: media.itemSchema, pointer: join(at, 'itemSchema'), ...isItem };
  if (!document.openapi.startsWith('3.2')) return whole;
  const { node, pointer } = follow(document, media.schema, whole.pointer);
  const isList = node.type === 'array' || asList(node.type).includes('array');
  if (!isList || node.prefixItems !== undefined || !isSchema(node.items)) return whole;
  return { schema: node.items, pointer: join(pointer, 'items'), ...isItem };
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'boolean' || isNode(value);

/**
 * The format of event data, if each event has a schema: `json` for JSON only, `mixed` if some events contain JSON and
 * others text.
 */
export function eventDataOf(document: ExpandedDocument, media: Node): 'text' | 'json' | 'mixed' {
  const content = media['x-cs-content'];
  if (content === undefined) return 'text';
  return holdsText(document, content, 0) ? 'mixed' : 'json';
}

/** Whether some alternative of an event's schema has text as its data. */
function holdsText(document: ExpandedDocument, schema: unknown, depth: number): boolean {
  if (depth > 16 || !isNode(schema)) return false;
  const target = typeof schema.$ref === 'string' ? atPointer(document, refPointer(schema.$ref)) : undefined;
  const data = asNode(asNode(schema.properties).data);
  const parts = ['allOf', 'oneOf', 'anyOf', 'then', 'else'].flatMap((keyword) => [schema[keyword]].flat());
  return data.type === 'string' || [...parts, target].some((part) => holdsText(document, part, depth + 1));
}
