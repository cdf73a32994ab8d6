import type { SignatureScheme } from '../contract/index.ts';

/**
 * The credentials with which a receiver verifies a provider's signatures. Of a key pair, they contain only the public
 * key.
 */
export const receiverCredentials = (
  scheme: SignatureScheme,
  credentials: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    scheme.credentials.flatMap(({ name, signs }) => {
      const value = (signs ? undefined : credentials[`${name}.public`]) ?? credentials[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
