import type { IncomingMessage } from 'node:http';

/** Milliseconds and bytes that the rest of a body may take after the response. */
const PATIENCE = 500;
const MOST = 64 * 1024 * 1024;

/**
 * Reads the rest of a body that was not needed, so that the connection can carry the next request. A sender who does not end
 * it loses the connection.
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
