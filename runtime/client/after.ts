/** Goes on at once where there is nothing to wait for: each turn of the queue is time of a call. */
export const after = <T, R>(value: T | Promise<T>, then: (value: T) => R): R | Promise<Awaited<R>> =>
  value instanceof Promise ? (value.then(then) as Promise<Awaited<R>>) : then(value);
