import { essence } from '../contract/index.ts';
import { jsonText } from './json-text.ts';
import { toByteStream } from './send-stream.ts';

/** Whether a value can be read with `for await`. */
export const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Returns the function that writes one value as a line. In RFC 7464, each text follows a record separator. */
export function formatLine(mediaType: string): (item: unknown) => string {
  const start = essence(mediaType).endsWith('json-seq') ? '\x1e' : '';
  return (item) => `${start}${jsonText(item)}\n`;
}

/** Writes values as lines or events: at once if they are available, otherwise as they arrive. */
export function toItems(
  values: readonly unknown[] | AsyncIterable<unknown>,
  format: (item: unknown) => string,
): string | ReadableStream<Uint8Array<ArrayBuffer>> {
  if (!isAsyncIterable(values)) return values.map((value) => format(value)).join('');
  const encoder = new TextEncoder();
  return toByteStream(
    (async function* () {
      for await (const value of values) yield encoder.encode(format(value));
    })(),
  );
}

/**
 * Yields the texts between line ends or record separators of a stream of bytes. Blank texts are omitted, except in
 * events, where they end an event.
 * @param limit maximum number of characters of one line; for a longer line, `tooLong` is thrown
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  mediaType: string,
  limit: number,
  tooLong: () => Error,
): AsyncGenerator<string> {
  const isEvents = essence(mediaType) === 'text/event-stream';
  const end = essence(mediaType).endsWith('json-seq') ? '\x1e' : /\r\n|\n|\r/;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of chunks) {
    // Only new text is searched, because a long line arrives in many chunks.
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split(end);
    const lines = [rest + first, ...others];
    rest = lines.pop() ?? '';
    if (rest.length > limit || lines.some((line) => line.length > limit)) throw tooLong();
    for (const line of lines) if (isEvents || line.trim() !== '') yield line;
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield rest;
}
