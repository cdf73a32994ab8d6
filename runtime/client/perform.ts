import type { OperationDescriptor } from '../contract/index.ts';
import { makeNonce } from '../signing/index.ts';
import { buildRequest, mediaTypeOf, refuse } from './build-request.ts';
import type { OperationHandle } from './call.ts';
import { CountersignError } from './errors/index.ts';
import { loadValidators } from './load-validators.ts';
import { keepToken } from './log-in.ts';
import type { CallOptions } from './options.ts';
import { redact } from './redact.ts';
import { send } from './send.ts';
import { declaredHeader } from './serialize-parameters.ts';
import type { CallInput, Context, Outcome, Run } from './types.ts';
import { checkInput } from './validate.ts';

export function createRun(
  ctx: Context,
  { operation, validators }: OperationHandle,
  input: CallInput,
  given: CallOptions,
  { loginOf, dry = false }: Partial<Pick<Run, 'loginOf' | 'dry'>> = {},
): Run {
  const { api, clock, options } = ctx;
  const complete = completed(operation, input, given.idempotencyKey);
  return {
    ctx,
    operation,
    validators: typeof validators === 'function' ? undefined : validators,
    options: { ...options, ...defined(given), validation: { ...options.validation, ...defined(given.validation) } },
    input: complete,
    state: {
      provider: api.provider,
      operation: operation.id,
      method: operation.method,
      url: '',
      headers: new Headers(),
      attempt: 0,
      startedAt: clock.now(),
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
    secrets: new Set([...ctx.secrets, ...secretsIn(operation, complete)]),
    tokens: new Map(),
    rejected: new Map(),
    corrected: false,
    clockOffset: 0,
    loginOf,
    dry,
    perform,
  };
}

const PARTS = { path: 'path', header: 'headers', query: 'query', cookie: 'cookies', body: 'body' } as const;

type Parts = { [part: string]: Readonly<Record<string, unknown>> };

/**
 * With what dispatch tells the operation by: callers need not give it, and it is checked with the rest. An operation that
 * the provider knows by a key gets one, the same for all attempts. Header names are as the contract writes them.
 */
function completed(operation: OperationDescriptor, input: CallInput, key: string | undefined): CallInput {
  const { when = [], retry } = operation;
  const parts = { ...input } as Parts;
  for (const c of when) if ('equals' in c) parts.query = { [c.query]: c.equals, ...parts.query };
  if (typeof retry === 'object') {
    const { in: within, name } = retry.idempotent.key;
    const part = parts[PARTS[within]];
    parts[PARTS[within]] = { ...part, [name]: key ?? part?.[name] ?? makeNonce(16) };
  }
  if (parts.headers)
    parts.headers = Object.fromEntries(
      Object.entries(parts.headers).map(([name, value]) => [declaredHeader(operation, name)?.name ?? name, value]),
    );
  return parts;
}

/** What of an input may not show. */
const secretsIn = ({ parameters }: OperationDescriptor, input: CallInput): string[] =>
  parameters.flatMap(({ name, in: within, secret }) =>
    secret ? [input[PARTS[within]]?.[name] ?? ''].flat().map(String) : [],
  );

/** What is undefined does not go before anything. */
const defined = <T extends object>(members: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } | undefined =>
  members && (Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never);

/** A call from first to last: it settles with an outcome, and throws only what is no error of the call (a hook's bug). */
export async function perform(
  ctx: Context,
  handle: OperationHandle,
  input: CallInput,
  options: CallOptions,
  more?: Parameters<typeof createRun>[4],
): Promise<{ readonly run: Run; readonly outcome: Outcome }> {
  const run = createRun(ctx, handle, input, options, more);
  let outcome: Outcome;
  try {
    if (typeof handle.validators === 'function') await loadValidators(run, handle.validators);
    const mediaType = mediaTypeOf(run);
    const checking = checkInput(run, mediaType);
    if (checking instanceof Promise) await checking;
    outcome = await buildRequest(run, mediaType, (draft) => send(run, draft));
    if (!outcome.error && ctx.sessions.size) await keepToken(run, outcome);
  } catch (error) {
    if (error instanceof CountersignError) outcome = { error };
    // Before the first attempt nothing but the input is read and laid out.
    else if (error instanceof URIError || !run.state.attempt)
      outcome = { error: refuse(run, '', input, redact(`cannot be sent (${error})`, run.secrets)) };
    else throw error;
  }
  if (outcome.error) {
    run.state.error = outcome.error;
    await ctx.options.hooks?.onError?.(run.state);
  }
  return { run, outcome };
}
