import { AbortError, TimeoutError } from './errors/index.ts';
import { errorContext, timeLeft } from './run.ts';
import type { Run } from './types.ts';

/** The longest timer: `setTimeout` treats a longer delay as 1 ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs `work` until it settles, the caller aborts, or the time limit is reached. It also ends work that ignores its
 * signal.
 * @param limit milliseconds of this attempt; with Infinity, only the limit of the call applies
 */
export function within<T>(run: Run, limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal } = run.options;
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    };
    const stop = (error: Error) => {
      end();
      reject(error);
      controller.abort(error);
    };
    const aborted = () => stop(new AbortError(errorContext(run)));
    if (signal?.aborted) return aborted();
    const left = timeLeft(run);
    timer = setTimeout(
      () => {
        const scope = limit < left ? 'attempt' : 'call';
        stop(new TimeoutError(scope, run.timeout[scope], errorContext(run)));
      },
      Math.max(0, Math.min(limit, left, LONGEST_TIMER)),
    );
    signal?.addEventListener('abort', aborted);
    work(controller.signal).then(
      (value) => {
        end();
        resolve(value);
      },
      (error) => {
        end();
        reject(error);
      },
    );
  });
}
