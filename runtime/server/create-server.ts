import { Hono } from 'hono';
import { basePath } from 'hono/route';
import type { ApiDescriptor } from '../contract/index.ts';
import { addExtensions } from '../validators/named/extensions.ts';
import { isPending } from './after.ts';
import { compileBodyReader, type ReadBody } from './body-reader.ts';
import { Call, type Shared } from './call.ts';
import { createMemoryDeliveryStore } from './delivery-store.ts';
import { compileEnvelope } from './envelope.ts';
import { ConfigurationError, typeNameOf } from './errors.ts';
import { FetchIncoming } from './fetch-incoming.ts';
import { type Found, findRoute, type Options } from './find-route.ts';
import { type Incoming, type Sent, withResponder } from './incoming.ts';
import { bindLogger, consoleLogger } from './logger.ts';
import { compileProxies } from './proxies.ts';
import { Refusal } from './refusal.ts';
import { createMemoryReplayStore } from './replay-store.ts';
import { requestIdOf } from './request-id.ts';
import { type Outgoing, toOutgoing } from './response.ts';
import { createRouter } from './router.ts';
import { compileRoutes } from './routes.ts';
import { createRunner, INTERNAL_MESSAGE } from './run.ts';
import { compileSecrets, configuredSecrets } from './secrets.ts';
import { createSecurityCompiler } from './security/compile.ts';
import { toResponse, toSent } from './sent.ts';
import type { ServerDefinition, ServerOptions } from './types.ts';

/**
 * A server of one contract, for any platform that supports web standards.
 *
 * @example
 * ```ts
 * import { Hono } from 'hono';
 * import { createDiceyFunServer } from '@countersign/dicey-fun/server';
 *
 * const server: Server = createDiceyFunServer({ handlers: {} });
 * export default new Hono().route('/partners/dicey-fun', server.app);
 * ```
 */
export type Server = {
  /**
   * Handles a `Request` and returns a `Response`, on any platform with web standards. `environment` contains the
   * bindings of the platform, as Hono passes them.
   */
  readonly fetch: (request: Request, environment?: unknown) => Response | Promise<Response>;
  /** A Hono application that another application can mount under any prefix. */
  readonly app: Hono;
};

const MEBIBYTE = 1024 * 1024;

/**
 * Creates a server of an API. Every request passes routing, the size limit, credentials, signature and validation
 * before its handler runs. The handler's response is validated before it is sent. Every rejection uses the provider's
 * envelope. Generated packages call this function: see `create<Provider>Server`.
 *
 * @throws {ConfigurationError} if a scheme that a handler needs has no credentials
 */
export function createServer<Handlers extends object, Services, Api extends ApiDescriptor>(
  definition: ServerDefinition & { readonly api: Api },
  options: ServerOptions<Handlers, Services, Api>,
): Server {
  const {
    handlers,
    open = {},
    security = {},
    clock = Date.now,
    replayStore = createMemoryReplayStore({ clock }),
    deliveryStore = createMemoryDeliveryStore({ clock }),
    bodyLimit = MEBIBYTE,
    deadline,
    paths = {},
    validation: { input = 'throw', answers = 'throw', responses = answers } = {},
    unknownKeys = definition.unknownKeys ?? 'strip',
    logger = consoleLogger,
    requestIdHeader = 'x-request-id',
    trustedProxies = 0,
    publicUrl,
    clientAddress,
    rateLimit,
    onError,
    onReject,
    environment = globalThis.process?.env ?? {},
    services,
  } = options;
  const { api, oauth, signers } = definition;
  const { faults } = api.envelope;
  if (security !== false && (typeof security !== 'object' || Array.isArray(security)))
    throw new ConfigurationError(
      `The option security must be an object with a value or a function for each scheme, or false, received ${typeNameOf(security)}`,
    );
  const sources = (security || {}) as Readonly<Record<string, unknown>>;
  addExtensions(definition.extensions ?? []);
  const compileSecurity = createSecurityCompiler({
    api,
    signers,
    oauth,
    sources,
    environment,
    replayStore,
    isOpen: security === false,
  });
  const routes = compileRoutes({
    definition,
    handlers: handlers as Readonly<Record<string, unknown>>,
    open: open as Readonly<Record<string, unknown>>,
    compileSecurity,
    deadline,
    paths,
    validation: { input, responses },
    unknownKeys,
    requestIdHeader,
  });
  const router = createRouter(routes);
  const configured = configuredSecrets(api, sources, environment);
  const shared: Shared = {
    xml: definition.xml,
    services,
    logger,
    clock,
    secretsOf: compileSecrets(api, configured),
    proxies: compileProxies({ trustedProxies, publicUrl, clientAddress }),
  };
  const bodies = compileBodyReader(faults, bodyLimit);
  const run = createRunner({ faults, bodyLimit, bodies, deliveryStore, rateLimit, onError, onReject });
  const envelope = compileEnvelope(api.envelope, true);

  const send = ({ status, body, contentType, headers }: Outgoing, requestId: string, head: boolean): Sent => {
    const all: Record<string, string | readonly string[]> = { [requestIdHeader]: requestId };
    if (contentType !== undefined) all['content-type'] = contentType;
    // A challenge belongs to a 401, or lists the scopes that a 403 requires. A rejection in the body may have another
    // status.
    for (const name in headers) {
      if (name !== 'www-authenticate' || status === 401 || status === 403) all[name] = headers[name] as string;
    }
    return toSent(status, all, head ? null : body);
  };

  const refuse = ({ code, message, headers }: Refusal): Outgoing => toOutgoing(envelope.fail(code, message), headers);
  const unwritten = new Refusal(faults.notImplemented, 'not implemented');
  const failed = new Refusal(faults.internal, INTERNAL_MESSAGE);

  /** Converts the response. If the conversion fails, the response reports a failure. */
  const serve = <T>(incoming: Incoming, prefix: string, convert: (sent: Sent) => T): T | Promise<T> => {
    const head = incoming.method === 'HEAD';
    const requestId = requestIdOf(incoming, requestIdHeader);
    const reply = (outgoing: Outgoing): T => convert(send(outgoing, requestId, head));
    const fail = (error: unknown): T => {
      bindLogger(logger, { requestId }, () => configured).error?.({ error }, 'a call failed');
      return reply(refuse(failed));
    };
    const handle = (found: Found | Refusal, body?: ReadBody): T | Promise<T> => {
      if (found instanceof Refusal) return reply(refuse(found));
      // The status is always 501, even if failures are reported in the body. No contract declares it, and monitoring
      // must see it.
      if (!found.route.handler && !found.unhandled) return reply({ ...refuse(unwritten), status: 501 });
      const call = new Call(shared, found, incoming, requestId);
      if (body) call.keepBody(body);
      const finish = (given: Outgoing): T => {
        const outgoing = call.spools.length > 0 ? releaseAfter(given, call) : given;
        if (logger.info) logResponse(call, outgoing, clock());
        return reply(outgoing);
      };
      const outgoing = run(found.route, call, found.unhandled);
      return isPending(outgoing) ? Promise.resolve(outgoing.then(finish)).catch(fail) : finish(outgoing);
    };
    try {
      const found = findRoute(router, faults, incoming, prefix);
      if (found instanceof Refusal) return handle(found);
      if ('allow' in found) return reply(toOptions(found));
      if (!('decide' in found)) return handle(found);
      const read = bodies.read(incoming);
      const decide = (body: ReadBody | Refusal): T | Promise<T> =>
        body instanceof Refusal ? handle(body) : handle(found.decide(body.content), body);
      return isPending(read) ? read.then(decide).catch(fail) : decide(read);
    } catch (error) {
      return fail(error);
    }
  };

  const respond = (request: Request, platform: unknown, prefix: string): Response | Promise<Response> =>
    serve(new FetchIncoming(request, platform), prefix, toResponse);
  const app = new Hono();
  app.all('*', (context) => respond(context.req.raw, context.env, basePath(context)));
  const fetch: Server['fetch'] = (request, platform) => respond(request, platform, '');
  return { fetch: withResponder(fetch, (incoming) => serve(incoming, '', asItIs)), app };
}

const asItIs = (sent: Sent): Sent => sent;

/** Removes uploads from disk after the response is sent, because the response may be one of them. */
function releaseAfter(outgoing: Outgoing, call: Call): Outgoing {
  const release = (): Promise<unknown> => Promise.all(call.spools.map((spool) => spool.remove()));
  const body = outgoing.body instanceof Blob ? outgoing.body.stream() : outgoing.body;
  if (!(body instanceof ReadableStream)) {
    release();
    return outgoing;
  }
  const reader = body.getReader();
  const released = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      controller.close();
      await release();
    },
    async cancel(reason) {
      await reader.cancel(reason);
      await release();
    },
  });
  return { ...outgoing, body: released };
}

function toOptions({ allow }: Options): Outgoing {
  return { status: 204, body: null, contentType: undefined, headers: { allow } };
}

/** The log contains the path template instead of the path, because a parameter may be secret. */
function logResponse(call: Call, { status }: Outgoing, now: number): void {
  const { method, path } = call.operation;
  call.logger.info?.({ method, path, status, elapsed: now - call.now }, 'responded');
}
