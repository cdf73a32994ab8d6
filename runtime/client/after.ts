/** Continues at once if there is nothing to wait for: each turn of the microtask queue costs time. */
export const after = <T, R>(value: T | Promise<T>, then: (value: T) => R): R | Promise<Awaited<R>> =>
  value instanceof Promise ? (value.then(then) as Promise<Awaited<R>>) : then(value);
