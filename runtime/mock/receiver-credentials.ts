import type { SignatureScheme } from '../contract/index.ts';

/** The credentials of a receiver for a provider's signatures: of a key pair, only the public key. */
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
