import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../server/index.ts';
import { preferenceOf } from './prefer.ts';
import { findOperation } from './record.ts';
import type { Trace } from './responding.ts';
import { type Director, SLOW } from './scenario.ts';
import type { Sessions } from './sessions.ts';
import type { MockProvider } from './types.ts';

/** Stateful logic that responds under a provider's prefix instead of examples. */
export type Stateful = {
  readonly server: Server;
  /** The credentials that the logic accepts, by name, if they differ from those of the mock. */
  readonly credentials: Readonly<Record<string, string>>;
};

/** Opens the logic of a provider. Undefined if the provider has none. */
export type OpenStateful = (provider: MockProvider) => Promise<Stateful | undefined>;

/** Accepts any token, because the logic has its own tokens. A caller with such a token may also request examples. */
export const anySession = (sessions: Sessions): Sessions => ({ ...sessions, check: () => 'known' });

/** The input that decides whether the stateful server or the mock responds. */
export type ChooseOptions = {
  readonly provider: MockProvider;
  readonly prefix: string;
  readonly director: Director;
  readonly traces: WeakMap<Request, Trace>;
};

/**
 * Selects the server that responds: the mock if the request (`Prefer`), a pin or the scenario selects an example,
 * otherwise the logic. The returned request may contain the preference of the scenario.
 */
export async function chooseServer(
  { provider, prefix, director, traces }: ChooseOptions,
  request: Request,
): Promise<{ readonly by: 'examples' | 'logic'; readonly request: Request }> {
  const { code, status, example, dynamic, delay } = preferenceOf(request);
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
