import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '@countersign/runtime/server';
import { listen } from '../../../runtime/server/node.ts';
import { type LoadedPackage, loadPackage } from '../../emit/load-package.ts';
import { type Received, serve } from '../client/serve.ts';

export type Result = {
  readonly data?: unknown;
  readonly error?: Error & { readonly kind: string; readonly body?: unknown };
};
type Calls = Record<string, (input?: object, options?: object) => Promise<Result>>;
type Logged = object & { readonly error?: Error };

/** A generated package of one document: its client and its server, over HTTP on loopback. */
export type TestPackage = {
  /** The requests of the package's client. The peer returns 204. */
  readonly sent: (operation: string, input: object) => Promise<Received>;
  /** A client for a peer. */
  readonly client: (baseUrl: string, options?: object) => Calls;
  /** Serves handlers while `use` runs. */
  readonly serving: <T>(
    handlers: Readonly<Record<string, (input: never, context: never) => unknown>>,
    use: (url: string, logged: readonly Logged[]) => Promise<T>,
    options?: object,
  ) => Promise<T>;
  /** The input of the handler of the package's server for a request; the status if the handler is not called. */
  readonly read: (operation: string, path: string, init: RequestInit) => Promise<unknown>;
};

const folders: string[] = [];

export function removePackages(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

export async function packageOf(paths: object, more: object = {}): Promise<TestPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bodies-'));
  folders.push(folder);
  const info = { title: 'Bodies', version: '1.0.0' };
  const made: LoadedPackage<Calls> = await loadPackage(folder, {
    openapi: '3.1.0',
    info,
    servers: [{ url: 'http://127.0.0.1:1' }],
    paths,
    ...more,
  });
  const client: TestPackage['client'] = (baseUrl, options = {}) =>
    made.createClient({ baseUrl, environment: {}, retry: false, ...options });
  const serving: TestPackage['serving'] = async (handlers, use, options = {}) => {
    const logged: Logged[] = [];
    const logger = {
      error: (entry: Logged) => void logged.push(entry),
      warn: (entry: Logged) => void logged.push(entry),
    };
    const server: Server = made.createServer({ handlers, logger, ...options });
    const listening = await listen(server);
    try {
      return await use(listening.url, logged);
    } finally {
      await listening.close();
    }
  };
  return {
    client,
    serving,
    async sent(operation, input) {
      const peer = await serve((_, answer) => void answer.writeHead(204).end());
      try {
        const result = await client(peer.url)[operation]?.(input);
        const [received] = peer.received;
        if (result?.error || !received) throw new Error(`${operation}: ${result?.error?.message ?? 'nothing arrived'}`);
        return received;
      } finally {
        await peer.close();
      }
    },
    async read(operation, path, init) {
      let read: unknown;
      const handler = ({ body }: { readonly body: unknown }) => {
        read = body;
        return { status: 204 };
      };
      return serving({ [operation]: handler }, async (url) => {
        const response = await fetch(`${url}${path}`, init);
        return response.status === 204 ? read : { status: response.status, body: await response.text() };
      });
    },
  };
}

/** An operation with a request body and an empty response. */
export const taking = (operationId: string, content: object) => ({
  post: { operationId, requestBody: { required: true, content }, responses: { '204': { description: 'done' } } },
});
