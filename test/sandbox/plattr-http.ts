import type { SandboxProcess } from './harness/index.ts';

type Result = {
  readonly result_code: number;
  readonly access_token: string;
  readonly id: number;
  readonly data: Record<string, string>;
};

/** Calls Plattr as one user over HTTP. The processes share a store, and each call selects one of them. */
export async function plattrUser(processes: () => readonly SandboxProcess[], device: string = crypto.randomUUID()) {
  const baseUrl = (index: number): string => {
    const all = processes();
    return all[index % all.length]?.providers.find(({ provider }) => provider === 'plattr')?.baseUrl ?? '';
  };
  const credentials = processes()[0]?.providers.find(({ provider }) => provider === 'plattr')?.credentials;
  const appKey = credentials?.find(({ name }) => name === 'X-APP-KEY')?.value ?? '';
  const device_headers = { 'x-app-key': appKey, 'x-auth-uuid': device };
  const login = await fetch(`${baseUrl(0)}/v1/auth/anonymous`, { headers: device_headers });
  const { access_token } = (await login.json()) as Result;
  const headers = { ...device_headers, 'x-auth-token': access_token };
  const ask = async (index: number, method: string, path: string, body?: unknown): Promise<Result> => {
    const json =
      body === undefined
        ? {}
        : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${baseUrl(index)}/v1${path}`, { method, headers, ...json });
    return (await response.json()) as Result;
  };
  return {
    give: async (index: number, change: unknown, mail_content?: string) =>
      (await ask(index, 'POST', '/rewards', { change, mail_content })).id,
    apply: async (index: number, id: number) => (await ask(index, 'POST', `/rewards/apply/${id}`)).result_code,
    get: async (index: number, key: string) => (await ask(index, 'GET', `/data?key=${key}`)).data[key],
    /** Sets a value to 1 if it is not set. */
    setOnce: async (index: number, key: string) =>
      (
        await ask(index, 'POST', '/data', {
          condition: [{ key, operator: '!=', value: '1' }],
          data: [{ key, value: '1', command: 'set' }],
        })
      ).result_code,
    increase: async (index: number, key: string) =>
      (await ask(index, 'POST', '/data', { data: [{ key, value: '1', command: 'inc' }] })).result_code,
  };
}
