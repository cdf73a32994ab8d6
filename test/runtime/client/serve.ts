import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Received = {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly target: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly bytes: Buffer;
};

export type Serve = (request: Received, answer: ServerResponse, socket: Socket) => void | Promise<void>;

export type TestServer = {
  readonly url: string;
  /** Every request, in the order of arrival. */
  readonly received: readonly Received[];
  close(): Promise<void>;
};

/** A real HTTP server on loopback that records its requests. */
export async function serve(handler: Serve): Promise<TestServer> {
  const received: Received[] = [];
  const server = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const target = request.url ?? '';
    const entry = {
      method: request.method ?? '',
      target,
      query: new URLSearchParams(target.split('?')[1]),
      headers: request.headers,
      body: bytes.toString(),
      bytes,
    };
    received.push(entry);
    await handler(entry, answer, request.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const json = (
  answer: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void => {
  answer.writeHead(status, { 'content-type': 'application/json', ...headers });
  answer.end(JSON.stringify(body));
};
