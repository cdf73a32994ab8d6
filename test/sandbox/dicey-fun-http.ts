import { md5Hex } from '@countersign/runtime/signing';
import type { SandboxProcess } from './harness/index.ts';

export type Answer<Data = unknown> = { readonly code: number; readonly data: Data };
export type WalletRecord = {
  readonly id: number;
  readonly player_id: number;
  readonly coin: number;
  readonly wallet_before: number;
  readonly wallet_after: number;
};

/** Calls Dicey Fun in another process over HTTP. */
export async function diceyFunOf({ providers }: Pick<SandboxProcess, 'providers'>) {
  const provider = providers.find((each) => each.provider === 'dicey-fun');
  if (provider === undefined) throw new Error('Dicey Fun is not served');
  const { baseUrl, credentials } = provider;
  const credential = (name: string): string => credentials.find((each) => each.name === name)?.value ?? '';
  const [agentId, secret, apiKey] = [credential('Agent id'), credential('Secret'), credential('API key')];
  const time = String(Math.floor(Date.now() / 1000));
  const signature = md5Hex(`${agentId}${secret}${time}`);
  const query = new URLSearchParams({ agent_id: agentId, secret, time, signature });
  const login = await fetch(`${baseUrl}/api/v1/authToken?${query}`, { headers: { 'api-key': apiKey } });
  const { data } = (await login.json()) as Answer<{ readonly authtoken: string }>;
  const headers = { 'api-key': apiKey, 'auth-token': data.authtoken, 'content-type': 'application/json' };
  const post = async <Data>(operation: string, body: unknown): Promise<Answer<Data>> => {
    const response = await fetch(`${baseUrl}/api/v1/${operation}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer<Data>;
  };
  return {
    headers,
    create: (username: string) => post('getGameUrl', { username }),
    transfer: (username: string, coin: number) => post<WalletRecord>('setPlayerWallet', { username, coin }),
    balance: async (username: string) =>
      (await post<{ readonly coin: number }>('getPlayerInfo', { username })).data.coin,
    records: async (username: string) =>
      (await post<readonly WalletRecord[]>('getPlayerWalletRecord', { username, limit: 2000 })).data,
  };
}
