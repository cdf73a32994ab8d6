import { authorize, type SignedRequest } from './authorize.ts';
import type { Draft } from './build-request.ts';
import { isUnsent, reasonOf } from './connection.ts';
import { within } from './deadline.ts';
import { ApiError, ConnectionError, CountersignError, TimeoutError } from './errors/index.ts';
import { debug } from './events.ts';
import { receive } from './receive.ts';
import { redact } from './redact.ts';
import { retryDelay } from './retry.ts';
import { errorContext, type Outcome, type Run } from './run.ts';
import { isExpired } from './session.ts';

/** A wrong clock is one that is off by more than the `Date` header's own coarseness. Milliseconds. */
const SKEW = 2_000;

async function exchange(run: Run, request: SignedRequest, signal: AbortSignal): Promise<Outcome> {
  const { ctx, state } = run;
  const { fetch = globalThis.fetch as never, fetchOptions, hooks } = ctx.options;
  const { headers, body = null } = request;
  let head = false;
  try {
    // A redirect would carry credentials, and a signature over another URL, to whoever it names.
    const init: RequestInit = { redirect: 'manual', ...fetchOptions, method: state.method, headers, body, signal };
    const response = await (fetch as NonNullable<typeof ctx.options.fetch>)(request.url, init);
    head = true;
    state.response = response;
    await hooks?.onResponse?.(state);
    return await receive(run, response);
  } catch (error) {
    if (error instanceof CountersignError || !(head ? signal.aborted || isTransport(error) : true)) throw error;
    const reason = redact(reasonOf(error), run.secrets);
    const sent = head || !isUnsent(error);
    return { error: new ConnectionError(reason, sent, errorContext(run), undefined), unsent: !sent, transient: true };
  }
}

const isTransport = (error: unknown): boolean => error instanceof TypeError || (error as Error)?.name === 'AbortError';

async function attempt(run: Run, draft: Draft): Promise<Outcome> {
  const { state, ctx } = run;
  const { onRequest } = ctx.options.hooks ?? {};
  state.attempt += 1;
  state.response = undefined;
  state.url = draft.url;
  state.body = draft.body;
  state.headers = onRequest ? new Headers(draft.headers) : draft.headers;
  await onRequest?.(state);
  const request = await authorize(run);
  debug(run, 'request', () => ({
    method: state.method,
    url: request.url,
    signed: request.signatures.map(({ message }) => message),
  }));
  try {
    return await within(run, run.attemptTimeout, (signal) => exchange(run, request, signal));
  } catch (error) {
    if (error instanceof TimeoutError) return { error, transient: error.scope === 'attempt' };
    throw error;
  }
}

/** A refused token or timestamp: the provider did nothing, so that one corrected attempt is safe for any operation. */
function correct(run: Run, { error }: Outcome): boolean {
  if (!(error instanceof ApiError)) return false;
  const { ctx, tokens, rejected, state } = run;
  for (const [name, token] of tokens) {
    const session = ctx.sessions.get(name);
    if (!session || rejected.has(name) || !isExpired(session.scheme, error.code, error.status)) continue;
    rejected.set(name, token);
    return true;
  }
  const text = ctx.api.envelope.errors[String(error.code)]?.clockSkew;
  const date = Date.parse(state.response?.headers.get('date') ?? '');
  if (run.corrected || !text || !error.providerMessage?.toLowerCase().includes(text.toLowerCase())) return false;
  const offset = date - ctx.clock.now();
  if (!(Math.abs(offset - ctx.clockOffset) > SKEW)) return false;
  ctx.clockOffset = offset;
  run.corrected = true;
  return true;
}

/** Attempts, until one ends the call. */
export async function send(run: Run, draft: Draft): Promise<Outcome> {
  const { ctx, state } = run;
  for (;;) {
    const outcome = await attempt(run, draft);
    const { error } = outcome;
    debug(run, 'answer', () => ({ status: state.response?.status, error: error?.message }));
    if (!error) return outcome;
    const delay = correct(run, outcome) ? 0 : retryDelay(run, outcome);
    if (delay === undefined) return outcome;
    state.error = error;
    state.delay = delay;
    debug(run, 'retry', () => ({ delay }));
    await ctx.options.hooks?.onRetry?.(state);
    if (delay > 0) await within(run, Infinity, (signal) => ctx.clock.sleep(delay, signal));
    state.error = undefined;
  }
}
