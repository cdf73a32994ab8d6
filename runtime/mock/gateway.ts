import { createMemoryReplayStore } from '../server/index.ts';
import { rawTarget } from '../server/raw-target.ts';
import { splitUrl } from '../server/url.ts';
import { CONTROL, createControl } from './control.ts';
import { allowOrigin, preflight } from './cors.ts';
import type { Received } from './exchange.ts';
import { createIssuers, type Issuers } from './issuer/issuers.ts';
import { issuerOf } from './issuer/names.ts';
import { keepBody } from './keep-body.ts';
import { createLog, type Log } from './log.ts';
import type { Shelf } from './memory/collections.ts';
import { createMemory, type Memory } from './memory/memory.ts';
import { problem } from './problem.ts';
import { createMockServer } from './provider.ts';
import { recordExchange } from './record.ts';
import type { Reset } from './reset.ts';
import type { Trace } from './responding.ts';
import { createDirector, type Director, type DirectorOptions } from './scenario.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSlot, type LoadedProvider, type LoadProvider, mount, type Served, type Slot } from './slot.ts';
import { anySession, chooseServer, type OpenStateful } from './stateful.ts';
import type { MockProvider } from './types.ts';

/** The providers of a mock, and its checks. */
export type GatewayOptions = DirectorOptions & {
  readonly providers: readonly { readonly name: string; readonly load: LoadProvider }[];
  /** Whether the only provider is served without a prefix. Default false: each provider is served under `/<name>`. */
  readonly atRoot?: boolean;
  /** Whether credentials, signatures, clocks, nonces and tokens are checked. Default true. */
  readonly verify?: boolean;
  /** Whether invalid requests are rejected. Default true. A body that cannot be read is always rejected. */
  readonly validate?: boolean;
  /** Returns milliseconds since 1970. */
  readonly clock?: () => number;
  /** Opens stateful logic, which responds instead of examples, for the providers that have it. */
  readonly stateful?: OpenStateful;
  /** Empties the stores of the logic of these providers and opens them again. */
  readonly resetStateful?: (providers: readonly string[]) => Promise<void>;
  /** Stores the items of providers without logic. Undefined: they respond with examples. */
  readonly shelf?: Shelf;
  /** Serves pages beside the providers, such as the console. Undefined for any other path. */
  readonly pages?: (gateway: Gateway) => (request: Request, environment: unknown) => Promise<Response | undefined>;
};

/** A mock of one or more providers, for any platform with web standards. */
export type Gateway = {
  readonly fetch: (request: Request, environment?: unknown) => Promise<Response>;
  readonly slots: readonly Slot[];
  readonly director: Director;
  readonly log: Log;
  readonly sessions: (provider: string) => Sessions;
  readonly verify: boolean;
  readonly clock: () => number;
  /** Loads a provider again after a spec or plugin was saved. */
  reload(provider: string): Promise<boolean>;
  /** Resets sessions, pins, random seeds and the state of a stateful mock. */
  reset(reset?: Reset): Promise<void>;
  /** The memory of a provider without logic. Undefined if it has none. */
  memory(provider: string): Memory | undefined;
};

/** Creates a gateway with all providers on one port. */
export function createGateway(options: GatewayOptions): Gateway {
  const { providers, atRoot = false, verify = true, validate = true, clock = Date.now, stateful, shelf } = options;
  const director = createDirector(options);
  const log = createLog();
  const traces = new WeakMap<Request, Trace>();
  const replayStore = createMemoryReplayStore({ clock });
  const sessions = new Map(providers.map(({ name }) => [name, createSessions(clock)]));
  const sessionsOf = (name: string): Sessions => sessions.get(name) as Sessions;

  const memories = new Map<string, Memory>();
  const issuers = new Map<string, Issuers>();

  const serve = async (read: MockProvider, prefix: string): Promise<Served> => {
    const logic = await stateful?.(read);
    const provider = logic ? { ...read, credentials: { ...read.credentials, ...logic.credentials } } : read;
    const own = sessionsOf(provider.api.provider);
    const issuer = await createIssuers(provider, clock);
    if (issuer) issuers.set(provider.api.provider, issuer);
    const shared = { oauth: issuer?.check, director, replayStore, verify, validate, traces, clock, logger: {} };
    const memory = logic || !shelf ? undefined : createMemory(provider, shelf);
    if (memory) memories.set(provider.api.provider, memory);
    const server = await createMockServer(provider, { ...shared, memory, sessions: logic ? anySession(own) : own });
    const examples = mount(server, prefix);
    if (!logic) return { provider, fetch: examples };
    const remembering = mount(logic.server, prefix);
    return {
      provider,
      fetch: async (incoming, environment) => {
        const { by, request } = await chooseServer({ provider, prefix, director, traces }, incoming);
        return by === 'logic' ? remembering(request, environment) : examples(request, environment);
      },
    };
  };
  const slots = providers.map(({ name, load }) => createSlot({ name, prefix: atRoot ? '' : `/${name}`, load }, serve));
  const byName = new Map(slots.map((slot) => [slot.name, slot]));

  const find = (path: string): Slot | undefined => {
    if (atRoot) return slots[0];
    const end = path.indexOf('/', 1);
    return byName.get(path.slice(1, end < 0 ? undefined : end));
  };

  const respond = async (slot: Slot, incoming: Request, environment: unknown): Promise<Response> => {
    const start = performance.now();
    const at = clock();
    let loaded: LoadedProvider;
    try {
      loaded = await slot.get();
    } catch {
      return problem(500, `specs/${slot.name} cannot be read`, slot.problem ?? '');
    }
    const { request, bytes } = await keepBody(incoming);
    const response = await loaded.fetch(request, environment);
    const trace = traces.get(request);
    if (trace?.fault === 'cut') cut(environment);
    const given =
      trace?.failure !== undefined
        ? problem(500, 'The mock cannot create this response', trace.failure)
        : trace?.undeclared !== undefined
          ? problem(404, 'Response not found', trace.undeclared)
          : trace?.rejected !== undefined
            ? problem(
                trace.rejected.status,
                trace.rejected.status === 404 ? 'Not found' : 'Conflict',
                trace.rejected.detail,
              )
            : response;
    const received: Received = {
      method: request.method,
      url: request.url,
      target: rawTarget(environment),
      headers: request.headers,
      bytes,
    };
    return recordExchange(
      { slot, loaded, log, at, start, received, trace, verify, sessions: sessionsOf(slot.name) },
      given,
    );
  };

  /** The response of a provider's authorization server. Undefined for other paths. */
  const fetchIssuer = async (request: Request, path: string): Promise<Response | undefined> => {
    const slot = byName.get(issuerOf(path) ?? '');
    if (!slot) return undefined;
    await slot.get().catch(() => undefined);
    return issuers.get(slot.name)?.fetch(request, new URL(request.url));
  };

  const fetch = async (request: Request, environment?: unknown): Promise<Response> => {
    const { path } = splitUrl(request.url, '');
    const page = await pages?.(request, environment);
    if (page) return page;
    const controlled = path.startsWith(CONTROL)
      ? await control(request, environment, path.slice(CONTROL.length))
      : undefined;
    if (controlled) return controlled;
    const asked = preflight(request);
    if (asked) return asked;
    const issued = await fetchIssuer(request, path);
    if (issued) return issued;
    const slot = find(path);
    const response = slot
      ? await respond(slot, request, environment)
      : problem(404, 'Provider not found', `Available: ${slots.map(({ prefix }) => `${prefix}/`).join(', ')}`);
    const origin = request.headers.get('origin');
    return origin === null ? response : allowOrigin(response, origin);
  };

  const reset: Gateway['reset'] = async ({ provider: only, seed } = {}) => {
    const chosen = slots.filter(({ name }) => only === undefined || name === only);
    if (chosen.length === 0) throw new TypeError(`The provider ${only} does not exist.`);
    for (const slot of chosen) {
      const { provider } = await slot.get();
      const memory = memories.get(slot.name);
      if (!memory && seed !== undefined && only !== undefined) {
        throw new TypeError(
          `${slot.name} does not keep state. Start the mock with --stateful. A sandbox has its own seed.`,
        );
      }
      memory?.collections.replaceAll({});
      if (seed !== undefined) memory?.seed(seed);
      sessionsOf(slot.name).expireAll();
      issuers.get(slot.name)?.expireAll();
      for (const { descriptor } of provider.operations) director.pin(`${slot.name}/${descriptor.id}`, undefined);
    }
    await options.resetStateful?.(chosen.map(({ name }) => name));
    for (const slot of chosen) if (options.resetStateful && !memories.has(slot.name)) await slot.reload();
    director.restart();
    log.notify({ kind: 'reset', text: `${only ?? 'All providers'} reset.` });
  };

  const gateway: Gateway = {
    fetch,
    reset,
    memory: (provider) => memories.get(provider),
    slots,
    director,
    log,
    sessions: sessionsOf,
    verify,
    clock,
    async reload(provider) {
      const slot = byName.get(provider);
      if (!slot) return false;
      const done = await slot.reload();
      log.notify(
        done
          ? { kind: 'reloaded', text: `specs/${provider} was reloaded.` }
          : {
              kind: 'failed',
              text: `specs/${provider} has errors. The mock keeps serving the last valid version.\n${slot.problem}`,
            },
      );
      return done;
    },
  };
  const pages = options.pages?.(gateway);
  const control = createControl(gateway);
  return gateway;
}

/** Simulates a crash of a provider's machine: no response, and the connection is closed. */
function cut(environment: unknown): void {
  const { incoming } = (environment ?? {}) as { readonly incoming?: { readonly socket?: { destroy(): void } } };
  incoming?.socket?.destroy();
  if (!incoming) throw new TypeError('the scenario closed the connection');
}
