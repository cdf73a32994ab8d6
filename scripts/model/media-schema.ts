import { JSON_LINES } from '@countersign/runtime/contract';
import { asList, follow, isNode, join, type Node } from './reader.ts';
import type { ExpandedDocument, JsonSchema } from './types.ts';

/** The schema that a content is typed and checked by, and where it stands. */
export type MediaSchema = { readonly schema: JsonSchema; readonly pointer: string };

/**
 * The schema of one media type; of JSON lines that of one row. OpenAPI 3.2 has `itemSchema` for it, and a `schema` of the
 * whole as a list. Before, which had neither, `schema` is that of a row.
 * @see https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types
 */
export function mediaSchema(document: ExpandedDocument, mediaType: string, media: Node, at: string): MediaSchema {
  const whole = { schema: (media.schema ?? media.itemSchema ?? true) as JsonSchema, pointer: join(at, 'schema') };
  if (!JSON_LINES.test(mediaType)) return whole;
  if (media.itemSchema !== undefined)
    return { schema: media.itemSchema as JsonSchema, pointer: join(at, 'itemSchema') };
  if (!document.openapi.startsWith('3.2')) return whole;
  const { node, pointer } = follow(document, media.schema, whole.pointer);
  const isList = node.type === 'array' || asList(node.type).includes('array');
  if (!isList || node.prefixItems !== undefined || !isSchema(node.items)) return whole;
  return { schema: node.items, pointer: join(pointer, 'items') };
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'boolean' || isNode(value);
