import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Every open connection of a Node server with the response to its last request, as it handles one at a time; undefined before
 * its first request.
 */
export type Connections = {
  readonly open: ReadonlyMap<Socket, ServerResponse | undefined>;
  /** Must see each request before anything else, so that it is known when its response begins. */
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
