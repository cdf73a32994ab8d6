/** Whether a value is a promise. It may be a promise of a library, for example of a database's query builder. */
export function isPending<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<T>).then === 'function';
}

/**
 * Continues at once with a value that is available, otherwise when it resolves. Most checks are synchronous, and
 * waiting for each would take longer than the check.
 */
export function after<T, R>(value: T | PromiseLike<T>, next: (value: T) => R | PromiseLike<R>): R | PromiseLike<R> {
  return isPending(value) ? Promise.resolve(value).then(next) : next(value);
}
