import type { OperationDescriptor } from '../contract/index.ts';
import { makeNonce } from '../signing/index.ts';
import { buildRequest, refuse } from './build-request.ts';
import type { OperationHandle } from './call.ts';
import type { Context } from './context.ts';
import { CountersignError } from './errors/index.ts';
import { loadValidators } from './load-validators.ts';
import { keepToken } from './log-in.ts';
import type { CallOptions } from './options.ts';
import type { CallInput, Outcome, Run } from './run.ts';
import { send } from './send.ts';
import { checkInput } from './validate.ts';

/** What is undefined does not go before anything. */
const defined = <T extends object>(members: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } | undefined =>
  members && (Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never);

/** With what dispatch tells the operation by: callers need not give it, and it is checked with the rest. */
const withFixed = ({ when }: OperationDescriptor, input: CallInput): CallInput =>
  when
    ? {
        ...input,
        query: {
          ...Object.fromEntries(when.flatMap((c) => ('equals' in c ? [[c.query, c.equals]] : []))),
          ...input.query,
        },
      }
    : input;

export function createRun(
  ctx: Context,
  { operation, validators }: OperationHandle,
  input: CallInput,
  given: CallOptions,
  { loginOf, dry = false }: Partial<Pick<Run, 'loginOf' | 'dry'>> = {},
): Run {
  const { api, clock, options } = ctx;
  return {
    ctx,
    operation,
    validators: typeof validators === 'function' ? undefined : validators,
    options: { ...options, ...defined(given), validation: { ...options.validation, ...defined(given.validation) } },
    input: withFixed(operation, input),
    state: {
      provider: api.provider,
      operation: operation.id,
      method: operation.method,
      url: '',
      headers: new Headers(),
      body: undefined,
      attempt: 0,
      startedAt: clock.now(),
      response: undefined,
      error: undefined,
      delay: undefined,
      meta: {},
    },
    timeout: {
      attempt: 30_000,
      call: 120_000,
      ...api.timeout,
      ...operation.timeout,
      ...defined(options.timeout),
      ...defined(given.timeout),
    },
    secrets: new Set(ctx.secrets),
    tokens: new Map(),
    rejected: new Map(),
    corrected: false,
    loginOf,
    dry,
  };
}

const PARTS = { header: 'headers', query: 'query', cookie: 'cookies', body: 'body' } as const;

/** An operation that the provider knows by a key gets one, the same for all attempts. */
function addIdempotencyKey(run: Run): void {
  const { retry } = run.operation;
  if (typeof retry !== 'object') return;
  const { in: within, name } = retry.idempotent.key;
  const part = run.input[PARTS[within]] as Readonly<Record<string, unknown>> | undefined;
  const key = run.options.idempotencyKey ?? part?.[name] ?? makeNonce(16);
  run.input = { ...run.input, [PARTS[within]]: { ...part, [name]: key } };
}

/** A call from first to last: it settles with an outcome, and throws only what is no error of the call (a hook's bug). */
export async function perform(
  ctx: Context,
  handle: OperationHandle,
  input: CallInput,
  options: CallOptions,
  more?: Parameters<typeof createRun>[4],
): Promise<{ readonly run: Run; readonly outcome: Outcome }> {
  const run = createRun(ctx, handle, input, options, more);
  const mediaType = handle.operation.body?.content[0] ?? 'application/json';
  let outcome: Outcome;
  try {
    addIdempotencyKey(run);
    if (typeof handle.validators === 'function') await loadValidators(run, handle.validators);
    const checking = checkInput(run, mediaType);
    if (checking instanceof Promise) await checking;
    outcome = await buildRequest(run, mediaType, (draft) => send(run, draft));
    if (!outcome.error && ctx.sessions.size) await keepToken(run, outcome);
  } catch (error) {
    if (error instanceof CountersignError) outcome = { error };
    else if (error instanceof URIError) outcome = { error: refuse(run, '', '', 'a lone surrogate') };
    else throw error;
  }
  if (outcome.error) {
    run.state.error = outcome.error;
    await ctx.options.hooks?.onError?.(run.state);
  }
  return { run, outcome };
}
