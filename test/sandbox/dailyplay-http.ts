import type { SandboxProcess } from './harness/index.ts';

/** Calls DailyPlay in another process over HTTP. */
export function dailyPlayOf({ providers }: Pick<SandboxProcess, 'providers'>) {
  const provider = providers.find((candidate) => candidate.provider === 'dailyplay');
  const apiKey = provider?.credentials.find(({ name }) => name === 'x-api-key')?.value;
  if (provider === undefined || apiKey === undefined) throw new Error('DailyPlay is not served');
  const url = `${provider.baseUrl}/api/org-api-keys`;
  const post = (action: string, body: unknown): Promise<Response> =>
    fetch(`${url}?action=${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
      body: JSON.stringify(body),
    });
  return {
    /** A new key of organization 1. */
    async createKey(body: object): Promise<string> {
      const token = provider.credentials.find(({ name }) => name === 'Clerk token')?.value;
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ org_id: 1, ...body }),
      });
      const { data } = (await response.json()) as { readonly data: { readonly key: string } };
      return data.key;
    },
    /** The status, and how long to wait. */
    async createWith(key: string): Promise<{ readonly status: number; readonly retryAfter: string | null }> {
      const response = await fetch(`${url}?action=create-session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key },
        body: '{"game_id":42}',
      });
      await response.arrayBuffer();
      return { status: response.status, retryAfter: response.headers.get('retry-after') };
    },
    async create(reference: string): Promise<string> {
      const response = await post('create-session', { game_id: 42, external_ref: reference });
      const { data } = (await response.json()) as { readonly data: { readonly token: string } };
      return data.token;
    },
    /** The status. */
    async consume(token: string): Promise<number> {
      const response = await post('consume-session', { token });
      await response.arrayBuffer();
      return response.status;
    },
    async state(token: string): Promise<string> {
      const response = await fetch(`${url}?action=validate-session&token=${token}`);
      const { data } = (await response.json()) as { readonly data?: { readonly status: string } };
      return data?.status ?? `HTTP ${response.status}`;
    },
  };
}
