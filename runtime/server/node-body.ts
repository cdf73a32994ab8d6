import type { IncomingMessage } from 'node:http';
import { BodyTakenError } from './errors.ts';
import { joinChunks } from './join-chunks.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads the body. Undefined if it has more than `limit` bytes. At most `limit` bytes and one chunk are in memory.
 *
 * @throws {BodyTakenError} if something else has read it
 */
export function readNodeBody(incoming: IncomingMessage, limit: number): Promise<Bytes | undefined> {
  if (incoming.readableEnded) return Promise.reject(new BodyTakenError());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const settle = (bytes: Bytes | undefined): void => {
      stop();
      resolve(bytes);
    };
    const onData = (chunk: Uint8Array): void => {
      size += chunk.length;
      if (size > limit) {
        incoming.pause();
        settle(undefined);
      } else chunks.push(chunk);
    };
    const onEnd = (): void => settle(joinChunks(chunks, size));
    const onError = (error: Error): void => {
      stop();
      reject(error);
    };
    const onClose = (): void => onError(new Error('the connection was closed before the body was complete'));
    const stop = (): void => {
      incoming.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
    };
    incoming.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
    if (incoming.destroyed) onClose();
  });
}

/** The body as it arrives. Reading starts when a reader needs the first chunk, because the sender may wait for that. */
export function streamNodeBody(incoming: IncomingMessage): ReadableStream<Bytes> {
  // Without `destroyOnReturn: false`, a body that is not read to its end would close the connection before the
  // response.
  const chunks = incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer<ArrayBuffer>>;
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
