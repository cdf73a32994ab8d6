import type { CredentialDescriptor, SecuritySchemeDescriptor } from '../../contract/index.ts';
import { ConfigurationError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The values of credentials from their environment variables; says all that is missing, and both ways to give it. */
export function readEnvironment(
  scheme: SecuritySchemeDescriptor,
  credentials: readonly CredentialDescriptor[],
  environment: Environment,
): Readonly<Record<string, string>> {
  const missing = credentials.filter(({ env }) => !environment[env]).map(({ env }) => env);
  if (missing.length > 0) {
    throw new ConfigurationError(
      `The security scheme ${scheme.name} has nothing to check against: ` +
        `give the option security.${scheme.name}, or set ${missing.join(' and ')} in the environment`,
    );
  }
  return Object.fromEntries(credentials.map(({ name, env }) => [name, environment[env] ?? '']));
}
