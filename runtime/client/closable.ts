/**
 * Unlike a generator's own `return`, this one does not wait for a pending `next`: a silent provider would block it for
 * ever.
 */
export function closable<T>(items: AsyncGenerator<T>, close: () => void): AsyncGenerator<T> {
  const closing =
    <A extends unknown[], R>(end: (...args: A) => R) =>
    (...args: A): R => {
      close();
      return end(...args);
    };
  const iterator: AsyncGenerator<T> = {
    next: () =>
      items.next().then(
        (result) => {
          if (result.done) close();
          return result;
        },
        closing((error) => {
          throw error;
        }),
      ),
    return: closing((value) => items.return(value)),
    throw: closing((error) => items.throw(error)),
    [Symbol.asyncIterator]: () => iterator,
    [Symbol.asyncDispose]: closing(async () => {}),
  };
  return iterator;
}
