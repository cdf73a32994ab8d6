import type { Fired, Tried } from '../api.ts';
import type { ConsoleState } from '../state.ts';

export type { Fired, Tried } from '../api.ts';
export type { ConsoleState, OperationState, ProviderState } from '../state.ts';

const BASE = '/__console/api/';

async function ask<Answer>(name: string, body?: unknown): Promise<Answer> {
  const response = await fetch(
    BASE + name,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error((answer as { readonly detail?: string }).detail ?? `HTTP ${response.status}`);
  return answer as Answer;
}

/** What the console asks of the gateway. Each rejects with a sentence for people. */
export const gateway = {
  state: () => ask<ConsoleState>('state'),
  change: (change: object) => ask<ConsoleState>('change', change),
  try: (attempt: object) => ask<Tried>('try', attempt),
  fire: (request: object) => ask<Fired>('fire', request),
  events: () => new EventSource(`${BASE}events`),
};
