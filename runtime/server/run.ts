import type { Faults } from '../contract/index.ts';
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
      const refusal = (secure && (await secure(call))) ?? (rateLimit && (await admit(call)));
      if (refusal) return answer.refuse(refusal);
      const reading = route.readInput(call);
      const input = reading instanceof Promise ? await reading : reading;
      if (input instanceof Refusal) return answer.refuse(input);
      stage = 'handler';
      const handling = route.handler?.(input, call);
      const result = handling instanceof Promise ? await handling : handling;
      stage = 'answer';
      const writing = answer.write(result, call);
      return writing instanceof Promise ? await writing : writing;
    } catch (error) {
      // Late failures of a call that was aborted at its deadline follow from that, and were reported as such.
      if (!(call.expired && error === call.expired)) {
        await report(call, error instanceof UndeclaredAnswerError ? 'answer' : stage, error);
      }
      return answer.refuse(internal);
    }
  };

  return (route: Route, call: Call): Promise<Outgoing> => {
    const { limit } = route;
    if (limit === undefined) return advance(route, call);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const error = new DeadlineError(`no answer within ${limit} ms`);
        call.expire(error);
        resolve(route.answer.refuse(timeout));
        report(call, 'timeout', error);
      }, limit);
      advance(route, call).then((outgoing) => {
        clearTimeout(timer);
        resolve(outgoing);
      });
    });
  };
}
