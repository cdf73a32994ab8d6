import { authorize } from './authorize.ts';
import { thrown } from './configuration.ts';
import { connectionError } from './connection.ts';
import { within } from './deadline.ts';
import { DELIVERED, type Draft, type DraftInit, openapiFetch } from './draft.ts';
import { ConfigurationError, ConnectionError, TimeoutError } from './errors/index.ts';
import { debug } from './events.ts';
import type { Fetch } from './options.ts';
import { receive } from './receive.ts';
import { loadRetries } from './retry.ts';
import { errorContext, timeLeft } from './run.ts';
import type { Outcome, Run, Watch } from './types.ts';

/** Methods that `fetch` does not send (Fetch standard, section 2.2.1). */
const FORBIDDEN = /^(TRACE|TRACK|CONNECT)$/;

/** Signs and sends one request, and passes its response on. */
async function exchange(
  run: Run,
  draft: Draft,
  receive: (run: Run, response: Response) => Promise<Outcome>,
): Promise<Outcome> {
  const { state, ctx, timeout } = run;
  const { fetch = globalThis.fetch as Fetch, fetchOptions, hooks } = ctx.options;
  if (FORBIDDEN.test(state.method))
    throw new ConfigurationError(`${state.method} cannot be sent: \`fetch\` forbids the method`, errorContext(run));
  state.attempt += 1;
  state.response = state.error = undefined;
  state.url = draft.url;
  state.body = draft.body;
  // The state of the last attempt is discarded.
  state.headers = draft.headers;
  if (hooks?.onRequest) await hooks.onRequest(state);
  const { url, headers, body, signatures } = await authorize(run);
  const { method } = state;
  debug(run, 'request', () => ({ method, url, signed: signatures.map(({ message }) => message) }));
  return within(run, timeout.attempt, async (signal) => {
    // A redirect would send credentials, and a signature of another URL, to any host that it names.
    const init = {
      redirect: 'manual',
      duplex: 'half',
      ...fetchOptions,
      ...draft.init,
      method,
      headers,
      body: body ?? null,
      signal,
    } as const;
    let response: Response;
    try {
      response = await fetch(url, init);
    } catch (error) {
      throw connectionError(run, error, false);
    }
    const { status, ok, headers: received } = response;
    state.response = { status, ok, headers: received };
    if (hooks?.onResponse) await hooks.onResponse(state);
    return await receive(run, response);
  });
}

async function attempt(run: Run, init: DraftInit): Promise<Outcome> {
  let outcome: Outcome = {};
  const fetch = async (draft: Draft) => {
    outcome = await exchange(run, draft, receive);
    return DELIVERED;
  };
  try {
    if (run.options.middleware?.length) {
      const { throughMiddleware } = await import('./middleware.ts');
      return await throughMiddleware(run, init, { openapiFetch, exchange, receive, thrown, within });
    }
    await openapiFetch(run.state.method, run.operation.path, { ...init, fetch });
    return outcome;
  } catch (error) {
    if (error instanceof ConnectionError) return { error, transient: true };
    if (error instanceof TimeoutError) return { error, transient: error.scope === 'attempt' };
    throw error;
  }
}

/** Makes attempts until one ends the call. */
export async function send(run: Run, init: DraftInit): Promise<Outcome> {
  const watch = await run.ctx.with.watch?.(run);
  if (!watch) return repeat(run, init);
  let last: Outcome | undefined;
  try {
    last = await repeat(run, init, watch);
    return last;
  } finally {
    watch.end(last);
  }
}

async function repeat(run: Run, init: DraftInit, watch?: Watch): Promise<Outcome> {
  const { ctx, state, loginOf } = run;
  for (;;) {
    // A login does not wait, because the attempt that needs it already has its turn.
    if (ctx.retries && !loginOf) await within(run, Infinity, ctx.retries.enter);
    const turn = ++ctx.begun;
    watch?.begin();
    let outcome: Outcome | undefined;
    try {
      outcome = await attempt(run, init);
      if (outcome.error) await loadRetries(ctx);
    } finally {
      ctx.ended += 1;
      ctx.retries?.leave(run, turn, outcome);
    }
    const { error } = outcome;
    debug(run, 'response', () => ({ status: state.response?.status, error: error?.message }));
    if (!error) return outcome;
    const end = await watch?.failed(outcome);
    if (end) return end;
    const delay = ctx.retries?.delay(run, outcome, timeLeft(run));
    if (delay === undefined) return outcome;
    Object.assign(state, { error, delay });
    debug(run, 'retry', () => ({ delay }));
    await ctx.options.hooks?.onRetry?.(state);
    if (delay > 0) await within(run, Infinity, (signal) => ctx.clock.sleep(delay, signal));
  }
}
