import type { ApiDescriptor, CredentialDescriptor, SecuritySchemeDescriptor } from '../contract/index.ts';
import type { Context } from './context.ts';
import { ConfigurationError } from './errors/index.ts';
import type { ClientOptions } from './options.ts';

export const credentialsOf = (scheme: SecuritySchemeDescriptor | undefined): readonly CredentialDescriptor[] =>
  !scheme || scheme.kind === 'session' ? [] : scheme.kind === 'signature' ? scheme.credentials : [scheme.credential];

/** Undefined where it is given neither way; an empty text counts as not given. */
export const findCredential = ({ options, environment }: Context, { name, env }: CredentialDescriptor) =>
  options.credentials?.[name] || environment[env];

/** A message that names all that is missing, and both ways to give it. */
export function missingCredentials(api: ApiDescriptor, missing: readonly CredentialDescriptor[]): ConfigurationError {
  const names = missing.map(({ name }) => name);
  const list = missing.map(({ name, env }) => `${name} (${env})`).join(', ');
  return new ConfigurationError(
    `${api.title} client lacks: ${list}. Give { credentials: { ${names.map((name) => `${name}: '…'`).join(', ')} } } ` +
      'when creating it, or set the environment variables in brackets.',
  );
}

/** `DICEYFUN_BASE_URL` for `dicey-fun`. */
const baseUrlVariable = ({ provider }: ApiDescriptor): string =>
  `${provider.replace(/[^a-z0-9]/gi, '').toUpperCase()}_BASE_URL`;

/** Without a trailing slash. */
export function findBaseUrl({ api, options, environment }: Context): string {
  const variable = baseUrlVariable(api);
  const given = options.baseUrl || environment[variable] || api.baseUrl;
  if (!/^https?:\/\/[^/]/i.test(given)) {
    throw new ConfigurationError(
      `${api.title} client ${given ? 'has a base URL that is not http(s)' : 'lacks a base URL'}. ` +
        `Give { baseUrl: 'https://…' } when creating it, or set ${variable}.`,
    );
  }
  return given.replace(/\/+$/, '');
}

/**
 * In a page every visitor can read a secret. A function for a bearer token is let through: that is the visitor's own.
 * @throws {ConfigurationError}
 */
export function checkBrowser({ title, securitySchemes }: ApiDescriptor, options: ClientOptions): void {
  if (options.dangerouslyAllowBrowser || !('window' in globalThis && 'document' in globalThis)) return;
  for (const scheme of Object.values(securitySchemes)) {
    for (const { name, secret } of credentialsOf(scheme)) {
      const given = options.credentials?.[name];
      if (!secret || !given || (scheme.kind === 'bearer' && typeof given === 'function')) continue;
      throw new ConfigurationError(
        `${title} client was given the secret ${name} in a browser, where every visitor can read it. ` +
          'Call the API from your server, or say { dangerouslyAllowBrowser: true } if the value is no secret.',
      );
    }
  }
}
