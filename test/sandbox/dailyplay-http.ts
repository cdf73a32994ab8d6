import type { SandboxProcess } from './harness/index.ts';

/** DailyPlay of a process, over HTTP. */
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
