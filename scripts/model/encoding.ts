import type { FieldEncoding, ParameterStyle } from '@countersign/runtime/contract';
import { asList, asNode, asText, follow, join, type Node } from './reader.ts';
import type { ExpandedDocument } from './types.ts';

/** Bodies with named fields. */
export const FORMS = /^(application\/x-www-form-urlencoded|multipart\/)/i;

/** The `encoding` beside a content's schema. */
export const encodingPointer = (schemaPointer: string): string =>
  join(schemaPointer.slice(0, schemaPointer.lastIndexOf('/')), 'encoding');

/** Styles that a field of a form can have: those of query parameters. */
const STYLES: readonly string[] = ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'];

/** A list of media types, or a range, leaves the choice to the caller's file. */
const ONE_TYPE = /^[^\s,*;/]+\/[^,*]+$/;

/**
 * The serialization that one Encoding Object declares for a field of a form, a part of `multipart/form-data` or another
 * part.
 */
export function encodingOf(
  document: ExpandedDocument,
  kind: 'field' | 'named' | 'part' | 'placed',
  value: unknown,
  at: string,
): FieldEncoding {
  const { node, pointer } = follow(document, value, at);
  const contentType = asText(node.contentType).trim();
  const headers = kind === 'field' ? {} : headersOf(document, node, pointer, kind === 'placed');
  return {
    ...(ONE_TYPE.test(contentType) && { contentType }),
    ...((kind === 'field' || kind === 'named') && styleOf(node, document.openapi.startsWith('3.2'))),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/**
 * `contentType` applies unless `style`, `explode` or `allowReserved` is present.
 * @see https://spec.openapis.org/oas/v3.1.1.html#common-fixed-fields-0
 */
function styleOf(
  { style, explode, allowReserved }: Node,
  is32: boolean,
): Pick<FieldEncoding, 'style' | 'explode' | 'allowReserved' | 'keepsEscapes'> {
  if (style === undefined && explode === undefined && allowReserved === undefined) return {};
  const known = (STYLES.includes(asText(style)) ? style : 'form') as ParameterStyle;
  return {
    style: known,
    explode: typeof explode === 'boolean' ? explode : known === 'form',
    ...(allowReserved === true && { allowReserved, ...(is32 && { keepsEscapes: true }) }),
  };
}

/**
 * The fixed values of a part's headers; null for a header without one. `Content-Type` is omitted, because `contentType`
 * sets it, and so is `Content-Disposition` of a part with a name.
 */
function headersOf(
  document: ExpandedDocument,
  node: Node,
  at: string,
  isPlaced: boolean,
): { readonly [name: string]: string | null } {
  const found = Object.entries(asNode(node.headers)).map(([name, value]): [string, string | null] => {
    const { node: header, pointer } = follow(document, value, join(at, 'headers', name));
    const [mediaType = ''] = Object.keys(asNode(header.content));
    const written = header.schema ?? asNode(asNode(header.content)[mediaType]).schema;
    const schema = follow(document, written, join(pointer, 'schema')).node;
    const choices = asList(schema.enum);
    const fixed = schema.const ?? (choices.length === 1 ? choices[0] : undefined) ?? schema.default;
    return [name, fixed === undefined || typeof fixed === 'object' ? null : String(fixed)];
  });
  const made = isPlaced ? /^content-type$/i : /^content-(type|disposition)$/i;
  return Object.fromEntries(found.filter(([name]) => !made.test(name)));
}
