import type { Faults } from '../contract/index.ts';
import { isPending } from './after.ts';
import type { Outgoing } from './answer.ts';
import type { Call } from './call.ts';
import { DeadlineError, UndeclaredAnswerError } from './errors.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import type { Route } from './routes.ts';
import type { RateLimiter, ServerFailure } from './types.ts';

/** All that a caller learns of a failure inside. */
export const INTERNAL_MESSAGE = 'internal error';

export type RunnerOptions = {
  readonly faults: Faults;
  readonly bodyLimit: number;
  readonly rateLimit: RateLimiter<never> | undefined;
  readonly onError: ((failure: ServerFailure) => void | Promise<void>) | undefined;
};

/** Takes calls through their stages. What it returns never rejects. */
export function createRunner({ faults, bodyLimit, rateLimit, onError }: RunnerOptions) {
  const tooLarge = new Refusal(faults.tooLarge, `body must be at most ${bodyLimit} bytes`);
  const unreadable = new Refusal(faults.invalid, 'body could not be read');
  const internal = new Refusal(faults.internal, INTERNAL_MESSAGE);
  const timeout = new Refusal(faults.timeout, 'no answer in time');

  const report = async (call: Call, kind: ServerFailure['kind'], error: unknown): Promise<void> => {
    call.logger.error?.({ kind, error }, 'a call failed inside');
    try {
      await onError?.({ kind, error, operation: call.operation.id, requestId: call.requestId });
    } catch (hookError) {
      call.logger.error?.({ error: hookError }, 'the onError hook failed');
    }
  };

  const admit = async (call: Call): Promise<Refusal | undefined> => {
    const decision = await rateLimit?.limit(call as never);
    if (!decision || decision.allowed) return undefined;
    const seconds = decision.retryAfter === undefined ? undefined : Math.max(1, Math.ceil(decision.retryAfter));
    const headers = seconds === undefined ? undefined : { 'retry-after': String(seconds) };
    return new Refusal(faults.rateLimited, 'too many requests', headers);
  };

  const advance = async (route: Route, call: Call): Promise<Outgoing> => {
    const { answer, secure } = route;
    let stage: ServerFailure['kind'] = 'check';
    try {
      if (route.readsBody) {
        const bytes = await readBody(call.request, bodyLimit).catch(() => unreadable);
        if (bytes === undefined) return answer.refuse(tooLarge);
        if (bytes instanceof Refusal) return answer.refuse(bytes);
        call.bytes = bytes;
      }
      const asked = secure?.(call);
      const refusal = (isPending(asked) ? await asked : asked) ?? (rateLimit && (await admit(call)));
      if (refusal) return answer.refuse(refusal);
      const reading = route.readInput(call);
      const input = isPending(reading) ? await reading : reading;
      if (input instanceof Refusal) return answer.refuse(input);
      stage = 'handler';
      const handling = route.handler?.(input, call);
      const result = isPending(handling) ? await handling : handling;
      stage = 'answer';
      const writing = answer.write(result, call);
      return isPending(writing) ? await writing : writing;
    } catch (error) {
      // Late failures of a call that was aborted at its deadline follow from that, and were reported as such.
      if (!(call.expired && error === call.expired)) {
        report(call, error instanceof UndeclaredAnswerError ? 'answer' : stage, error);
      }
      return answer.refuse(internal);
    } finally {
      // Also true when `advance` returns, where nothing had to be waited for.
      call.answered = true;
    }
  };

  return (route: Route, call: Call): Promise<Outgoing> => {
    const { limit } = route;
    const advancing = advance(route, call);
    // What waited for nothing needs no timer.
    if (limit === undefined || call.answered) return advancing;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const error = new DeadlineError(`no answer within ${limit} ms`);
        call.expire(error);
        resolve(route.answer.refuse(timeout));
        report(call, 'timeout', error);
      }, limit);
      advancing.then((outgoing) => {
        clearTimeout(timer);
        resolve(outgoing);
      });
    });
  };
}
