import { essence, type FieldEncoding, type FieldEncodings, kindOf, own } from '../contract/index.ts';
import { type Bytes, isBytes } from './bytes.ts';
import { jsonText } from './json-text.ts';
import { Part } from './part.ts';
import { boundaryOf } from './read-multipart.ts';
import { styledPairs } from './styles.ts';
import { isPresent, textOf } from './text-of.ts';

/** The pieces of a multipart body, in order. */
export type Chunk = string | Bytes;

/** A part as it is written. */
type Written = {
  readonly name: string | undefined;
  readonly value: unknown;
  readonly encoding: FieldEncoding;
  /** The position identifies the part: a file without a name gets none. */
  readonly isPlaced?: boolean;
};

const PLAIN = { encode: (text: string) => text, space: ' ', pipe: '|', comma: ',' };

/** Browsers escape only these characters in names of fields and files. */
const quoted = (text: string): string => `"${text.replace(/["\r\n]/g, (character) => encodeURIComponent(character))}"`;

const isJson = (type: string | undefined): boolean => type !== undefined && kindOf(type) === 'json';

/** A list becomes one part for each item, unless the contract declares it as one JSON value. */
function partsOf(name: string, value: unknown, encoding: FieldEncoding, isForm: boolean): readonly Written[] {
  const holdsPart = value instanceof Part || [value].flat().some((item) => item instanceof Part || isBytes(item));
  if (encoding.style && isForm && !holdsPart)
    return styledPairs(name, value, encoding, PLAIN).map(([key, text]) => ({
      name: key,
      value: text,
      encoding: encoding.headers ? { headers: encoding.headers } : {},
    }));
  const items = Array.isArray(value) && (holdsPart || !isJson(encoding.contentType)) ? value : [value];
  return items.filter(isPresent).map((item) => ({ name, value: item, encoding }));
}

function listParts(value: unknown, encodings: FieldEncodings | undefined, isForm: boolean): readonly Written[] {
  // Parts without names, as in `multipart/mixed`.
  if (Array.isArray(value)) return value.map((item) => ({ name: undefined, value: item, encoding: {} }));
  const entries = value instanceof FormData ? [...value] : Object.entries(value as object);
  return entries.flatMap(([name, member]) => partsOf(name, member, own(encodings, name) ?? {}, isForm));
}

function contentOf(value: unknown, stated: string | undefined): { readonly chunk: Chunk; readonly type: string } {
  if (isBytes(value)) {
    const own = value instanceof Blob ? value.type : '';
    return { chunk: value, type: own || stated || 'application/octet-stream' };
  }
  if (isJson(stated)) return { chunk: jsonText(value), type: stated as string };
  if (typeof value === 'object' && !(value instanceof Date))
    return { chunk: jsonText(value), type: 'application/json' };
  return { chunk: textOf(value), type: stated ?? '' };
}

/** The head of a part, and its content. @throws {TypeError} where a header cannot be written */
export function writePart(
  { name, value: given, encoding, isPlaced = false }: Written,
  isForm: boolean,
): readonly [string, Chunk] {
  const { value, options } = given instanceof Part ? given : { value: given, options: {} };
  const { chunk, type } = contentOf(value, options.contentType ?? encoding.contentType);
  // Only files get a file name (RFC 7578, section 4.2): servers recognise files by it.
  const filename =
    options.filename ?? (value instanceof File ? value.name : isBytes(value) && !isPlaced ? 'blob' : undefined);
  const lines: string[] = [];
  const parameters = [
    ...(name === undefined ? [] : [`name=${quoted(name)}`]),
    ...(filename === undefined ? [] : [`filename=${quoted(filename)}`]),
  ];
  const disposition = isForm ? 'form-data' : 'attachment';
  const headers = { ...fixedHeaders(encoding), ...options.headers };
  const isStated = Object.keys(headers).some((header) => /^content-disposition$/i.test(header));
  if (parameters.length > 0 && !isStated) lines.push(`Content-Disposition: ${[disposition, ...parameters].join('; ')}`);
  const shown = options.contentType ?? type;
  if (shown) lines.push(`Content-Type: ${shown}`);
  if (!isForm && name !== undefined) lines.push(`Content-ID: <${encodeURIComponent(name)}>`);
  for (const [header, text] of Object.entries(headers)) lines.push(`${header}: ${headerText(header, text)}`);
  return [`${lines.map((line) => `${line}\r\n`).join('')}\r\n`, chunk];
}

const fixedHeaders = ({ headers = {} }: FieldEncoding): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null));

function headerText(name: string, text: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\u{10ffff}]/u.test(text)) return text;
  throw new TypeError(`${name} is not a valid header name for a part`);
}

/** Random, so that no content contains it. */
export const makeBoundary = (): string => `countersign-${crypto.randomUUID()}`;

/** A multipart body, and its media type with the boundary. */
export type Multipart = { readonly chunks: readonly Chunk[]; readonly mediaType: string };

/**
 * Writes a multipart body part by part: text, and the files between.
 * @param value an object of properties, a FormData, or a list of parts without names
 */
export function writeMultipart(value: unknown, mediaType: string, encodings: FieldEncodings | undefined): Multipart {
  const type = essence(mediaType);
  const isForm = type === 'multipart/form-data';
  const boundary = boundaryOf(mediaType) ?? makeBoundary();
  const chunks: Chunk[] = [];
  let first = '';
  for (const written of listParts(value, encodings, isForm)) {
    const [head, chunk] = writePart(written, isForm);
    first ||= /^Content-Type: (.*)$/m.exec(head)?.[1]?.trim() ?? 'text/plain';
    chunks.push(`--${boundary}\r\n${head}`, chunk, '\r\n');
  }
  chunks.push(`--${boundary}--\r\n`);
  // The first part of a `multipart/related` body is its root (RFC 2387).
  const root = type === 'multipart/related' && !/;\s*type=/i.test(mediaType) ? `; type=${quoted(first)}` : '';
  return { chunks, mediaType: `${mediaType}${root}${boundaryOf(mediaType) ? '' : `; boundary=${boundary}`}` };
}
