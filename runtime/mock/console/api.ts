import type { TokenStore } from '../../client/index.ts';
import { own } from '../../contract/index.ts';
import type { Received } from '../exchange.ts';
import { signedMessage } from '../explain-signature.ts';
import type { Fire, FireReport } from '../fire/types.ts';
import { type Gateway, problem } from '../gateway.ts';
import { createMask, presentedSecrets, secretsOf } from '../mask.ts';
import { parsePrefer } from '../prefer.ts';
import { parse, tokensIn } from '../record.ts';
import { SCENARIOS } from '../scenario.ts';
import { type SendOptions, type Sent, SPOILS, send } from '../send.ts';
import type { ExampleInput, MockOperation, MockProvider } from '../types.ts';
import { openEvents } from './events.ts';
import { type Snippets, writeSnippets } from './snippets.ts';
import { type ConsoleState, readState } from './state.ts';

/** What the console's API serves. */
export type ConsoleOptions = {
  readonly gateway: Gateway;
  /** `http://127.0.0.1:4010` */
  readonly url: () => string;
  readonly fires: Readonly<Record<string, Fire>>;
  readonly stateful: boolean;
  readonly docs: boolean;
};

/** What the page gets of one try. Secrets are masked, in the snippets they are environment variables. */
export type Tried = {
  readonly request:
    | { readonly method: string; readonly url: string; readonly headers: Pairs; readonly body: string }
    | undefined;
  /** One a signature scheme. */
  readonly signed: readonly { readonly scheme: string; readonly algorithm: string; readonly message: string }[];
  readonly response: { readonly status: number; readonly headers: Pairs; readonly body: string } | undefined;
  readonly ms: number;
  readonly error: string | undefined;
  readonly snippets: Snippets | undefined;
};

/** What came of a webhook that the console sent. */
export type Fired = FireReport;
type Pairs = Readonly<Record<string, string>>;

/** Wrong input of the page; said to it as it is. */
class BadRequest extends Error {}

/** The console's own API, below `/__console/api/`. Whoever is asked here has been let in by the guard. */
export function createConsoleApi({ gateway, url, fires, stateful, docs }: ConsoleOptions) {
  const { director, log } = gateway;
  const tokens = new Map<string, TokenStore>();
  const state = (): Promise<ConsoleState> =>
    readState(gateway, { url: url(), fires: Object.keys(fires).filter((name) => slotOf(name)), stateful, docs });
  const slotOf = (name: unknown) => gateway.slots.find((slot) => slot.name === name);

  const load = async (name: unknown): Promise<{ readonly provider: MockProvider; readonly baseUrl: string }> => {
    const slot = slotOf(name);
    if (!slot) throw new BadRequest('There is no such provider.');
    const { provider } = await slot.get();
    return { provider, baseUrl: `${url()}${slot.prefix}` };
  };
  const find = (provider: MockProvider, id: unknown): MockOperation => {
    const operation = provider.operations.find(({ descriptor }) => descriptor.id === id);
    if (!operation) throw new BadRequest('There is no such operation.');
    return operation;
  };

  const attempt = async (asked: Asked): Promise<Tried> => {
    const { provider, baseUrl } = await load(asked.provider);
    const operation = find(provider, asked.operation);
    const { descriptor } = operation;
    const input = isRecord(asked.input) ? (asked.input as ExampleInput) : {};
    const spoil = SPOILS.find((name) => name === asked.spoil);
    const options: SendOptions = {
      provider,
      operation: descriptor.id,
      input,
      baseUrl,
      fetch: (target, init) => gateway.fetch(new Request(target, init)),
      tokenStore: storeOf(tokens, provider.api.provider),
      ...(descriptor.webhook && { endpoint: `${baseUrl}${descriptor.path}` }),
      ...(typeof asked.prefer === 'string' && asked.prefer !== '' && { prefer: asked.prefer }),
      ...(spoil && { spoil }),
    };
    const sent = await send(options);
    const unused = spoil || !sent.request ? sent.request : await signAnew(options, sent.request);
    return {
      ...(await toTried(provider, operation, sent)),
      snippets: unused && writeSnippets(provider, operation, input, unused, baseUrl),
    };
  };

  const fire = async (asked: Asked): Promise<Fired> => {
    const run =
      typeof asked.provider === 'string' && Object.hasOwn(fires, asked.provider) ? fires[asked.provider] : undefined;
    if (!run || typeof asked.to !== 'string') throw new BadRequest('Name a provider that calls you, and your URL.');
    const { provider } = await load(asked.provider);
    const count = Math.min(Math.max(1, Math.floor(Number(asked.count) || 1)), 100_000);
    const user = typeof asked.user === 'string' && asked.user !== '' ? asked.user : undefined;
    const report = await run({
      provider,
      to: asked.to,
      count,
      ...(user !== undefined && { user }),
      onCall: ({ operation, ok, status, ms, body, problem: said }) =>
        log.add(() => ({
          at: gateway.clock(),
          provider: provider.api.provider,
          operation,
          method: find(provider, operation).descriptor.method,
          path: String(asked.to),
          status: status ?? 0,
          code: undefined,
          ok,
          ms,
          example: undefined,
          fault: undefined,
          problems: said === undefined ? [] : [said],
          outgoing: true,
          request: { headers: {}, body: '' },
          response: { headers: {}, body: body.slice(0, 16_384) },
        })),
    }).catch((error: unknown) => {
      throw error instanceof TypeError ? new BadRequest(error.message) : error;
    });
    return { ...report, calls: report.calls.slice(0, 200) };
  };

  const change = (asked: Asked): void => {
    if (asked.scenario !== undefined) {
      const chosen = SCENARIOS.find(({ name }) => name === asked.scenario);
      if (!chosen) throw new BadRequest('There is no such scenario.');
      director.choose(chosen);
      log.notify({ kind: 'scenario', text: `Scenario: ${chosen.name}` });
    }
    if (typeof asked.pin === 'string') {
      director.pin(
        asked.pin,
        typeof asked.prefer === 'string' && asked.prefer !== '' ? parsePrefer(asked.prefer) : undefined,
      );
    }
    if (asked.expire !== undefined) {
      if (!slotOf(asked.expire)) throw new BadRequest('There is no such provider.');
      gateway.sessions(String(asked.expire)).expireAll();
    }
    if (asked.clear === true) log.clear();
  };

  return async (request: Request, name: string): Promise<Response> => {
    try {
      if (request.method === 'GET') {
        if (name === 'state') return json(await state());
        if (name === 'events') return openEvents(log, request.signal);
      }
      if (request.method === 'POST') {
        const asked = await readAsked(request);
        if (name === 'try') return json(await attempt(asked));
        if (name === 'fire') return json(await fire(asked));
        if (name === 'change') {
          change(asked);
          return json(await state());
        }
      }
      return problem(404, 'No such page', 'The console has no such page.');
    } catch (error) {
      if (error instanceof BadRequest) return problem(400, 'Wrong input', error.message);
      return problem(500, 'The console failed', error instanceof Error ? error.message : String(error));
    }
  };
}

type Asked = Readonly<Record<string, unknown>>;

const LARGEST = 1024 * 1024;

async function readAsked(request: Request): Promise<Asked> {
  const text = await request.text();
  if (text.length > LARGEST) throw new BadRequest('That is too large.');
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {}
  throw new BadRequest('The console takes a JSON object.');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const json = (value: unknown): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });

/** The same request signed once more and not sent: its nonce is unused, so what is copied works. */
async function signAnew(options: SendOptions, sent: Received): Promise<Received> {
  const { request } = await send({ ...options, fetch: async () => new Response(null, { status: 503 }) });
  const isSame = request?.method === sent.method && pathOf(request.url) === pathOf(sent.url);
  return isSame ? request : sent;
}

const pathOf = (url: string): string => url.split('?')[0] ?? '';

function storeOf(stores: Map<string, TokenStore>, name: string): TokenStore {
  const known = stores.get(name);
  if (known) return known;
  const tokens = new Map<string, Awaited<ReturnType<TokenStore['get']>>>();
  const made: TokenStore = { get: (key) => tokens.get(key), set: (key, token) => void tokens.set(key, token) };
  stores.set(name, made);
  return made;
}

async function toTried(
  provider: MockProvider,
  operation: MockOperation,
  { request, response, ms, error }: Sent,
): Promise<Omit<Tried, 'snippets'>> {
  const { api, credentials } = provider;
  const mask = createMask([
    ...secretsOf(api, credentials),
    ...(request ? presentedSecrets(api, request, operation.descriptor) : []),
    ...tokensIn(provider, operation, parse(response?.body ?? '')),
  ]);
  const pairs = (headers: Headers): Pairs =>
    Object.fromEntries([...headers].map(([name, value]) => [name, mask(value)]));
  const messages = new Map<string, string | undefined>();
  for (const name of request ? new Set(operation.descriptor.security.flat()) : []) {
    const scheme = own(api.securitySchemes, name);
    if (scheme?.kind === 'signature' && request) messages.set(name, await signedMessage(provider, scheme, request));
  }
  return {
    request: request && {
      method: request.method,
      url: mask(request.url),
      headers: pairs(request.headers),
      body: mask(new TextDecoder().decode(request.bytes)),
    },
    signed: Object.values(api.securitySchemes).flatMap((scheme) => {
      const message = messages.get(scheme.name);
      return scheme.kind !== 'signature' || message === undefined
        ? []
        : [{ scheme: scheme.name, algorithm: scheme.algorithm, message: mask(message) }];
    }),
    response: response && { status: response.status, headers: pairs(response.headers), body: mask(response.body) },
    ms,
    error: error === undefined ? undefined : mask(error),
  };
}
