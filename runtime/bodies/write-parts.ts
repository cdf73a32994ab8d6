import type { FieldEncoding, PartDescriptor, PartsDescriptor } from '../contract/index.ts';
import { isBytes } from './bytes.ts';
import { isAsyncIterable } from './json-lines.ts';
import { boundaryOf } from './read-multipart.ts';
import { joinChunks, toByteStream } from './send-stream.ts';
import { isFields } from './text-of.ts';
import { makeBoundary, writeMultipart } from './write-multipart.ts';
import { type Chunk, type Multipart, type PartTools, writePart } from './write-part.ts';

/** The encoding of the part at a position. */
export const partAt = ({ prefix, item }: PartsDescriptor, place: number): PartDescriptor => prefix?.[place] ?? item;

/** Maximum length of a boundary (RFC 2046, section 5.1.1). */
const LONGEST_BOUNDARY = 70;

/**
 * Creates the boundary of a nested body from the outer boundary, so that the same value gives the same bytes. No
 * boundary line of one body begins with that of the other.
 */
function boundaryWithin(outer: string): string {
  const inner = `i${outer}`;
  return /^[\w.-]+$/.test(inner) && inner.length <= LONGEST_BOUNDARY ? inner : makeBoundary();
}

/** Writes the content of a part that is multipart itself: a list of parts by position, or an object of named parts. */
export function writeNested(
  value: unknown,
  { contentType = 'multipart/mixed', parts, fields }: FieldEncoding,
  outer: string,
  tools: PartTools,
): Multipart | undefined {
  const mediaType = boundaryOf(contentType) ? contentType : `${contentType}; boundary=${boundaryWithin(outer)}`;
  if (parts && !isBytes(value) && (Array.isArray(value) || isAsyncIterable(value)))
    return writeParts(value, mediaType, parts, tools);
  if (fields && (isFields(value) || value instanceof FormData)) return writeMultipart(value, mediaType, fields, tools);
  return undefined;
}

/**
 * Writes a multipart body of parts without names, by position: a list as a whole, an iterable part by part. Each part
 * ends with the following boundary, so that a reader need not wait for the next part.
 */
export function writeParts(
  values: readonly unknown[] | AsyncIterable<unknown>,
  mediaType: string,
  parts: PartsDescriptor,
  tools: PartTools = {},
): Multipart {
  const stated = boundaryOf(mediaType);
  const boundary = stated ?? makeBoundary();
  const isForm = /^multipart\/form-data\b/i.test(mediaType);
  const around = { isForm, boundary, tools: { ...tools, nested: writeNested } };
  const write = (value: unknown, place: number): readonly Chunk[] => {
    const part = { name: undefined, value, encoding: partAt(parts, place), isPlaced: true };
    const [head, ...content] = writePart(part, around);
    return [`\r\n${head}`, ...content, `\r\n--${boundary}`];
  };
  const start = `--${boundary}`;
  const end = '--\r\n';
  return {
    chunks: isAsyncIterable(values)
      ? [toByteStream(joinChunks(eachOf(values, { write, start, end })))]
      : [start, ...values.flatMap(write), end],
    mediaType: stated === undefined ? `${mediaType}; boundary=${boundary}` : mediaType,
  };
}

type Layout = {
  readonly write: (value: unknown, place: number) => readonly Chunk[];
  readonly start: string;
  readonly end: string;
};

async function* eachOf(values: AsyncIterable<unknown>, { write, start, end }: Layout): AsyncGenerator<Chunk> {
  let place = 0;
  for await (const value of values) {
    const chunks = write(value, place);
    // The first boundary is sent with the first part, so that a failure before it does not send half of a body.
    yield* place === 0 ? [start, ...chunks] : chunks;
    place += 1;
  }
  yield place === 0 ? `${start}${end}` : end;
}
