import { valueAt } from '../contract/index.ts';
import { pickVariant, toVariants, type Variants } from '../server/dispatch.ts';
import { headerOf } from '../server/header-of.ts';
import { parseQuery } from '../server/query.ts';
import { createRouter, type Router } from '../server/router.ts';
import { groupByPath } from '../server/same-path.ts';
import { splitUrl } from '../server/url.ts';
import { bodyText } from './body-text.ts';
import type { Received } from './exchange.ts';
import { explainCredentials } from './explain.ts';
import type { Log, LogEntry } from './log.ts';
import { createMask, type Mask, presentedSecrets } from './mask.ts';
import { readRejection } from './rejecting.ts';
import type { Trace } from './responding.ts';
import type { Sessions } from './sessions.ts';
import type { LoadedProvider, Slot } from './slot.ts';
import type { MockOperation, MockProvider } from './types.ts';

/** A request to the mock, with the log for it. */
export type Exchange = {
  readonly slot: Slot;
  readonly loaded: LoadedProvider;
  readonly log: Log;
  /** Time of the request, in milliseconds since 1970. */
  readonly at: number;
  /** Start of the request, from `performance.now()`. */
  readonly start: number;
  readonly received: Received;
  readonly trace: Trace | undefined;
  readonly verify: boolean;
  readonly sessions: Sessions;
};

/** Maximum number of characters of a body in the log. */
const LONGEST = 16_384;

/** Logs a request and its response. Returns the response with an unread body. */
export async function recordExchange(exchange: Exchange, response: Response): Promise<Response> {
  const { slot, loaded, log, at, start, received, trace, verify, sessions } = exchange;
  const { provider } = loaded;
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  const isText = /json|text|xml|form/.test(type) && !type.includes('event-stream');
  const given = trace?.given;
  // Reading a response takes longer than creating it. If an example was sent, its content is known. Only a response
  // that the server serialized as XML or as rows is read.
  const isPlain = given && 'status' in given && (type.includes('json') || typeof given.body === 'string');
  const known = isPlain && given.status === status && trace?.undeclared === undefined;
  const read = isText && !known ? await response.text() : undefined;
  const body = known ? given.body : read === undefined ? undefined : parse(read);
  const text = (): string => read ?? (known ? textOf(given.body) : '');
  const ms = performance.now() - start;
  const code = codeOf(provider, body);
  const ok = isSuccess(provider, status, code);
  const operation = trace?.operation ?? findOperation(provider, slot.prefix, received);
  const problems: string[] = [];
  // The clock and the sessions change, so the reason for a rejection is computed at once.
  if (!ok && !trace && operation) {
    const mask = maskOf(loaded.mask, provider, received, operation);
    const reason = readRejection(response.headers) ?? messageOf(provider, body, read ?? '');
    if (verify) {
      const refusal = { code: code ?? status, text: reason };
      const context = { provider, sessions, now: at, mask, refusal };
      problems.push(...(await explainCredentials(context, operation.descriptor, received)));
    }
    if (problems.length === 0) problems.push(...splitMessage(mask(reason)));
  }
  const unmade = trace?.failure ?? trace?.undeclared;
  if (unmade !== undefined) problems.push(unmade);
  log.add((): Omit<LogEntry, 'id'> => {
    const mask = maskOf(loaded.mask, provider, received, operation, tokensIn(provider, operation, body));
    const { path, query } = splitUrl(received.url, slot.prefix);
    const all = (pairs: Iterable<readonly [string, string]>) =>
      Object.fromEntries([...pairs].map(([name, value]) => [name, mask(value)]));
    const { bytes, headers } = received;
    const sent = bytes === undefined ? '(not kept: too large)' : bodyText(bytes, headers.get('content-type'));
    return {
      at,
      provider: slot.name,
      operation: operation?.descriptor.id,
      method: received.method,
      path: mask(query === '' ? path : `${path}?${query}`),
      status,
      code: code === undefined ? undefined : String(code),
      ok,
      ms,
      example: trace?.example,
      fault: trace?.fault ?? (trace?.pinned ? 'pinned' : undefined),
      problems,
      outgoing: false,
      request: { headers: all(received.headers), body: mask(sent).slice(0, LONGEST) },
      response: {
        headers: all(response.headers),
        body: isText ? mask(text()).slice(0, LONGEST) : `(${type || 'empty'})`,
      },
    };
  }, received);
  return read === undefined ? response : new Response(read, { status, headers: response.headers });
}

function maskOf(
  mask: Mask,
  { api }: MockProvider,
  received: Received,
  operation: MockOperation | undefined,
  more: readonly string[] = [],
): Mask {
  const presented = createMask([...presentedSecrets(api, received, operation?.descriptor), ...more]);
  return (text) => presented(mask(text));
}

/** The text of a body. A string is returned unchanged, for media types other than JSON. */
const textOf = (body: unknown): string => (typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));

/** The JSON value of a text. Undefined if the text is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf({ api: { envelope } }: MockProvider, body: unknown): unknown {
  return envelope.code === 'status' ? undefined : valueAt(body, envelope.code);
}

function isSuccess({ api: { envelope } }: MockProvider, status: number, code: unknown): boolean {
  if (status >= 400) return false;
  return code === undefined || envelope.success.some((each) => each === code);
}

function messageOf({ api: { envelope } }: MockProvider, body: unknown, text: string): string {
  const message = envelope.message === undefined ? undefined : valueAt(body, envelope.message);
  const said = message ?? valueAt(body, '/detail') ?? valueAt(body, '/message') ?? valueAt(body, '/error');
  return typeof said === 'string' ? said : text.slice(0, 300);
}

const splitMessage = (message: string): readonly string[] => message.split(/;\s+/).filter((part) => part !== '');

/** Tokens in the response of a login. */
export function tokensIn(
  { api }: MockProvider,
  operation: MockOperation | undefined,
  body: unknown,
): readonly string[] {
  return Object.values(api.securitySchemes).flatMap((scheme) => {
    if (scheme.kind !== 'session' || !scheme.operations.includes(operation?.descriptor.id ?? '')) return [];
    const token = valueAt(body, scheme.token);
    return typeof token === 'string' ? [token] : [];
  });
}

type Routes = Router<ReadonlyMap<string, Variants<Routed>>>;
type Routed = { readonly operation: MockOperation['descriptor']; readonly own: MockOperation };
const known = new WeakMap<MockProvider, Routes>();

/** The operation of a request that was rejected before a handler ran. */
export function findOperation(
  provider: MockProvider,
  prefix: string,
  { method, url, headers, bytes }: Received,
): MockOperation | undefined {
  let routes = known.get(provider);
  if (!routes) {
    const byPath = groupByPath(provider.operations, ({ descriptor }) => descriptor);
    routes = createRouter(
      [...byPath].map(([path, own]) => {
        const routed = own.map((each): Routed => ({ operation: each.descriptor, own: each }));
        const byMethod = Map.groupBy(routed, ({ operation }) => operation.method as string);
        return [path, new Map([...byMethod].map(([verb, same]) => [verb, toVariants(same)]))] as const;
      }),
    );
    known.set(provider, routes);
  }
  const { path, query } = splitUrl(url, prefix);
  const variants = routes.find(path)?.value.get(method === 'HEAD' ? 'GET' : method);
  return (
    variants &&
    pickVariant(variants, { query: parseQuery(query), header: (name) => headerOf(headers, name), body: bytes })?.own
  );
}
