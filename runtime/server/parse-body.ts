import { decodeText } from '../bodies/index.ts';
import { type FieldEncodings, kindOf, type ParameterShape } from '../contract/index.ts';
import { BadInputError } from './bad-input.ts';
import { isSuspect } from './exact-json.ts';
import { parseQuery } from './query.ts';
import { type Field, readForm } from './read-form.ts';
import { readParts } from './read-parts.ts';
import type { Spool } from './spool.ts';

/** The bytes are not what their media type says. */
export class MalformedBody {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** What the contract says of a form. Without a shape its properties are strings. */
export type Described = {
  readonly shape?: ParameterShape | undefined;
  readonly encodings?: FieldEncodings | undefined;
};

const strictText = new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes as the value that a handler gets: JSON as data, forms as objects, text as a string. Multipart
 * data and other bytes are read as they come, and not here.
 *
 * @param onSuspect is given JSON whose value may be another one than was sent
 */
export function parseBody(
  bytes: Uint8Array,
  contentType: string,
  described: Described = {},
  onSuspect?: (text: string) => void,
): unknown | Promise<unknown> {
  switch (kindOf(contentType)) {
    case 'json':
      return parseJson(bytes, contentType, onSuspect);
    case 'form':
      return parseForm(bytes, contentType, described);
    case 'text':
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
function parseJson(bytes: Uint8Array, contentType: string, onSuspect?: (text: string) => void): unknown {
  try {
    const text = /charset/i.test(contentType) ? decodeText(bytes, contentType, true) : strictText.decode(bytes);
    const value: unknown = JSON.parse(text);
    if (onSuspect && isSuspect(text)) onSuspect(text);
    return value;
  } catch {
    // What the engine says may quote the body.
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

/** Where the bytes of a multipart body come from, and what they may hold in memory. */
export type PartsSource = {
  chunks(): AsyncIterable<Uint8Array>;
  readonly bodyLimit: number;
  readonly tooLarge: () => Error;
  readonly spools: Spool[];
};

/**
 * Reads parts as they come: large files go to disk, where there is one.
 * @throws {Error} `tooLarge`, where text and files hold more memory than `bodyLimit`
 */
export async function parseMultipart(source: PartsSource, contentType: string, described: Described): Promise<unknown> {
  try {
    return await readParts(source.chunks(), contentType, described, {
      memory: source.bodyLimit,
      spools: source.spools,
      tooLarge: source.tooLarge,
    });
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    return new MalformedBody('must be valid multipart data');
  }
}

function parseForm(bytes: Uint8Array, contentType: string, { shape, encodings }: Described): unknown {
  const text = parseText(bytes, contentType);
  if (typeof text !== 'string') return text;
  const { pairs, raw } = parseQuery(text);
  const fields = pairs.map(([name, value], i): Field => ({ name, value, contentType: '', raw: raw[i] ?? '' }));
  return readForm(fields, shape, encodings);
}
