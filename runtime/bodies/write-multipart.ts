import { essence, type FieldEncoding, type FieldEncodings, own } from '../contract/index.ts';
import { isBytes } from './bytes.ts';
import { Part } from './part.ts';
import { boundaryOf } from './read-multipart.ts';
import { styledPairs } from './styles.ts';
import { isPresent } from './text-of.ts';
import {
  type Chunk,
  isJson,
  type Multipart,
  type PartTools,
  quoted,
  type WrittenPart,
  writePart,
} from './write-part.ts';

const PLAIN = { encode: (text: string) => text, space: ' ', pipe: '|', comma: ',' };

/**
 * Writes a property as parts. A list becomes one part per item, unless the contract declares it as one part: JSON or
 * multipart.
 */
function partsOf(name: string, value: unknown, encoding: FieldEncoding, isForm: boolean): readonly WrittenPart[] {
  const holdsPart = value instanceof Part || [value].flat().some((item) => item instanceof Part || isBytes(item));
  if (encoding.style && isForm && !holdsPart)
    return styledPairs(name, value, encoding, PLAIN).map(([key, text]) => ({
      name: key,
      value: text,
      encoding: encoding.headers ? { headers: encoding.headers } : {},
    }));
  const isOne = encoding.whole || (!holdsPart && isJson(encoding.contentType));
  const items = Array.isArray(value) && !isOne ? value : [value];
  return items.filter(isPresent).map((item) => ({ name, value: item, encoding }));
}

function listParts(value: unknown, encodings: FieldEncodings | undefined, isForm: boolean): readonly WrittenPart[] {
  // Parts have no names in `multipart/mixed` and similar types.
  if (Array.isArray(value)) return value.map((item) => ({ name: undefined, value: item, encoding: {} }));
  const entries = value instanceof FormData ? [...value] : Object.entries(value as object);
  return entries.flatMap(([name, member]) => partsOf(name, member, own(encodings, name) ?? {}, isForm));
}

/** Creates a boundary. It is random, so that no content contains it. */
export const makeBoundary = (): string => `countersign-${crypto.randomUUID()}`;

/**
 * Writes a multipart body part by part: text, with the files between.
 * @param value an object of properties, a FormData, or a list of parts without names
 */
export function writeMultipart(
  value: unknown,
  mediaType: string,
  encodings: FieldEncodings | undefined,
  tools: PartTools = {},
): Multipart {
  const type = essence(mediaType);
  const isForm = type === 'multipart/form-data';
  const stated = boundaryOf(mediaType);
  const boundary = stated ?? makeBoundary();
  const chunks: Chunk[] = [];
  let first = '';
  for (const written of listParts(value, encodings, isForm)) {
    const [head, ...content] = writePart(written, { isForm, boundary, tools });
    first ||= /^Content-Type: (.*)$/m.exec(head)?.[1]?.trim() ?? 'text/plain';
    chunks.push(`--${boundary}\r\n${head}`, ...content, '\r\n');
  }
  chunks.push(`--${boundary}--\r\n`);
  // The first part of a `multipart/related` body is its root (RFC 2387).
  const root = type === 'multipart/related' && !/;\s*type=/i.test(mediaType) ? `; type=${quoted(first)}` : '';
  return { chunks, mediaType: `${mediaType}${root}${stated === undefined ? `; boundary=${boundary}` : ''}` };
}
