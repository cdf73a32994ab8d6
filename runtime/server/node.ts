import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ambiguity } from './ambiguity.ts';
import { type ConnectionLimits, limitAddresses, limitBodies } from './connection-limits.ts';
import { trackConnections } from './connections.ts';
import { continueOnRead } from './continue.ts';
import { responderBehind } from './incoming.ts';
import { listenerOf } from './node-listener.ts';

/** The address and the shutdown of a Node server. */
export type ListenOptions = {
  /** The port. Default 0: any free port. */
  readonly port?: number;
  /** The address to listen on. Default `127.0.0.1`: only this machine. `0.0.0.0` listens on every interface. */
  readonly hostname?: string;
  /** Milliseconds for which `close` waits for open calls. Then their connections are closed. Default 10,000. */
  readonly shutdownTimeout?: number;
  /** Signals of the process that close the server, for example `['SIGTERM', 'SIGINT']`. Default: none. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Limits for one sender. */
  readonly limits?: ConnectionLimits;
};

/** A Node server that listens. */
export type Listening = {
  /** The URL of the server without a trailing slash, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The port that the server listens on. */
  readonly port: number;
  /** Stops accepting connections, waits for open calls, then closes. It can be called twice. */
  close(): Promise<void>;
};

/**
 * Adds `Connection: close`. The sender then opens a new connection for its next request instead of losing that request.
 */
function sayClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/** Milliseconds between two checks for idle connections while closing. */
const SWEEP = 20;

type Fetch = (request: Request, environment: never) => Response | Promise<Response>;

/** Creates the listener for Hono applications and other functions of a `Request`. */
function adapt(fetch: Fetch, overrideGlobalObjects: boolean): RequestListener {
  const respond = (request: Request, environment: { readonly incoming: unknown }): Response | Promise<Response> => {
    const reason = ambiguity(environment.incoming as IncomingMessage);
    return reason === undefined ? fetch(request, environment as never) : new Response(`${reason}\n`, { status: 400 });
  };
  return getRequestListener(respond, { overrideGlobalObjects });
}

/**
 * Creates a listener for `createServer` of `node:http` and `node:https`, for Express and Fastify, and for tests. Like
 * `listen`, it calls a server of a package without the cost of web standards' objects. Limits for connections and the
 * shutdown are those of the Node server that calls it.
 *
 * Mount it before body parsers: a signature is computed from the bytes of the body.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createDiceyFunServer } from '@countersign/dicey-fun/server';
 *
 * createServer(toNodeListener(createDiceyFunServer({ handlers: {} }))).listen(4000);
 * ```
 */
export function toNodeListener(server: { readonly fetch: Fetch }): RequestListener {
  const responder = responderBehind(server.fetch);
  return responder ? listenerOf(responder) : adapt(server.fetch, false);
}

/**
 * Serves a server, or any Hono application, on Node. For a server of this package, no `Request` and `Response` are
 * created.
 *
 * @throws {Error} with the system's code, for example `EADDRINUSE`, if it cannot listen on the address
 * @example
 * ```ts
 * import { createDiceyFunServer } from '@countersign/dicey-fun/server';
 *
 * const { url } = await listen(createDiceyFunServer({ handlers: {} }), { port: 4000, signals: ['SIGTERM'] });
 * console.log(`Listening on ${url}`);
 * ```
 */
export async function listen(
  server: { readonly fetch: Fetch },
  { port = 0, hostname = '127.0.0.1', shutdownTimeout = 10_000, signals = [], limits = {} }: ListenOptions = {},
): Promise<Listening> {
  const {
    headersTimeout = 10_000,
    maxHeaderSize = 16_384,
    minBodyRate = 240,
    bodyGrace = 5000,
    maxRequestsPerConnection = 10_000,
    maxConnectionsPerAddress = 1000,
  } = limits;
  const responder = responderBehind(server.fetch);
  const options = {
    headersTimeout,
    maxHeaderSize,
    // This is the limit of a whole request. Long uploads are allowed, and `minBodyRate` ends a slow one.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.max(10, Math.min(1000, headersTimeout / 2)),
    // Node skips the events of a body that does not exist. Other functions of a `Request` may wait for these events.
    optimizeEmptyRequests: responder !== undefined,
  };
  const respond = responder ? listenerOf(responder) : adapt(server.fetch, true);
  let closing: Promise<void> | undefined;
  // There is only one listener, because the emitter copies a list of several for each request.
  const node = createServer(options, (request, response) => {
    connections.see(request, response);
    if (closing) sayClose(response);
    respond(request, response);
  });
  node.maxRequestsPerSocket = maxRequestsPerConnection;
  const connections = trackConnections(node);
  limitAddresses(node, maxConnectionsPerAddress);
  limitBodies(node, connections, minBodyRate, bodyGrace);
  continueOnRead(node);
  await new Promise<void>((resolve, reject) => {
    node.once('error', reject);
    node.listen(port, hostname, () => {
      node.off('error', reject);
      resolve();
    });
  });

  const closeIdle = (): void => {
    node.closeIdleConnections();
    // Node does not treat a connection that never sent anything as idle, because it waits for the first request.
    for (const socket of connections.open.keys()) if (socket.bytesRead === 0) socket.destroy();
  };

  const close = (): Promise<void> => {
    closing ??= new Promise<void>((resolve) => {
      for (const signal of signals) process.off(signal, close);
      // Idle connections are closed first. Responses to open requests then get `Connection: close`.
      closeIdle();
      for (const response of connections.open.values()) if (response) sayClose(response);
      // A connection that was busy when closing began becomes idle later, and would be kept alive for further calls.
      const sweep = setInterval(closeIdle, SWEEP);
      const cut = setTimeout(() => {
        for (const socket of connections.open.keys()) socket.destroy();
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
