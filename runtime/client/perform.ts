import type { OperationDescriptor } from '../contract/index.ts';
import { makeNonce } from '../signing/index.ts';
import { buildRequest, mediaTypeOf, refuse } from './build-request.ts';
import type { OperationHandle } from './call.ts';
import { isLogin, thrown } from './configuration.ts';
import { declaredHeaders } from './declared-for.ts';
import { withPresentNames } from './earlier-names.ts';
import { CountersignError } from './errors/index.ts';
import { loadSessions } from './load-sessions.ts';
import { loadValidation } from './load-validators.ts';
import type { CallOptions } from './options.ts';
import { declaredHeader, present } from './plain-parameters.ts';
import { redact } from './redact.ts';
import { errorContext, requestIdOf } from './run.ts';
import { send } from './send.ts';
import type { CallInput, Context, Outcome, Performed, Run } from './types.ts';

/**
 * Creates a call before its first attempt: its input is complete, and its options are merged with those of the client.
 */
export function createRun(
  ctx: Context,
  { operation, validators }: OperationHandle,
  input: CallInput,
  given: CallOptions,
  { loginOf, dry = false, target }: Partial<Pick<Run, 'loginOf' | 'dry' | 'target'>> = {},
): Run {
  const { api, clock, options } = ctx;
  const hasOptions = Object.keys(given).length > 0;
  const called = withPresentNames(given);
  const complete = completed(operation, input, given.idempotencyKey);
  return {
    ctx,
    operation,
    validators: typeof validators === 'function' ? undefined : validators,
    options: hasOptions
      ? { ...options, ...defined(called), validation: { ...options.validation, ...defined(called.validation) } }
      : options,
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
    timeout: { attempt: ctx.limit('attempt', operation, given), call: ctx.limit('call', operation, given) },
    secrets: new Set([...ctx.secrets, ...secretsIn(operation, complete)]),
    tokens: new Map(),
    rejected: new Map(),
    corrected: false,
    clockOffset: ctx.clockOffset,
    loginOf,
    dry,
    target,
    perform,
  };
}

/** The part of the input that contains the parameters of this location. */
const partOf = (place: string): string => ({ header: 'headers', cookie: 'cookies', form: 'body' })[place] ?? place;

type Parts = { [part: string]: Readonly<Record<string, unknown>> };

/**
 * Completes an input. The values by which dispatch selects the operation are added, so that callers may omit them. An
 * operation with an idempotency key gets one key for all attempts. Header names are spelled as in the contract.
 */
function completed(operation: OperationDescriptor, input: CallInput, key: string | undefined): CallInput {
  const { when = [], retry } = operation;
  const parts = { ...input } as Parts;
  for (const c of when)
    if ('equals' in c) {
      if ('query' in c) parts['query'] = { [c.query]: c.equals, ...parts['query'] };
      if ('header' in c) parts['headers'] = { ...parts['headers'], [c.header]: c.equals };
    }
  if (typeof retry === 'object' && 'idempotent' in retry) {
    const { in: within, name } = retry.idempotent.key;
    const place = partOf(within);
    const part = parts[place] ?? {};
    // Header names are case-insensitive.
    const isKey = (other: string) => other.toLowerCase() === name.toLowerCase() && present(part[other]);
    const own = (within === 'header' && Object.keys(part).find(isKey)) || name;
    parts[place] = { ...part, [own]: key ?? part[own] ?? makeNonce(16) };
  }
  if (parts['headers'])
    parts['headers'] = Object.fromEntries(
      Object.entries(parts['headers']).flatMap(([name, value]) =>
        present(value) ? [[declaredHeader(operation, name)?.name ?? name, value]] : [],
      ),
    );
  return parts;
}

/** Values of an input that must not be shown. */
const secretsIn = ({ parameters }: OperationDescriptor, input: CallInput): string[] =>
  parameters.flatMap(({ name, in: within, secret }) =>
    secret ? [(input as Parts)[partOf(within)]?.[name] ?? ''].flat().map(String) : [],
  );

/** Omits undefined values, so that they do not override others. */
const defined = <T extends object>(members: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } | undefined =>
  members && (Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never);

function wholeOf(run: Run, { data, error, issues = [] }: Outcome, elapsed: number): ReturnType<Performed['whole']> {
  const { response, attempt: attempts } = run.state;
  const { status } = response ?? {};
  const exchange = {
    response,
    status,
    headers: declaredHeaders(run),
    requestId: requestIdOf(response),
    attempts,
    elapsed,
    issues,
  };
  return error ? { error, ...exchange } : { data, ...exchange };
}

/** Performs a call. Any error, including one of a hook, becomes the error of its outcome. */
export async function perform(
  ctx: Context,
  handle: OperationHandle,
  input: CallInput,
  options: CallOptions,
  more?: Parameters<typeof createRun>[4],
): Promise<Performed> {
  const run = createRun(ctx, handle, input, options, more);
  let outcome: Outcome;
  try {
    await loadValidation(run, handle);
    const mediaType = mediaTypeOf(run);
    const checking = ctx.checks?.input(run, mediaType);
    if (checking instanceof Promise) await checking;
    outcome = await send(run, await buildRequest(run, mediaType));
    if (!outcome.error && isLogin(ctx.api, run.operation.id))
      await (ctx.sessions ?? (await loadSessions(run))).keep(run, outcome);
  } catch (error) {
    if (error instanceof CountersignError) outcome = { error };
    // Before the first attempt, the input is only validated and serialized.
    else if (error instanceof URIError || !run.state.attempt)
      outcome = { error: refuse(run, '', input, redact(`cannot be sent (${error})`, run.secrets)) };
    else outcome = { error: thrown(run, error) };
  }
  if (outcome.error) {
    run.state.error = outcome.error;
    try {
      await ctx.options.hooks?.onError?.(run.state);
    } catch (error) {
      // The error of the call itself is more useful than this one.
      outcome.error.cause ??= thrown(run, error);
    }
  }
  const { elapsed } = errorContext(run);
  return { run, outcome, whole: () => wholeOf(run, outcome, elapsed) };
}
