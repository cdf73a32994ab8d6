import { decodeText } from '../bodies/index.ts';
import { type FieldEncodings, kindOf, type ParameterShape } from '../contract/index.ts';
import { parseQuery } from './query.ts';
import { type Field, readForm } from './read-form.ts';
import { readParts } from './read-parts.ts';

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
 * Bytes as the value that a handler gets: JSON as data, forms as objects (files as `File`), text as a string, all else as
 * a `Blob`.
 */
export function parseBody(
  bytes: Uint8Array,
  contentType: string,
  described: Described = {},
): unknown | Promise<unknown> {
  switch (kindOf(contentType)) {
    case 'json':
      return parseJson(bytes);
    case 'form':
      return parseForm(bytes, contentType, described);
    case 'multipart':
      return parseMultipart(bytes, contentType, described);
    case 'text':
    case 'markup':
    case 'events':
    case 'lines':
      return parseText(bytes, contentType);
    case 'binary':
      return new Blob([new Uint8Array(bytes)], { type: contentType });
  }
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strictText.decode(bytes));
  } catch {
    // What the engine says may quote the body.
    return new MalformedBody('must be valid JSON');
  }
}

function parseText(bytes: Uint8Array, contentType: string): unknown {
  try {
    return decodeText(bytes, contentType, true);
  } catch {
    return new MalformedBody('must be text in the encoding that Content-Type says');
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function parseMultipart(bytes: Uint8Array, contentType: string, described: Described): Promise<unknown> {
  try {
    return await readParts(once(bytes), contentType, described.shape, described.encodings);
  } catch {
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
