import { kindOf, type PartDescriptor } from '../contract/index.ts';
import { decodeText } from './charset.ts';
import { type PartHead, readPartHead } from './part-head.ts';
import { boundaryOf, MalformedMultipart, readMultipart } from './read-multipart.ts';

/** Receives the bytes of one part, and returns its content after the last one. */
export type PartReader<T> = {
  readonly write: (chunk: Uint8Array) => void | Promise<void>;
  readonly end: () => T | Promise<T>;
};

/**
 * Yields the parts of a multipart body, each as soon as its boundary arrives. Only one part is in memory.
 * @throws {MalformedMultipart}
 */
export async function* readEachPart<T>(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  open: (head: PartHead, place: number) => PartReader<T>,
): AsyncGenerator<T> {
  const boundary = boundaryOf(contentType);
  if (!boundary) throw new MalformedMultipart('its Content-Type has no boundary');
  // A part is passed on only when the caller reads it.
  const { readable, writable } = new TransformStream<T, T>(undefined, { highWaterMark: 1 }, { highWaterMark: 0 });
  const writer = writable.getWriter();
  let place = 0;
  const reading = readMultipart(chunks, boundary, (headers) => {
    const part = open(readPartHead(headers), place);
    place += 1;
    return { write: part.write, end: async () => writer.write(await part.end()) };
  }).then(
    () => writer.close(),
    (error) => writer.abort(error),
  );
  // The next read throws the error of this one.
  reading.catch(() => {});
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Whether a part is a file, by the contract or by the part's own headers. */
export function isFilePart(
  { filename, contentType }: PartHead,
  { shape, contentType: stated }: PartDescriptor,
): boolean {
  if (shape.kind === 'file') return true;
  if (shape.kind !== 'any') return false;
  const type = contentType || stated || '';
  return filename !== undefined || (type !== '' && kindOf(type) === 'binary');
}

/** The functions that convert text to values. The rest of a package uses the same functions. */
export type TextReader = {
  readonly parse: (text: string) => unknown;
  readonly coerce: (text: string, shape: PartDescriptor['shape']) => unknown;
};

/**
 * The value of a part that is not a file: JSON according to its media type, or text in the type that the contract
 * declares.
 */
export function partValue(
  bytes: Uint8Array<ArrayBuffer>,
  { contentType }: PartHead,
  { contentType: stated = '', shape }: PartDescriptor,
  { parse, coerce }: TextReader,
): unknown {
  const type = contentType || stated;
  const text = decodeText(bytes, type || 'text/plain', true);
  if (kindOf(type || 'text/plain') !== 'json') return coerce(text, shape);
  try {
    return parse(text);
  } catch {
    // The validator then reports the value.
    return text;
  }
}
