import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './connections.ts';

/** Limits for one sender on a Node server. Normal senders do not reach the defaults. */
export type ConnectionLimits = {
  /** Milliseconds within which the headers of a request must arrive. Default 10,000. */
  readonly headersTimeout?: number;
  /** Maximum size of a request's headers in bytes. Default 16,384. */
  readonly maxHeaderSize?: number;
  /**
   * Minimum rate of a body in bytes per second, averaged over the time that the server waits for it. The time in which
   * a handler does not read is not counted, so long uploads are possible. 0: no limit. Default 240.
   */
  readonly minBodyRate?: number;
  /** Milliseconds for which a body may be slower than `minBodyRate`. Default 5,000. */
  readonly bodyGrace?: number;
  /**
   * Maximum number of requests per connection. The last response has `Connection: close`. 0: no limit. Default 10,000.
   */
  readonly maxRequestsPerConnection?: number;
  /**
   * Maximum number of open connections per address. Further connections are closed at once. A proxy in front of the
   * server counts as one address. 0: no limit. Default 1,000.
   */
  readonly maxConnectionsPerAddress?: number;
};

/** Closes connections beyond the limit of their address. */
export function limitAddresses(server: Server, most: number): void {
  if (most === 0) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (count > most) socket.destroy();
  });
}

/** The progress of a body since its first check. */
type Arrival = {
  /** Milliseconds for which the server has waited for the body. */
  waited: number;
  /** Bytes that arrived since the first check. */
  received: number;
  /** Bytes that its connection had received at the last check. */
  seen: number;
};

/** Ends requests whose body arrives too slowly, with 408 if no response was sent. Stops when the server has closed. */
export function limitBodies(server: Server, { open }: Connections, minBodyRate: number, bodyGrace: number): void {
  if (minBodyRate === 0) return;
  const arrivals = new WeakMap<ServerResponse, Arrival>();
  let last = performance.now();
  const lookAt = (socket: Socket, response: ServerResponse, elapsed: number): void => {
    const { waited = 0, received = 0, seen = socket.bytesRead } = arrivals.get(response) ?? {};
    // Bytes that were received but not read are not the sender's delay.
    const waiting = response.req.readableLength === 0;
    const arrival: Arrival = {
      waited: waiting ? waited + elapsed : waited,
      received: waiting ? received + socket.bytesRead - seen : received,
      seen: socket.bytesRead,
    };
    arrivals.set(response, arrival);
    const tooSlow = arrival.received < (minBodyRate * arrival.waited) / 1000;
    if (arrival.waited > bodyGrace && tooSlow) cut(socket, response);
  };
  const look = setInterval(
    () => {
      const now = performance.now();
      for (const [socket, response] of open) {
        if (response && !response.req.complete) lookAt(socket, response, now - last);
      }
      last = now;
    },
    Math.max(10, Math.min(1000, bodyGrace / 2)),
  );
  look.unref();
  server.once('close', () => clearInterval(look));
}

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

function cut(socket: Socket, response: ServerResponse): void {
  if (response.headersSent) socket.destroy();
  else socket.end(TIMED_OUT, () => socket.destroy());
}
