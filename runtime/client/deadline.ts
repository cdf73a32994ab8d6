import { AbortError, TimeoutError } from './errors/index.ts';
import { errorContext, type Run } from './run.ts';

/** setTimeout counts longer waits as 1 ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs work until it settles, the caller aborts, or time is up; whichever comes first. It does not rely on the work
 * heeding its signal.
 * @param limit milliseconds of this attempt; without it only the call's own limit holds
 */
export function within<T>(run: Run, limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal } = run.options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new AbortError(errorContext(run)));
    const left = run.deadline - run.ctx.clock.now();
    const controller = new AbortController();
    const stop = (error: Error) => {
      reject(error);
      controller.abort(error);
    };
    const aborted = () => stop(new AbortError(errorContext(run)));
    const timer = setTimeout(
      () =>
        stop(
          limit < left
            ? new TimeoutError('attempt', limit, errorContext(run))
            : new TimeoutError('call', run.callTimeout, errorContext(run)),
        ),
      Math.min(limit, left, LONGEST_TIMER),
    );
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    };
    signal?.addEventListener('abort', aborted);
    work(controller.signal).finally(done).then(resolve, reject);
  });
}
