/** At once, or a promise: in Node nearly all of a recipe needs no waiting. */
export type Later<T> = T | Promise<T>;

/** Continues with a value that may be a promise. */
export const chain = <T, R>(value: Later<T>, next: (value: T) => Later<R>): Later<R> =>
  value instanceof Promise ? value.then(next) : next(value);

/** All values; a promise if one of them is a promise. */
export const all = <T>(values: readonly Later<T>[]): Later<readonly T[]> =>
  values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as readonly T[]);
