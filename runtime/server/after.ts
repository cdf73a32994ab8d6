/** Also a promise that is not the platform's own, for example of a database's query builder. */
export function isPending<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<T>).then === 'function';
}

/**
 * Continues with a value at once if it is available, otherwise when it resolves. Most checks are synchronous, and
 * waiting for each of them would cost more than the checks do.
 */
export function after<T, R>(value: T | PromiseLike<T>, next: (value: T) => R | PromiseLike<R>): R | PromiseLike<R> {
  return isPending(value) ? Promise.resolve(value).then(next) : next(value);
}
