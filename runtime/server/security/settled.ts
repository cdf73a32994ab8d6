/** Milliseconds that the check of one signature may take: one that asks a key service needs some. */
const LIMIT = 10_000;

/** What the promise gives, or a rejection once the limit is over: a signer that never answers holds no request. */
export function settled<T>(value: PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The signer did not return within ${LIMIT / 1000} s`)), LIMIT);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}
