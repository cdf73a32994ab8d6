import type { PartDescriptor, PartsDescriptor } from '../contract/index.ts';
import { isAsyncIterable } from './json-lines.ts';
import { Part } from './part.ts';
import { boundaryOf } from './read-multipart.ts';
import { joinChunks, toByteStream } from './send-stream.ts';
import { type Chunk, type Multipart, makeBoundary, writePart } from './write-multipart.ts';

/** The encoding of the part at a position. */
export const partAt = ({ prefix, item }: PartsDescriptor, place: number): PartDescriptor => prefix?.[place] ?? item;

/** A part that is multipart itself, as bytes with its boundary. */
function nested(given: unknown, { contentType = 'multipart/mixed', parts }: PartDescriptor): unknown {
  const { value, options } = given instanceof Part ? given : { value: given, options: {} };
  if (!parts || !Array.isArray(value)) return given;
  const { chunks, mediaType } = writeParts(value, options.contentType ?? contentType, parts);
  return new Part(new Blob(chunks as BlobPart[]), { ...options, contentType: mediaType });
}

/**
 * Writes a multipart body of parts without names, by position: a list as a whole, an iterable part by part. Each part
 * ends with the following boundary, so that a reader need not wait for the next part.
 */
export function writeParts(
  values: readonly unknown[] | AsyncIterable<unknown>,
  mediaType: string,
  parts: PartsDescriptor,
): Multipart {
  const stated = boundaryOf(mediaType);
  const boundary = stated ?? makeBoundary();
  const isForm = /^multipart\/form-data\b/i.test(mediaType);
  const write = (value: unknown, place: number): readonly Chunk[] => {
    const encoding = partAt(parts, place);
    const [head, content] = writePart(
      { name: undefined, value: nested(value, encoding), encoding, isPlaced: true },
      isForm,
    );
    return [`\r\n${head}`, content, `\r\n--${boundary}`];
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
    // The first boundary is sent with the first part: a failure before it does not send half of a body.
    yield* place === 0 ? [start, ...chunks] : chunks;
    place += 1;
  }
  yield place === 0 ? `${start}${end}` : end;
}
