import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

export type ListenOptions = {
  /** Default 0: any that is free. */
  readonly port?: number;
  readonly hostname?: string;
  /** Milliseconds that calls under way may take to finish once closing; then their connections are cut. Default 10,000. */
  readonly shutdownTimeout?: number;
  /** Signals of the process that close the server, for example `['SIGTERM', 'SIGINT']`. Default: none. */
  readonly signals?: readonly NodeJS.Signals[];
};

export type Listening = {
  /** `http://127.0.0.1:4000`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Takes no more connections, lets calls under way finish, then closes. May be called twice. */
  close(): Promise<void>;
};

/** How often connections that have fallen idle are looked for while closing, in milliseconds. */
const SWEEP = 20;

/** Serves a server, or any Hono application, on Node. Rejects when the port cannot be had. */
export async function listen(
  server: { readonly fetch: (request: Request, environment: never) => Response | Promise<Response> },
  { port = 0, hostname = '127.0.0.1', shutdownTimeout = 10_000, signals = [] }: ListenOptions = {},
): Promise<Listening> {
  const node = createAdaptorServer({
    fetch: (request, environment) => server.fetch(request, environment as never),
  }) as import('node:http').Server;
  const sockets = new Set<Socket>();
  node.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    node.once('error', reject);
    node.listen(port, hostname, () => {
      node.off('error', reject);
      resolve();
    });
  });

  const closeIdle = (): void => {
    node.closeIdleConnections();
    // What never sent anything is not idle to Node, which waits for its first request.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= new Promise<void>((resolve) => {
      for (const signal of signals) process.off(signal, close);
      // A connection that was busy when closing began falls idle later, and would be kept alive for more calls.
      const sweep = setInterval(closeIdle, SWEEP);
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, shutdownTimeout);
      node.close(() => {
        clearInterval(sweep);
        clearTimeout(cut);
        resolve();
      });
    });
    return closing;
  };
  for (const signal of signals) process.once(signal, close);

  const address = node.address() as AddressInfo;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${host}:${address.port}`, port: address.port, close };
}
