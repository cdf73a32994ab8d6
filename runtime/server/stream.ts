import type { Logger } from './logger.ts';

/** The logger for errors of a streamed response. */
export type StreamContext = { readonly logger: Logger };

/** Returns a stream with the same bytes. An error is logged and ends the stream without details. */
export function reporting(source: ReadableStream<Uint8Array>, logger: Logger): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          logger.error?.({ error }, 'a streamed response failed');
          controller.error(new Error('The stream failed'));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * Converts an iterable to a stream with one chunk per item, read only as fast as the reader consumes them. If the
 * reader disconnects, the iterable is ended. An error ends the stream without details.
 */
export function toStream(
  items: AsyncIterable<unknown>,
  format: (item: unknown) => string | Uint8Array,
  { logger }: StreamContext,
): ReadableStream<Uint8Array> {
  const iterator = items[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else {
          const chunk = format(value);
          controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
        }
      } catch (error) {
        logger.error?.({ error }, 'a streamed response failed');
        controller.error(new Error('The stream failed'));
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
