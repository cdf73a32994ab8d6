import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../server/index.ts';
import type { Trace } from './answering.ts';
import { parsePrefer } from './prefer.ts';
import { findOperation } from './record.ts';
import { type Director, SLOW } from './scenario.ts';
import type { Sessions } from './sessions.ts';
import type { MockProvider } from './types.ts';

/** Logic that remembers, behind a provider's prefix instead of examples. */
export type Stateful = {
  readonly server: Server;
  /** The credentials that it takes, by name, where they are not the mock's own. */
  readonly credentials: Readonly<Record<string, string>>;
};

/** Undefined: this provider has no logic. */
export type OpenStateful = (provider: MockProvider) => Promise<Stateful | undefined>;

/** Tokens are the logic's own: who presents one is let through to the examples that it asks for. */
export const anySession = (sessions: Sessions): Sessions => ({ ...sessions, check: () => 'known' });

/** What decides whether the stateful server or the mock answers. */
export type ChooseOptions = {
  readonly provider: MockProvider;
  readonly prefix: string;
  readonly director: Director;
  readonly traces: WeakMap<Request, Trace>;
};

/**
 * Who answers: an example where the request (`Prefer`), a pin or the scenario asks for one, else the logic. The request may
 * come back with the scenario's wish in it.
 */
export async function chooseServer(
  { provider, prefix, director, traces }: ChooseOptions,
  request: Request,
): Promise<{ readonly by: 'examples' | 'logic'; readonly request: Request }> {
  const { code, status, example, dynamic, delay } = parsePrefer(request.headers.get('prefer'));
  if (code !== undefined || status !== undefined || example !== undefined || dynamic)
    return { by: 'examples', request };
  const { method, url, headers } = request;
  const operation = findOperation(provider, prefix, { method, url, headers, bytes: undefined });
  if (!operation || director.pins.has(`${provider.api.provider}/${operation.descriptor.id}`)) {
    return { by: 'examples', request };
  }
  const fault = director.next();
  const wait = (delay ?? director.scenario.delay) + (fault === 'slow' ? SLOW : 0);
  if (wait > 0) await sleep(wait, undefined, { signal: request.signal });
  if (fault === 'error') {
    const wish = new Headers(headers);
    wish.set('prefer', `code=${provider.api.envelope.faults.internal}`);
    return { by: 'examples', request: new Request(request, { headers: wish }) };
  }
  if (fault !== undefined) traces.set(request, { operation, fault, delay: wait });
  return { by: 'logic', request };
}
