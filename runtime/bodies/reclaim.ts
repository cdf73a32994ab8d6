type Bytes = Uint8Array<ArrayBuffer>;

/** Number of streamed bytes after which their buffers are collected. */
const INTERVAL = 2_097_152;

/** Number of entries of an array of 4 MiB, which is larger than a page of the young generation. */
const ENTRIES = 524_288;

/**
 * Counts streamed bytes and makes the engine free the buffers of earlier chunks. V8 does not count these buffers when
 * it decides on a collection of the young generation, so up to 100 MiB of them accumulate. It does count a large array
 * that becomes unreachable at once. Arrays of this size are in a separate space, so the young generation does not grow.
 * Chunks that the caller keeps stay valid.
 */
export function createReclaimer(): (bytes: number) => void {
  let left = INTERVAL;
  return (bytes) => {
    left -= bytes;
    if (left > 0) return;
    left = INTERVAL;
    void new Array(ENTRIES);
  };
}

/**
 * Returns a stream with the same bytes, read only when the reader needs them. Buffers of earlier chunks do not
 * accumulate.
 */
export function reclaiming(source: ReadableStream<Bytes>): ReadableStream<Bytes> {
  const reader = source.getReader();
  const reclaim = createReclaimer();
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        reclaim(value.length);
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
