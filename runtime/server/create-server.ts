import { Hono } from 'hono';
import { basePath } from 'hono/route';
import type { ApiDescriptor, Code } from '../contract/index.ts';
import { type Outgoing, toOutgoing } from './answer.ts';
import { Call, type Shared } from './call.ts';
import { compileClientAddress } from './client-address.ts';
import { describeVariants, pickVariant } from './dispatch.ts';
import { compileEnvelope } from './envelope.ts';
import { bindLogger, consoleLogger } from './logger.ts';
import { parseQuery } from './query.ts';
import { createMemoryReplayStore } from './replay-store.ts';
import { requestIdOf } from './request-id.ts';
import { createRouter } from './router.ts';
import { compileRoutes, type Route } from './routes.ts';
import { createRunner, INTERNAL_MESSAGE } from './run.ts';
import { compileSecrets, configuredSecrets } from './secrets.ts';
import { createSecurityCompiler } from './security/compile.ts';
import type { ServerDefinition, ServerOptions } from './types.ts';
import { splitUrl } from './url.ts';

export type Server = {
  /** A bare handler, for whatever speaks the web's standards. `environment` is the platform's own, as Hono passes it. */
  readonly fetch: (request: Request, environment?: unknown) => Promise<Response>;
  /** To be mounted in another Hono application, under any prefix. */
  readonly app: Hono;
};

const MEBIBYTE = 1024 * 1024;

/**
 * A server of an API: every request goes through routing, size limit, credentials, signature and validation before its
 * handler runs, and the handler's answer is checked before it goes out. Whatever is refused speaks the provider's envelope.
 * @throws {ConfigurationError} where a scheme that a handler needs has nothing to check against
 */
export function createServer<Handlers extends object, Services, Api extends ApiDescriptor>(
  definition: ServerDefinition & { readonly api: Api },
  options: ServerOptions<Handlers, Services, Api>,
): Server {
  const {
    handlers,
    security = {},
    clock = Date.now,
    replayStore = createMemoryReplayStore({ clock }),
    bodyLimit = MEBIBYTE,
    deadline,
    validation: { input = 'throw', answers = 'throw' } = {},
    logger = consoleLogger,
    requestIdHeader = 'x-request-id',
    trustedProxies = 0,
    clientAddress,
    rateLimit,
    onError,
    environment = globalThis.process?.env ?? {},
    services,
  } = options;
  const { api, signers } = definition;
  const { faults } = api.envelope;
  const sources = security as Readonly<Record<string, unknown>>;
  const compileSecurity = createSecurityCompiler({ api, signers, sources, environment, replayStore });
  const routes = compileRoutes({
    definition,
    handlers: handlers as Readonly<Record<string, unknown>>,
    compileSecurity,
    deadline,
    validation: { input, answers },
  });
  const router = createRouter(routes);
  const configured = configuredSecrets(api, sources, environment);
  const shared: Shared = {
    services,
    logger,
    clock,
    secretsOf: compileSecrets(api, configured),
    addressOf: compileClientAddress({ trustedProxies, clientAddress }),
  };
  const run = createRunner({ faults, bodyLimit, rateLimit, onError });
  const envelope = compileEnvelope(api.envelope, true);

  const send = ({ status, body, contentType, headers }: Outgoing, requestId: string, head: boolean): Response => {
    const all: Record<string, string> = { [requestIdHeader]: requestId };
    if (contentType !== undefined) all['content-type'] = contentType;
    // A challenge belongs to a 401, and an in-band refusal may travel with another status.
    for (const name in headers) if (name !== 'www-authenticate' || status === 401) all[name] = headers[name] as string;
    return new Response(head ? null : body, { status, headers: all });
  };

  const answer = async (request: Request, platform: unknown, prefix: string): Promise<Response> => {
    const requestId = requestIdOf(request, requestIdHeader);
    const { method } = request;
    const head = method === 'HEAD';
    const refuse = (code: Code, message: string, headers?: Outgoing['headers']): Response =>
      send(toOutgoing(envelope.fail(code, message), headers), requestId, head);

    const { path, query: queryText } = splitUrl(request.url, prefix);
    const found = router.find(path);
    if (!found) return refuse(faults.notFound, 'no such path');
    const { methods, allow } = found.value;
    const variants = methods.get(method);
    if (!variants) {
      if (method === 'OPTIONS')
        return send({ status: 204, body: null, contentType: undefined, headers: { allow } }, requestId, head);
      return refuse(faults.methodNotAllowed, `method must be ${allow}`, { allow });
    }
    const query = variants.conditional.length > 0 ? parseQuery(queryText) : undefined;
    const route: Route | undefined = query ? pickVariant(variants, query) : variants.plain;
    if (!route) return refuse(faults.notFound, `no such operation: the query must have ${describeVariants(variants)}`);
    if (!route.handler) return refuse(faults.notImplemented, 'not implemented');

    const { operation, limit } = route;
    const call = new Call(shared, {
      request,
      env: platform,
      operation,
      path: found.values,
      query,
      queryText,
      requestId,
      limit,
    });
    const outgoing = await run(route, call);
    if (logger.info) {
      const { status } = outgoing;
      call.logger.info?.({ method, path: operation.path, status, elapsed: clock() - call.now }, 'answered');
    }
    return send(outgoing, requestId, head);
  };

  const guarded = async (request: Request, platform: unknown, prefix: string): Promise<Response> => {
    try {
      return await answer(request, platform, prefix);
    } catch (error) {
      bindLogger(logger, {}, () => configured).error?.({ error }, 'a call failed');
      return send(
        toOutgoing(envelope.fail(faults.internal, INTERNAL_MESSAGE)),
        crypto.randomUUID(),
        request.method === 'HEAD',
      );
    }
  };

  const app = new Hono();
  app.all('*', (context) => guarded(context.req.raw, context.env, basePath(context)));
  return { fetch: (request, platform) => guarded(request, platform, ''), app };
}
