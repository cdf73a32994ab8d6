import type { SignatureScheme } from '../../contract/index.ts';
import { ConfigurationError } from '../errors.ts';
import type { ReplayStore } from '../replay-store.ts';
import type { Credentials } from '../types.ts';

type NonceUse = (presented: Credentials, nonce: string, ttlSeconds: number) => boolean | PromiseLike<boolean>;

/**
 * A number that a store can compare. It has no sign, point or exponent, and more digits are allowed than any provider
 * sends.
 */
const NUMBER = /^\d{1,38}$/;

/**
 * Compiles the function that uses up the nonce of a request. An increasing number must be larger than the last number
 * of the same caller, as Kraken requires. Any other value must be new.
 *
 * @throws {ConfigurationError} if the replay store cannot compare numbers
 */
export function compileNonceUse(
  { name, nonce }: SignatureScheme,
  store: ReplayStore,
  keyOf: (presented: Credentials, once: string) => string,
): NonceUse {
  if (nonce?.form !== 'counter')
    return (presented, value, ttlSeconds) => store.use(keyOf(presented, value), ttlSeconds);
  if (!store.advance)
    throw new ConfigurationError(
      `The nonce of ${name} is a growing number, so the option replayStore must have the method \`advance\``,
    );
  return (presented, value) => NUMBER.test(value) && (store.advance?.(keyOf(presented, 'counter'), value) ?? false);
}
