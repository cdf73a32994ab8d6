import type { IncomingMessage } from 'node:http';

/** Time limit in milliseconds and size limit in bytes for the rest of a body after the response. */
const PATIENCE = 500;
const MOST = 64 * 1024 * 1024;

/**
 * Reads the rest of a body that was not needed, so that the connection can be used for the next request. If the sender
 * does not end the body in time, the connection is closed.
 */
export function drain(incoming: IncomingMessage): void {
  if (incoming.destroyed || incoming.readableEnded) return;
  let received = 0;
  const stop = (): void => {
    clearTimeout(timer);
    incoming.off('data', onData).off('end', stop).off('error', stop);
  };
  const close = (): void => {
    stop();
    incoming.socket.destroySoon();
  };
  const onData = (chunk: Uint8Array): void => {
    received += chunk.length;
    if (received > MOST) close();
  };
  const timer = setTimeout(close, PATIENCE).unref();
  incoming.on('data', onData).on('end', stop).on('error', stop).resume();
}
