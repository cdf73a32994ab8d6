/** Continues at once if the value is available: each turn of the microtask queue costs time. */
export const after = <T, R>(value: T | Promise<T>, then: (value: T) => R): R | Promise<Awaited<R>> =>
  value instanceof Promise ? (value.then(then) as Promise<Awaited<R>>) : then(value);
