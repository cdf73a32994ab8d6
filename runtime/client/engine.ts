import type { OperationHandle } from './call.ts';
import { within } from './deadline.ts';
import { ConfigurationError, CountersignError } from './errors/index.ts';
import type { CallOptions } from './options.ts';
import { errorContext } from './run.ts';
import type { Context, Perform, Performed, Run } from './types.ts';

/** The module that sends calls. The first call loads it, so a page that only creates a client does not load it. */
let engine: { readonly perform: Perform } | undefined;

/** The values that the time limits of a call need before the module that sends calls is loaded. */
const before = (ctx: Context, { operation }: OperationHandle, given: CallOptions): Run =>
  ({
    ctx,
    operation,
    options: { signal: given.signal },
    state: { attempt: 0, startedAt: ctx.clock.now() },
    timeout: { call: ctx.limit('call', operation, given) },
  }) as Run;

/** The result of a call whose code could not be loaded, for example in a page without a network. */
function unloaded(run: Run, cause: unknown): Performed {
  const error =
    cause instanceof CountersignError
      ? cause
      : new ConfigurationError(`the module that sends calls cannot be loaded: ${cause}`, errorContext(run));
  const none = { response: undefined, status: undefined, requestId: undefined };
  return {
    run,
    outcome: { error },
    whole: () => ({ error, ...none, headers: {}, attempts: 0, elapsed: error.elapsed, issues: [] }),
  };
}

/** Performs a call from start to end. It never rejects. If the code does not load, the next call imports it again. */
export const perform: Perform = (ctx, handle, input, options, more) => {
  if (engine) return engine.perform(ctx, handle, input, options, more);
  const run = before(ctx, handle, options);
  return within(run, Infinity, () => import('./perform.ts')).then(
    (loaded) => {
      engine = loaded;
      return loaded.perform(ctx, handle, input, options, more);
    },
    (cause) => unloaded(run, cause),
  );
};
