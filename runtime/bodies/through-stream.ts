import type { PartReader } from './read-parts.ts';
import { joinChunks } from './send-stream.ts';

/** Reads the content of a part with a reader of streams, while it arrives, so that it is not held as a whole. */
export function throughStream<T>(read: (chunks: AsyncIterable<Uint8Array<ArrayBuffer>>) => Promise<T>): PartReader<T> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const reading = read(joinChunks([readable]));
  // A reader that fails, even before it reads anything, ends a waiting `write`. That or `end` throws its error.
  const stop = () => writer.abort().catch(() => {});
  reading.then(stop, stop);
  return {
    // A copy: the source uses its memory again.
    write: (chunk) => writer.write(new Uint8Array(chunk)).catch(() => reading.then(() => {})),
    end: async () => {
      writer.close().catch(() => {});
      return reading;
    },
  };
}
