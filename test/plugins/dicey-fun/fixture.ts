import type { Store } from '@countersign/runtime/store';
import { validators } from '../../../generated/dicey-fun/src/validators.ts';
import { sandbox } from '../../../plugins/dicey-fun/sandbox.ts';
import { md5Hex } from '../../../runtime/signing/index.ts';
import { openProvider } from '../../sandbox/harness/index.ts';
import { expectInBand } from '../in-band.ts';

export type Envelope = { readonly code: number; readonly message: string; readonly data: unknown };
export type Operation = keyof typeof validators;
export type Call = {
  readonly body?: unknown;
  /** The raw body, instead of a value. */
  readonly raw?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Instead of `api-key` and `auth-token`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the socket. */
  readonly address?: string;
};

export type Fixture = Awaited<ReturnType<typeof openDiceyFun>>;

/** Dicey Fun with a store and a clock that the test sets. Each response is validated against the contract. */
export async function openDiceyFun(
  store: Store,
  {
    start = Date.UTC(2026, 1, 16, 12),
    environment = {},
  }: { start?: number; environment?: Record<string, string> } = {},
) {
  let time = start;
  const { server, credentials } = await openProvider(store, 'dicey-fun', sandbox, { clock: () => time, environment });
  const credential = (name: string): string => credentials.find((each) => each.name === name)?.value ?? '';
  const [agentId, secret, apiKey] = ['Agent id', 'Secret', 'API key'].map(credential) as [string, string, string];

  /** The login's query, signed at a time in Unix seconds. */
  const signed = (seconds = String(Math.floor(time / 1000)), key = secret): Record<string, string> => ({
    agent_id: agentId,
    secret: key,
    time: seconds,
    signature: md5Hex(`${agentId}${key}${seconds}`),
  });
  const send = async (operation: Operation, method: string, { body, raw, query = {}, headers = {}, address }: Call) => {
    const url = `http://dicey-fun.test/api/v1/${operation}?${new URLSearchParams(query)}`;
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const json = text === undefined ? {} : { 'content-type': 'application/json' };
    const request = new Request(url, {
      method,
      headers: { ...json, ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    const socket = { incoming: { socket: { remoteAddress: address ?? '127.0.0.1' } } };
    const response = await server.app.request(request, undefined, socket);
    return expectInBand<Envelope>(validators[operation], response);
  };
  const logIn = async (): Promise<string> => {
    const { data } = await send('authToken', 'GET', { query: signed(), headers: { 'api-key': apiKey } });
    return (data as { readonly authtoken: string }).authtoken;
  };
  const token = await logIn();
  return {
    agentId,
    secret,
    apiKey,
    token,
    signed,
    send,
    logIn,
    post: (operation: Operation, call: Call = {}) =>
      send(operation, 'POST', { ...call, headers: call.headers ?? { 'api-key': apiKey, 'auth-token': token } }),
    now: () => Math.floor(time / 1000),
    /** @param now milliseconds since 1970 */
    setTime: (now: number) => {
      time = now;
    },
  };
}
