import type { CredentialDescriptor, SecuritySchemeDescriptor } from '../../contract/index.ts';
import { ConfigurationError } from '../errors.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variable of the public key of a key pair, which is all that a receiver needs. */
const publicName = (env: string): string => `${env}_PUBLIC`;

/** The values of credentials from their environment variables. Reports all missing ones, and both ways to set them. */
export function readEnvironment(
  scheme: SecuritySchemeDescriptor,
  credentials: readonly CredentialDescriptor[],
  environment: Environment,
): Readonly<Record<string, string>> {
  const isPublic = ({ pair, signs }: CredentialDescriptor): boolean => pair !== undefined && signs === undefined;
  const found = (credential: CredentialDescriptor) =>
    (isPublic(credential) && environment[publicName(credential.env)]) || environment[credential.env] || '';
  const missing = credentials
    .filter((credential) => !credential.optional && !found(credential))
    .map((credential) => (isPublic(credential) ? publicName(credential.env) : credential.env));
  if (missing.length > 0) {
    throw new ConfigurationError(
      `The security scheme ${scheme.name} has no credentials to check against: ` +
        `set the option security.${scheme.name}, or the environment variables ${missing.join(' and ')}`,
    );
  }
  return Object.fromEntries(credentials.map((credential) => [credential.name, found(credential)]));
}
