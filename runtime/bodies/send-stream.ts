import { reclaiming } from './reclaim.ts';
import type { Chunk } from './write-part.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Prevents that `fetch` in Node keeps a sent body in memory. Node tees a request body for redirects, which the client
 * never follows, and the second branch keeps everything that was sent. A stream that returns itself as its branch
 * avoids this.
 */
function once(stream: ReadableStream<Bytes>): ReadableStream<Bytes> {
  return Object.assign(stream, { tee: () => [new ReadableStream(), stream] });
}

/** A file that `fetch` can send more than once. Its length is known, and it is not copied into memory. */
function replayable(file: Blob): Blob {
  const copy = file.slice(0, file.size, file.type);
  const open = copy.stream.bind(copy);
  return Object.assign(copy, { stream: () => once(reclaiming(open())) });
}

/** Yields the bytes of chunks in order. Each chunk is read only when its turn comes. */
export async function* joinChunks(chunks: Iterable<Chunk> | AsyncIterable<Chunk>): AsyncGenerator<Bytes> {
  for await (const chunk of chunks) {
    const source = chunk instanceof ReadableStream ? chunk : new Blob([chunk as BlobPart]).stream();
    const reader = (source as ReadableStream<Bytes>).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        yield value;
      }
    } finally {
      await reader.cancel();
    }
  }
}

/** Creates a stream of the bytes that a generator yields. Each value is pulled only when the reader needs it. */
export function toByteStream(chunks: AsyncGenerator<Bytes>): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

const isOnce = (chunks: readonly Chunk[]): boolean => chunks.some((chunk) => chunk instanceof ReadableStream);

/** The bytes of chunks as the body of a response. It is a stream if one of the chunks is a stream. */
export const joinedBody = (chunks: readonly Chunk[]): Blob | ReadableStream<Bytes> =>
  isOnce(chunks) ? toByteStream(joinChunks(chunks)) : new Blob(chunks as BlobPart[]);

/**
 * Combines chunks to a body for `fetch` that is read only while it is sent: a Blob, which can be sent again, or a
 * stream, which cannot. Blobs among the chunks stay in memory or on disk.
 */
export function toSendable(chunks: readonly Chunk[]): Blob | ReadableStream<Bytes> {
  return isOnce(chunks) ? once(toByteStream(joinChunks(chunks))) : replayable(new Blob(chunks as BlobPart[]));
}
