import { type FieldEncoding, kindOf, type XmlNode } from '../contract/index.ts';
import { type Bytes, isBytes } from './bytes.ts';
import { jsonText } from './json-text.ts';
import { Part } from './part.ts';
import { textOf } from './text-of.ts';

/** The pieces of a multipart body, in order. */
export type Chunk = string | Bytes;

/** A multipart body, and its media type with the boundary. */
export type Multipart = { readonly chunks: readonly Chunk[]; readonly mediaType: string };

/** The functions that write the content of parts that only some contracts have. */
export type PartTools = {
  /** Writes a part that is multipart itself. Undefined if the value is neither a list nor an object of fields. */
  readonly nested?: (
    value: unknown,
    encoding: FieldEncoding,
    boundary: string,
    tools: PartTools,
  ) => Multipart | undefined;
  /** Writes a part that is XML. */
  readonly xml?: (value: unknown, node: XmlNode) => string;
};

/** A part as it is written. */
export type WrittenPart = {
  readonly name: string | undefined;
  readonly value: unknown;
  readonly encoding: FieldEncoding;
  /** Whether the position identifies the part. A file without a name then gets none. */
  readonly isPlaced?: boolean;
};

/** The body that a part belongs to. */
type Around = { readonly isForm: boolean; readonly boundary: string; readonly tools: PartTools };

type Content = { readonly chunks: readonly Chunk[]; readonly type: string };

/** Browsers escape only these characters in names of fields and files. */
export const quoted = (text: string): string =>
  `"${text.replace(/["\r\n]/g, (character) => encodeURIComponent(character))}"`;

/** Whether the contract declares a part as JSON. */
export const isJson = (type: string | undefined): boolean => type !== undefined && kindOf(type) === 'json';

function describedContent(
  value: unknown,
  stated: string,
  encoding: FieldEncoding,
  { boundary, tools }: Around,
): Content | undefined {
  if (kindOf(stated) === 'multipart') {
    const inner = tools.nested?.(value, { ...encoding, contentType: stated }, boundary, tools);
    return inner && { chunks: inner.chunks, type: inner.mediaType };
  }
  if (kindOf(stated) !== 'markup' || !encoding.xml || !tools.xml) return undefined;
  return { chunks: [tools.xml(value, encoding.xml)], type: stated };
}

function contentOf(value: unknown, stated: string | undefined, encoding: FieldEncoding, around: Around): Content {
  if (isBytes(value)) {
    const own = value instanceof Blob ? value.type : '';
    return { chunks: [value], type: own || stated || 'application/octet-stream' };
  }
  if (isJson(stated)) return { chunks: [jsonText(value)], type: stated as string };
  if (typeof value === 'object' && !(value instanceof Date)) {
    const described = stated === undefined ? undefined : describedContent(value, stated, encoding, around);
    return described ?? { chunks: [jsonText(value)], type: 'application/json' };
  }
  return { chunks: [textOf(value)], type: stated ?? '' };
}

/** Writes the head and the content of a part. @throws {TypeError} if a header cannot be written */
export function writePart(
  { name, value: given, encoding, isPlaced = false }: WrittenPart,
  around: Around,
): readonly [head: string, ...content: Chunk[]] {
  const { value, options } = given instanceof Part ? given : { value: given, options: {} };
  const { chunks, type } = contentOf(value, options.contentType ?? encoding.contentType, encoding, around);
  // Only files get a file name (RFC 7578, section 4.2), because servers recognise files by it.
  const filename =
    options.filename ?? (value instanceof File ? value.name : isBytes(value) && !isPlaced ? 'blob' : undefined);
  const lines: string[] = [];
  const parameters = [
    ...(name === undefined ? [] : [`name=${quoted(name)}`]),
    ...(filename === undefined ? [] : [`filename=${quoted(filename)}`]),
  ];
  const disposition = around.isForm ? 'form-data' : 'attachment';
  const headers = { ...fixedHeaders(encoding), ...options.headers };
  const isStated = Object.keys(headers).some((header) => /^content-disposition$/i.test(header));
  if (parameters.length > 0 && !isStated) lines.push(`Content-Disposition: ${[disposition, ...parameters].join('; ')}`);
  // The media type of a part that is multipart itself contains its boundary.
  const shown = kindOf(type) === 'multipart' ? type : (options.contentType ?? type);
  if (shown) lines.push(`Content-Type: ${shown}`);
  if (!around.isForm && name !== undefined) lines.push(`Content-ID: <${encodeURIComponent(name)}>`);
  for (const [header, text] of Object.entries(headers)) lines.push(`${header}: ${headerText(header, text)}`);
  return [`${lines.map((line) => `${line}\r\n`).join('')}\r\n`, ...chunks];
}

const fixedHeaders = ({ headers = {} }: FieldEncoding): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null));

function headerText(name: string, text: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\u{10ffff}]/u.test(text)) return text;
  throw new TypeError(`${name} is not a valid header name for a part`);
}
