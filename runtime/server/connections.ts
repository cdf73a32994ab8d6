import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The last request of a connection, which handles one at a time. */
export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** Every open connection of a Node server; undefined before its first request. */
export type Connections = ReadonlyMap<Socket, Exchange | undefined>;

/** Tracks the connections of a server, so that closing it ends idle ones. */
export function trackConnections(server: Server): Connections {
  const connections = new Map<Socket, Exchange | undefined>();
  server.on('connection', (socket: Socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
  });
  // Runs before all request listeners, so that a request is known when its response begins.
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (connections.has(request.socket)) connections.set(request.socket, { request, response });
  });
  return connections;
}
