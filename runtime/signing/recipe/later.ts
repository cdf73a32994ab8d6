/** A value that may be a promise. In Node, nearly all steps of a recipe are synchronous. */
export type Later<T> = T | Promise<T>;

/** Continues with a value that may be a promise. */
export const chain = <T, R>(value: Later<T>, next: (value: T) => Later<R>): Later<R> =>
  value instanceof Promise ? value.then(next) : next(value);

/** Collects values. The result is a promise if one of them is a promise. */
export const all = <T>(values: readonly Later<T>[]): Later<readonly T[]> =>
  values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as readonly T[]);
