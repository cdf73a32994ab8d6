import type { Store } from '@countersign/runtime/store';
import { validators } from '../../../generated/plattr/src/validators.ts';
import { sandbox } from '../../../plugins/plattr/sandbox.ts';
import { openProvider } from '../../sandbox/harness/index.ts';
import { expectInBand } from '../in-band.ts';

export type Operation = keyof typeof validators;
export type Result = {
  readonly result_code: number;
  readonly result_message?: string;
  readonly access_token?: string;
  readonly user_data?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly id?: number;
  readonly mail_id?: number;
  readonly mails?: readonly { readonly id: number; readonly content: string; readonly reward_id?: number }[];
  readonly valid?: boolean;
  readonly change?: readonly unknown[];
  readonly scores?: readonly { readonly user_id: number; readonly value: number; readonly rank: number }[];
  readonly scores_count?: number;
  readonly value?: number;
  readonly rank?: number;
};

export type Request = {
  readonly body?: unknown;
  /** The raw body, instead of a value. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Fixture = Awaited<ReturnType<typeof openPlattr>>;
export type User = Awaited<ReturnType<Fixture['logIn']>>;

/** Plattr with a store and a clock that the test sets. Each response is validated against the contract. */
export async function openPlattr(
  store: Store,
  {
    start = Date.UTC(2026, 1, 16, 12),
    environment = {},
  }: { start?: number; environment?: Record<string, string> } = {},
) {
  let time = start;
  const { server, credentials } = await openProvider(store, 'plattr', sandbox, { clock: () => time, environment });
  const credential = (name: string): string => credentials.find((each) => each.name === name)?.value ?? '';
  const [appKey, demoDevice] = [credential('X-APP-KEY'), credential('X-AUTH-UUID')];

  const send = async (
    operation: Operation,
    method: 'GET' | 'POST',
    path: string,
    { body, raw, headers = {} }: Request = {},
  ): Promise<Result> => {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const json = text === undefined ? {} : { 'content-type': 'application/json' };
    const init = { method, headers: { ...json, ...headers }, ...(text === undefined ? {} : { body: text }) };
    return expectInBand<Result>(validators[operation], await server.app.request(`http://plattr.test/v1${path}`, init));
  };

  /** Everything that a logged-in user can request. */
  const userOf = (device: string, login: Result) => {
    const headers = { 'x-app-key': appKey, 'x-auth-uuid': device, 'x-auth-token': login.access_token ?? '' };
    const call = (operation: Operation, method: 'GET' | 'POST', path: string, request: Request = {}) =>
      send(operation, method, path, { ...request, headers: { ...headers, ...request.headers } });
    const query = (values: Readonly<Record<string, unknown>>): string =>
      new URLSearchParams(Object.entries(values).map(([key, value]) => [key, String(value)])).toString();
    const keysOf = (keys: readonly string[], name = 'key'): string =>
      keys.map((key) => `${name}=${encodeURIComponent(key)}`).join('&');
    const board = (name: string): string => `/leaderboards/${encodeURIComponent(name)}`;
    return {
      device,
      login,
      headers,
      call,
      withdraw: () => call('deleteAccount', 'POST', '/auth/delete'),
      set: (data: unknown, condition?: unknown) => call('setData', 'POST', '/data', { body: { data, condition } }),
      get: async (...keys: string[]) => (await call('getData', 'GET', `/data?${keysOf(keys)}`)).data,
      mail: (content: string) => call('createMail', 'POST', '/mails', { body: { content } }),
      mails: (values = {}) => call('listMails', 'GET', `/mails?${query(values)}`),
      updateMail: (id: number, content: string) =>
        call('updateMail', 'POST', `/mails/update/${id}`, { body: { content } }),
      deleteMail: (id: number) => call('deleteMail', 'POST', `/mails/delete/${id}`),
      deleteAllMails: () => call('deleteAllMails', 'POST', '/mails/delete_all'),
      give: (change: unknown, mail_content?: string) =>
        call('createReward', 'POST', '/rewards', { body: { change, mail_content } }),
      reward: (id: number) => call('getReward', 'GET', `/rewards/${id}`),
      apply: (id: number, body?: unknown) => call('applyReward', 'POST', `/rewards/apply/${id}`, { body }),
      invalidate: (id: number, body?: unknown) =>
        call('invalidateReward', 'POST', `/rewards/invalidate/${id}`, { body }),
      submit: (name: string, score: number) => call('submitScore', 'POST', `${board(name)}/scores/${score}`),
      mine: (name: string, values = {}) => call('getMyScore', 'GET', `${board(name)}/my_score?${query(values)}`),
      scores: (name: string, rank_min: number, rank_max: number, values = {}, keys: readonly string[] = []) =>
        call(
          'listScores',
          'GET',
          `${board(name)}/scores?${query({ rank_min, rank_max, ...values })}&${keysOf(keys, 'user_data_key')}`,
        ),
    };
  };

  return {
    appKey,
    demoDevice,
    send,
    userOf,
    logIn: async (device: string = crypto.randomUUID(), ...keys: string[]) => {
      const query = keys.map((key) => `key=${encodeURIComponent(key)}`).join('&');
      const headers = { 'x-app-key': appKey, 'x-auth-uuid': device };
      return userOf(device, await send('loginAnonymous', 'GET', `/auth/anonymous?${query}`, { headers }));
    },
    now: () => time,
    /** @param now milliseconds since 1970 */
    setTime: (now: number) => {
      time = now;
    },
  };
}
