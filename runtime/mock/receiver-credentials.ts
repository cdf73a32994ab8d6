import type { SignatureScheme } from '../contract/index.ts';

/** What a receiver holds of the credentials that a provider signs with: of a pair of keys, the public one alone. */
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
