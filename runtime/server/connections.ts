import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The open connections of a Node server, each with the response to its last request. Undefined before its first
 * request. A connection handles one request at a time.
 */
export type Connections = {
  readonly open: ReadonlyMap<Socket, ServerResponse | undefined>;
  /** Tracks a request. It must be called before anything else, so that the start of the response is seen. */
  readonly see: (request: IncomingMessage, response: ServerResponse) => void;
};

/** Tracks the connections of a server, so that closing it ends idle ones. */
export function trackConnections(server: Server): Connections {
  const open = new Map<Socket, ServerResponse | undefined>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, undefined);
    socket.once('close', () => open.delete(socket));
  });
  return {
    open,
    see: ({ socket }, response) => {
      if (open.has(socket)) open.set(socket, response);
    },
  };
}
