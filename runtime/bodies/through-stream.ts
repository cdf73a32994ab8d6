import type { PartReader } from './read-parts.ts';
import { joinChunks } from './send-stream.ts';

/**
 * Reads the content of a part with a reader of streams while it arrives, so that memory never contains the whole part.
 */
export function throughStream<T>(read: (chunks: AsyncIterable<Uint8Array<ArrayBuffer>>) => Promise<T>): PartReader<T> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const reading = read(joinChunks([readable]));
  // If a reader fails, even before it reads anything, it ends a waiting `write`. The error is thrown by that `write` or
  // by `end`.
  const stop = () => writer.abort().catch(() => {});
  reading.then(stop, stop);
  return {
    // The chunk is copied, because the source reuses its memory.
    write: (chunk) => writer.write(new Uint8Array(chunk)).catch(() => reading.then(() => {})),
    end: async () => {
      writer.close().catch(() => {});
      return reading;
    },
  };
}
