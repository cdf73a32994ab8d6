/** Also a promise that is not the platform's own: query builders of databases are such. */
export function isPending<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<T>).then === 'function';
}

/**
 * Goes on with a value at once where it is there, else when it is. Most checks have theirs at once, and waiting for each of
 * them would cost more than the checks do.
 */
export function after<T, R>(value: T | PromiseLike<T>, next: (value: T) => R | PromiseLike<R>): R | PromiseLike<R> {
  return isPending(value) ? Promise.resolve(value).then(next) : next(value);
}
