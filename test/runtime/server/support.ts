import type {
  ApiDescriptor,
  EnvelopeDescriptor,
  Faults,
  OperationDescriptor,
  Refusals,
} from '../../../runtime/contract/index.ts';
import type { LogEntry, Logger, Server } from '../../../runtime/server/index.ts';
import { listen } from '../../../runtime/server/node.ts';

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Runs a check twice: over HTTP on loopback, and over the bare handler. */
export async function overBoth(
  server: Server,
  check: (ask: Ask, how: 'http' | 'fetch') => Promise<void>,
): Promise<void> {
  await check(async (path, init) => server.fetch(new Request(`http://test.local${path}`, init)), 'fetch');
  const listening = await listen(server);
  try {
    await check((path, init) => fetch(`${listening.url}${path}`, init), 'http');
  } finally {
    await listening.close();
  }
}

export type Logged = { readonly level: string; readonly entry: LogEntry; readonly message: string };

export function collectLog(): { readonly logger: Logger; readonly entries: Logged[]; text(): string } {
  const entries: Logged[] = [];
  const write = (level: string) => (entry: LogEntry, message: string) => void entries.push({ level, entry, message });
  const logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  return { logger, entries, text: () => JSON.stringify(entries) };
}

export const faults: Faults = {
  invalid: 400,
  notFound: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  unsupportedMediaType: 415,
  rateLimited: 429,
  internal: 500,
  notImplemented: 501,
  timeout: 503,
};

export const refusals: Refusals = {
  missing: 401,
  invalid: 401,
  expired: 401,
  timestamp: 401,
  signature: 401,
  replay: 401,
  forbidden: 403,
};

export const envelope: EnvelopeDescriptor = {
  code: 'status',
  success: [],
  message: '/error',
  status: 200,
  ok: {},
  failure: {},
  errors: {},
  faults,
};

export function api(given: Partial<ApiDescriptor> = {}): ApiDescriptor {
  return {
    provider: 'test',
    title: 'Test',
    version: '1.0.0',
    baseUrl: '',
    envelope,
    securitySchemes: {},
    ...given,
  };
}

export function operation(given: Partial<OperationDescriptor> & { readonly id: string }): OperationDescriptor {
  return {
    method: 'GET',
    path: '/',
    parameters: [],
    responses: [{ status: '200', content: ['application/json'] }],
    security: [],
    codes: [],
    enveloped: true,
    retry: 'never',
    ...given,
  };
}

export const json = (value: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
