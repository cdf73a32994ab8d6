import type { SignatureScheme } from '../../contract/index.ts';
import { ConfigurationError } from '../errors.ts';
import type { ReplayStore } from '../replay-store.ts';

type NonceUse = (keyOf: (once: string) => string, nonce: string, ttlSeconds: number) => boolean | PromiseLike<boolean>;

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
export function compileNonceUse({ name, nonce }: SignatureScheme, store: ReplayStore): NonceUse {
  if (nonce?.form !== 'counter') return (keyOf, value, ttlSeconds) => store.use(keyOf(value), ttlSeconds);
  if (!store.advance)
    throw new ConfigurationError(
      `The nonce of ${name} is a growing number, so the option replayStore must have the method \`advance\``,
    );
  return (keyOf, value) => NUMBER.test(value) && (store.advance?.(keyOf('counter'), value) ?? false);
}
