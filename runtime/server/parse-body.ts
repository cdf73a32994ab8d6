import { decodeText, MalformedMultipart } from '../bodies/index.ts';
import { type FieldEncodings, kindOf, type ParameterShape, type PartsDescriptor } from '../contract/index.ts';
import { coerce } from '../validators/index.ts';
import { BadInputError } from './bad-input.ts';
import { isSuspect } from './exact-json.ts';
import { parseQuery } from './query.ts';
import { type Field, readForm } from './read-form.ts';
import { readPartList, readParts } from './read-parts.ts';
import type { Spool } from './spool.ts';
import type { XmlCodec } from './types.ts';

/** The result for bytes that do not match their media type. */
export class MalformedBody {
  readonly message: string;
  /** The location in the body: names and positions of parts. */
  readonly at: readonly (string | number)[];
  constructor(message: string, at: readonly (string | number)[] = []) {
    this.message = message;
    this.at = at;
  }
}

/** The contract of a form. Properties without a shape are strings. */
export type Described = {
  readonly shape?: ParameterShape | undefined;
  readonly encodings?: FieldEncodings | undefined;
  readonly parts?: PartsDescriptor | undefined;
  /** The text is JSON. */
  readonly isJson?: boolean | undefined;
};

const strictText = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses bytes into the value that a handler gets: JSON as data, forms as objects, text as a string. Multipart data and
 * other binary data are streams, which this function does not parse.
 *
 * @param onSuspect receives JSON whose parsed value may differ from what was sent
 * @param known the bytes as text in UTF-8, if they were decoded before
 */
export function parseBody(
  bytes: Uint8Array,
  contentType: string,
  described: Described = {},
  onSuspect?: (text: string) => void,
  known?: string,
): unknown | Promise<unknown> {
  switch (kindOf(contentType)) {
    case 'json':
      return parseJson(bytes, contentType, onSuspect, known);
    case 'form':
      return parseForm(bytes, contentType, described);
    case 'text':
      return described.isJson ? parseJson(bytes, contentType, onSuspect) : parseTyped(bytes, contentType, described);
    case 'markup':
    case 'events':
    case 'lines':
      return parseText(bytes, contentType);
    case 'multipart':
    case 'binary':
      return bytes;
  }
}

/** The JSON value of a body, in UTF-8 unless its media type states another charset, or a `MalformedBody`. */
function parseJson(
  bytes: Uint8Array,
  contentType: string,
  onSuspect?: (text: string) => void,
  known?: string,
): unknown {
  try {
    const text = /charset/i.test(contentType)
      ? decodeText(bytes, contentType, true)
      : (known?.replace(/^\uFEFF/, '') ?? strictText.decode(bytes));
    const value: unknown = JSON.parse(text);
    if (onSuspect && isSuspect(text)) onSuspect(text);
    return value;
  } catch {
    // The engine's message may quote the body.
    return new MalformedBody('must be valid JSON');
  }
}

function parseText(bytes: Uint8Array, contentType: string): unknown {
  try {
    return decodeText(bytes, contentType, true);
  } catch {
    return new MalformedBody('must be text in the charset of Content-Type');
  }
}

/** The value that a text represents, if its schema is not a string. */
function parseTyped(bytes: Uint8Array, contentType: string, { shape }: Described): unknown {
  const text = parseText(bytes, contentType);
  return typeof text === 'string' && shape?.kind === 'primitive' ? coerce(text.trim(), shape) : text;
}

/** The source of a multipart body, and the limit of its size in memory. */
export type PartsSource = {
  chunks(): AsyncIterable<Uint8Array>;
  readonly bodyLimit: number;
  readonly tooLarge: () => Error;
  readonly spools: Spool[];
  readonly xml?: XmlCodec | undefined;
};

/**
 * Parses parts as a stream. Large files are stored on disk, if the platform has a disk.
 * @throws {Error} `tooLarge`, if text and files exceed `bodyLimit` in memory
 */
export async function parseMultipart(source: PartsSource, contentType: string, described: Described): Promise<unknown> {
  try {
    const budget = { memory: source.bodyLimit, spools: source.spools, tooLarge: source.tooLarge };
    const context = { budget, xml: source.xml };
    return await (described.parts
      ? readPartList(source.chunks(), contentType, described.parts, context)
      : readParts(source.chunks(), contentType, described, context));
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    return new MalformedBody('must be valid multipart data', error instanceof MalformedMultipart ? error.at : []);
  }
}

function parseForm(bytes: Uint8Array, contentType: string, { shape, encodings }: Described): unknown {
  const text = parseText(bytes, contentType);
  if (typeof text !== 'string') return text;
  const { pairs, raw } = parseQuery(text);
  const fields = pairs.map(([name, value], i): Field => ({ name, value, contentType: '', raw: raw[i] ?? '' }));
  return readForm(fields, shape, encodings);
}
