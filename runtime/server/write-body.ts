import { formatEvent, formatLine, joinedBody, jsonText, type PartTools, writeParts } from '../bodies/index.ts';
import { type BodyKind, type EventData, kindOf, type PartsDescriptor } from '../contract/index.ts';
import { UndeclaredResponseError } from './errors.ts';
import { reporting, type StreamContext, toStream } from './stream.ts';

/** A body as it is sent, and its media type. */
export type Written = { readonly body: BodyInit | null; readonly contentType: string | undefined };

/** The contract's description of a body. */
export type Described = {
  /** The encoding. Default: that of the media type. */
  readonly kind?: BodyKind | undefined;
  /** The format of the data of server-sent events. */
  readonly events?: EventData | undefined;
  /** The encodings of parts by position. */
  readonly parts?: PartsDescriptor | undefined;
  /** Writes parts that are XML. */
  readonly xml?: PartTools['xml'] | undefined;
};

/**
 * Serializes a value in its media type: JSON, text, bytes, or server-sent events, JSON lines and parts from an async
 * iterable. The head of a stream is sent before its items are available.
 */
export function writeBody(
  value: unknown,
  contentType: string,
  context: StreamContext,
  { kind = kindOf(contentType), events, parts, xml }: Described = {},
): Written {
  if (parts && kind === 'multipart' && (Array.isArray(value) || isAsyncIterable(value)) && !isStream(value))
    return writeMultipart(value, contentType, parts, context, xml);
  const body = toBody(value, kind, contentType, context, events);
  // The content type of a form has a boundary, which only the platform knows.
  return { body, contentType: body instanceof FormData ? undefined : withCharset(contentType) };
}

function toBody(
  value: unknown,
  kind: BodyKind,
  contentType: string,
  context: StreamContext,
  events: EventData | undefined,
): BodyInit | null {
  if (kind === 'json' && Object.getPrototypeOf(value ?? '') === Object.prototype) return toJson(value);
  if (value instanceof ReadableStream || value instanceof Blob) return value;
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return value as BodyInit;
  switch (kind) {
    case 'json':
      return toJson(value);
    case 'events':
      if (isAsyncIterable(value)) return toStream(value, (event) => formatEvent(event, events), context);
      if (Array.isArray(value)) return value.map((event) => formatEvent(event, events)).join('');
      break;
    case 'lines':
      if (isAsyncIterable(value)) return toStream(value, formatLine(contentType), context);
      if (Array.isArray(value)) return value.map(formatLine(contentType)).join('');
      break;
    case 'form':
      if (isRecord(value)) return new URLSearchParams(toPairs(value)).toString();
      break;
    case 'multipart':
      if (value instanceof FormData) return value;
      break;
    case 'text':
      if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
      if (value === null) return 'null';
      break;
    case 'binary':
      // An example of a nullable file in a JSON type may be null.
      if (value === null && kindOf(contentType) === 'json') return 'null';
      break;
    case 'markup':
      break;
  }
  if (typeof value === 'string') return value;
  // A stream of Node, such as that of a file.
  if (isAsyncIterable(value)) return toStream(value, toChunk, context);
  throw new UndeclaredResponseError(`the body cannot be written as ${contentType}`);
}

function toChunk(chunk: unknown): string | Uint8Array {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return chunk;
  throw new TypeError('a chunk of a streamed body must be bytes or text');
}

const isStream = (value: unknown): boolean => value instanceof ReadableStream;

function writeMultipart(
  values: readonly unknown[] | AsyncIterable<unknown>,
  contentType: string,
  parts: PartsDescriptor,
  { logger }: StreamContext,
  xml: PartTools['xml'],
): Written {
  const { chunks, mediaType } = writeParts(values, contentType, parts, { ...(xml && { xml }) });
  const body = joinedBody(chunks);
  return { body: body instanceof ReadableStream ? reporting(body, logger) : body, contentType: mediaType };
}

/** @throws {UndeclaredResponseError} if JSON cannot represent the value */
export function toJson(value: unknown): string {
  const text: string | undefined = jsonText(value);
  if (text === undefined) throw new UndeclaredResponseError('the body is not a JSON value');
  return text;
}

/** The media type as it is sent: text has its encoding. */
export function withCharset(contentType: string): string {
  const isText = contentType.startsWith('text/') && !contentType.includes('charset');
  return isText ? `${contentType}; charset=utf-8` : contentType;
}

function toPairs(value: Record<string, unknown>): [string, string][] {
  return Object.entries(value).flatMap(([name, member]) =>
    (Array.isArray(member) ? member : [member]).map((item): [string, string] => [
      name,
      typeof item === 'object' ? jsonText(item) : String(item),
    ]),
  );
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return isRecord(value) && typeof value[Symbol.asyncIterator as never] === 'function';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
