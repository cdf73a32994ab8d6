/** Time limit in milliseconds for the verification of one signature. A signer that calls a key service needs time. */
const LIMIT = 10_000;

/**
 * The result of the promise, or a rejection after the limit, so that a signer that never settles does not block a
 * request.
 */
export function settled<T>(value: PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The signer did not return within ${LIMIT / 1000} s`)), LIMIT);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}
