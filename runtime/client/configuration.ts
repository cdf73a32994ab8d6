import type { CredentialDescriptor } from '../contract/index.ts';
import type { AskingScheme, ClientApi } from './client-api.ts';
import type { Context } from './context.ts';
import { ConfigurationError } from './errors/index.ts';
import type { ClientOptions } from './options.ts';

/** An error of the client itself, whatever it was called for. */
export const misconfigured = ({ provider }: ClientApi, message: string): ConfigurationError =>
  new ConfigurationError(message, { provider, operation: '', attempts: 0, elapsed: 0 });

export const credentialsOf = (scheme: AskingScheme | undefined): readonly CredentialDescriptor[] =>
  scheme?.kind === 'signature' ? scheme.credentials : scheme && 'credential' in scheme ? [scheme.credential] : [];

/** Undefined where it is given neither way; an empty text counts as not given. */
export const findCredential = (
  { options, environment }: Pick<Context, 'options' | 'environment'>,
  { name, env }: CredentialDescriptor,
) => options.credentials?.[name] || environment[env];

/** Names all that is missing, and both ways to give it. */
export const missingCredentials = (api: ClientApi, missing: readonly CredentialDescriptor[]): ConfigurationError =>
  misconfigured(
    api,
    `missing ${missing.map(({ name }) => name).join(', ')}: give the option credentials: { ${missing
      .map(({ name }) => `${name}: '…'`)
      .join(', ')} } or set ${missing.map(({ env }) => env).join(', ')}`,
  );

/** Without a trailing slash. */
export function findBaseUrl({ api, options, environment }: Context): string {
  const variable = `${api.provider.replace(/[^a-z0-9]/gi, '').toUpperCase()}_BASE_URL`;
  const given = options.baseUrl || environment[variable] || api.baseUrl;
  if (isHttp(given)) return given.replace(/\/+$/, '');
  throw misconfigured(api, `missing an http(s) base URL: give the option baseUrl: 'https://…' or set ${variable}`);
}

export const isHttp = (url: string): boolean => /^https?:\/\/[^/]/i.test(url);

/**
 * In a page every visitor can read a secret. A function for a bearer token is let through: that is the visitor's own.
 * @throws {ConfigurationError}
 */
export function checkBrowser(api: ClientApi, options: ClientOptions): void {
  if (options.dangerouslyAllowBrowser || !('window' in globalThis && 'document' in globalThis)) return;
  for (const scheme of Object.values(api.securitySchemes)) {
    for (const { name, secret } of credentialsOf(scheme)) {
      const given = options.credentials?.[name];
      if (secret && given && !(scheme.kind === 'bearer' && typeof given === 'function')) {
        throw misconfigured(
          api,
          `every visitor of a browser can read the secret ${name}: call from a server, or give dangerouslyAllowBrowser: true`,
        );
      }
    }
  }
}
