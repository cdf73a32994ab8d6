import { buildRequest } from './build-request.ts';
import type { OperationHandle } from './call.ts';
import type { Context } from './context.ts';
import { CountersignError, ValidationError } from './errors/index.ts';
import { keepToken } from './log-in.ts';
import type { CallOptions } from './options.ts';
import { type CallInput, errorContext, type Outcome, type Run } from './run.ts';
import { send } from './send.ts';
import { checkInput } from './validate.ts';

/** @param loginOf the session that this call logs in to */
export function createRun(
  ctx: Context,
  { operation, validators }: OperationHandle,
  input: CallInput,
  options: CallOptions,
  loginOf?: string,
): Run {
  const { api, clock } = ctx;
  const stated = { ...api.timeout, ...operation.timeout };
  const chosen = { ...ctx.options.timeout, ...options.timeout };
  const callTimeout = chosen.call ?? stated.call ?? 120_000;
  const startedAt = clock.now();
  return {
    ctx,
    operation,
    validators,
    options,
    input,
    state: {
      provider: api.provider,
      operation: operation.id,
      method: operation.method,
      url: '',
      headers: new Headers(),
      body: undefined,
      attempt: 0,
      startedAt,
      response: undefined,
      error: undefined,
      delay: undefined,
      meta: {},
    },
    deadline: startedAt + callTimeout,
    callTimeout,
    attemptTimeout: chosen.attempt ?? stated.attempt ?? 30_000,
    secrets: new Set(),
    tokens: new Map(),
    rejected: new Map(),
    corrected: false,
    loginOf,
    dry: false,
  };
}

/** An operation that the provider knows by a key gets one, the same for all attempts. */
function addIdempotencyKey(run: Run): void {
  const { retry } = run.operation;
  if (typeof retry !== 'object') return;
  const { in: within, name } = retry.idempotent.key;
  const part = ({ header: 'headers', query: 'query', cookie: 'cookies', body: 'body' } as const)[within];
  const given = run.options.idempotencyKey;
  const present = run.input[part] as Readonly<Record<string, unknown>> | undefined;
  const found = Object.keys(present ?? {}).some((key) => key.toLowerCase() === name.toLowerCase());
  if (given === undefined && found) return;
  run.input = { ...run.input, [part]: { ...present, [name]: given ?? crypto.randomUUID() } };
}

/** A call from first to last: it settles with an outcome, and throws only what is no error of the call (a hook's bug). */
export async function perform(
  ctx: Context,
  handle: OperationHandle,
  input: CallInput,
  options: CallOptions,
  loginOf?: string,
): Promise<{ readonly run: Run; readonly outcome: Outcome }> {
  const run = createRun(ctx, handle, input, options, loginOf);
  const bodyType = handle.operation.body?.content[0];
  let outcome: Outcome;
  try {
    addIdempotencyKey(run);
    await checkInput(run, bodyType);
    outcome = await buildRequest(run, bodyType, (draft) => send(run, draft));
    if (!outcome.error) await keepToken(run, outcome);
  } catch (error) {
    if (error instanceof CountersignError) outcome = { error };
    else if (error instanceof URIError) {
      const issue = {
        pointer: '',
        type: 'string',
        message: 'a text with half a character (a lone surrogate) cannot be sent',
      };
      outcome = { error: new ValidationError('input', [issue], errorContext(run)) };
    } else throw error;
  }
  if (outcome.error) {
    run.state.error = outcome.error;
    await ctx.options.hooks?.onError?.(run.state);
  }
  return { run, outcome };
}
