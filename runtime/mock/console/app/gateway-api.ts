import type { DeliveryEntry } from '../../fire/deliveries.ts';
import type { ExampleInput } from '../../types.ts';
import type { Fired, Flaw, Tried } from '../api.ts';
import type { OperationDetail } from '../details.ts';
import type { ConsoleState } from '../state.ts';

export type { DeliveryEntry } from '../../fire/deliveries.ts';
export type { Fired, Flaw, Tried } from '../api.ts';
export type { BodyDetail, FieldDetail, OperationDetail, ParameterDetail } from '../details.ts';
export type { PageFile } from '../files.ts';
export type { LoginState } from '../login.ts';
export type { ConsoleState, FireKind, OperationState, ProviderState } from '../state.ts';

/** Changes the mock. `reset` deletes the state of one provider, or of all providers. */
export type Change = (wish: object, what?: 'change' | 'reset') => void;

const BASE = '/__console/api/';

/** The message if the mock does not respond. Browsers say "Failed to fetch" or similar. */
const GONE = 'The mock does not respond. Start it with `npm run mock`, then try again.';

async function ask<Result>(name: string, body?: unknown): Promise<Result> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(BASE + name, init).catch(() => {
    throw new Error(GONE);
  });
  const result: unknown = await response.json().catch(() => undefined);
  if (!response.ok || result === undefined)
    throw new Error((result as { readonly detail?: string } | undefined)?.detail ?? `HTTP ${response.status}`);
  return result as Result;
}

/** Requests of the console to the gateway. Each rejects with a readable message. */
export const gateway = {
  state: () => ask<ConsoleState>('state'),
  operation: (provider: string, operation: string) => ask<OperationDetail>('operation', { provider, operation }),
  change: (wish: object, what: 'change' | 'reset' = 'change') => ask<ConsoleState>(what, wish),
  /** Logs in at the authorization server of the mock, or ends the login. */
  log: (what: 'login' | 'logout', about: object) => ask<ConsoleState>(what, about),
  check: (attempt: object) => ask<readonly Flaw[]>('check', attempt),
  try: (attempt: object) => ask<Tried>('try', attempt),
  /** Signs a logged request again and sends it. */
  resend: (entry: number) => ask<object>('resend', { entry }),
  /** Returns the input of a logged request, without its secrets. */
  load: (entry: number) => ask<ExampleInput>('load', { entry }),
  fire: (request: object) => ask<Fired>('fire', request),
  deliveries: () => ask<readonly DeliveryEntry[]>('deliveries'),
  /** Sends the same message with the same id and a new signature. */
  redeliver: (id: string) => ask<DeliveryEntry>('redeliver', { id }),
  events: () => new EventSource(`${BASE}events`),
};
