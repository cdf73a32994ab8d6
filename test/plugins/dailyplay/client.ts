import type { Server } from '@countersign/runtime/server';

const PATH = 'http://sandbox/api/org-api-keys';

export type Call = {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text that is sent unchanged. */
  readonly body?: unknown;
};

/** Raw HTTP requests, without the generated client, which would reject invalid ones. */
export function rawClient({ fetch }: Pick<Server, 'fetch'>) {
  const send = async (method: string, { query = {}, headers = {}, body }: Call): Promise<Response> =>
    fetch(
      new Request(`${PATH}?${new URLSearchParams(query)}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
  return {
    createSession: (key: string, body: unknown) =>
      send('POST', { query: { action: 'create-session' }, headers: { 'x-api-key': key }, body }),
    validateSession: (query: Readonly<Record<string, string>>) =>
      send('GET', { query: { action: 'validate-session', ...query } }),
    consumeSession: (body: unknown) => send('POST', { query: { action: 'consume-session' }, body }),
    listApiKeys: (token: string, org: string) =>
      send('GET', { query: { org_id: org }, headers: { authorization: `Bearer ${token}` } }),
    createApiKey: (token: string, body: unknown) =>
      send('POST', { headers: { authorization: `Bearer ${token}` }, body }),
    send,
  };
}

export type RawClient = ReturnType<typeof rawClient>;

/** The value of a response's `data`. */
export async function dataOf<T = Record<string, unknown>>(response: Response): Promise<T> {
  return ((await response.json()) as { readonly data: T }).data;
}
