import type { Draft, DraftInit, openapiFetch } from './draft.ts';
import type { Middleware } from './middleware-types.ts';
import type { Outcome, Run } from './types.ts';

// The first call with middleware loads this file. Functions of the client are arguments: otherwise a bundler would move
// the shared module out of the client's first chunk.

type Receive = (run: Run, response: Response) => Promise<Outcome>;

/** The functions of the client that middleware uses. */
export type Lent = {
  readonly openapiFetch: typeof openapiFetch;
  /** Signs and sends a request, and passes its response on. */
  readonly exchange: (run: Run, draft: Draft, receive: Receive) => Promise<Outcome>;
  readonly receive: Receive;
  /** Returns the error for an exception in the caller's own code. */
  readonly thrown: (run: Run, cause: unknown) => Error;
  readonly within: <T>(run: Run, limit: number, work: () => Promise<T>) => Promise<T>;
};

/** Properties that a middleware can change in addition to URL, method, headers and body. */
const MEMBERS = ['cache', 'credentials', 'integrity', 'keepalive', 'mode', 'redirect', 'referrer', 'referrerPolicy'];

const isMiddleware = (given: Middleware): boolean =>
  typeof given === 'object' && ['onRequest', 'onResponse', 'onError'].some((name) => name in given);

/** The middleware of the client, then that of the call: the order of openapi-fetch. */
function middlewareOf({ ctx, options }: Run): readonly Middleware[] {
  const [shared = [], own = []] = [ctx.options.middleware, options.middleware];
  return own === shared ? own : [...shared, ...own];
}

/** The original body, unless a middleware replaced the request: reading a `Request` converts text to bytes. */
async function bodyOf(request: Request, built: Request | undefined, given: DraftInit['body']): Promise<Draft['body']> {
  if (request === built) return given;
  if (given instanceof ReadableStream || given instanceof Blob) return request.body ?? undefined;
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.length > 0 || given !== undefined ? bytes : undefined;
}

function changesOf(request: Request, built: Request | undefined): object {
  const read = (name: string, from: unknown) => (from as Readonly<Record<string, unknown>> | undefined)?.[name];
  const changed = MEMBERS.filter((name) => read(name, request) !== read(name, built));
  return Object.fromEntries(changed.map((name) => [name, read(name, request)]));
}

/**
 * One attempt through openapi-fetch with middleware. Middleware sees requests before credentials and signature are
 * added, so that its changes are signed, and responses before they are evaluated. The time that middleware takes counts
 * for the attempt.
 */
export async function throughMiddleware(run: Run, init: DraftInit, lent: Lent): Promise<Outcome> {
  const { openapiFetch, exchange, receive, thrown, within } = lent;
  const { state, options } = run;
  let outcome: Outcome = {};
  let built: Request | undefined;
  // A middleware may send again. Each request that was sent waits here for the outcome of the attempt.
  const waiting: ((outcome: Outcome) => void)[] = [];
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});

  async function finish(response: Response): Promise<Response> {
    const { status, ok, headers } = response;
    state.response = { status, ok, headers };
    try {
      outcome = await receive(run, response);
    } finally {
      for (const settle of waiting) settle(outcome);
    }
    // The response has the class that is global at this moment, because servers for Node replace it.
    return new Response(null, { status: 204 });
  }

  async function send(request: Request, hand: (response: Response) => void): Promise<Outcome> {
    const headers = new Headers(request.headers);
    const body = await bodyOf(request, built, init.body);
    (state as { method: string }).method = request.method;
    return exchange(run, { url: request.url, headers, body, init: changesOf(request, built) }, (_, response) => {
      hand(response);
      return new Promise((settle) => waiting.push(settle));
    });
  }

  const fetch = (request: Request): Promise<Response> =>
    new Promise((resolve, reject) => {
      let stop = reject;
      const hand = (response: Response): void => {
        // While middleware processes the response, only the attempt as a whole can fail.
        stop = fail;
        resolve(response);
      };
      send(request, hand).catch((error) => stop(error));
    });

  const guarded = async <T>(work: () => T): Promise<Awaited<T>> => {
    try {
      return await work();
    } catch (error) {
      throw thrown(run, error);
    }
  };
  const wrap = (given: Middleware): Middleware => ({
    async onRequest(about) {
      const result = await guarded(() => given.onRequest?.(about));
      if (!(result instanceof Response)) return result;
      // Nothing is sent, but it counts as an attempt, so that retries end.
      state.attempt += 1;
      state.error = undefined;
      return finish(result);
    },
    onResponse: (about) => guarded(() => given.onResponse?.(about)),
    onError: (about) => guarded(() => given.onError?.(about)),
  });
  // The first middleware sees the request as openapi-fetch built it, and the response after all other middleware.
  const ours: Middleware = {
    onRequest: ({ request }) => {
      built = request;
    },
    onResponse: ({ response }) => finish(response),
  };
  const middleware = middlewareOf(run);
  if (!middleware.every(isMiddleware))
    throw thrown(run, new TypeError('a middleware must have onRequest, onResponse or onError'));
  const whole = openapiFetch(run.operation.method, run.operation.path, {
    ...init,
    ...{ Request, duplex: 'half', signal: options.signal, middleware: [ours, ...middleware.map(wrap)] },
    fetch: fetch as never,
  });
  await within(run, Infinity, () => Promise.race([whole, failed]));
  return outcome;
}
