import { type CredentialDescriptor, own } from '../contract/index.ts';
import type { AskingScheme, ClientApi } from './client-api.ts';
import { ConfigurationError } from './errors/index.ts';
import type { Credential } from './options.ts';
import type { Context } from './types.ts';

/** An error of the client itself, whatever it was called for. */
export const misconfigured = ({ provider }: ClientApi, message: string): ConfigurationError =>
  new ConfigurationError(message, { provider, operation: '', attempts: 0, elapsed: 0 });

export const credentialsOf = (scheme: AskingScheme | undefined): readonly CredentialDescriptor[] =>
  scheme && 'credentials' in scheme ? scheme.credentials : scheme && 'credential' in scheme ? [scheme.credential] : [];

/** Undefined where it is given neither way; an empty text counts as not given. */
export const findCredential = (
  { options, environment }: Pick<Context, 'options' | 'environment'>,
  { name, env }: CredentialDescriptor,
) => own(options.credentials, name) || environment[env];

/**
 * In a page every visitor can read a secret. A function for a bearer token is let through: that is the visitor's own.
 * @throws {ConfigurationError}
 */
export function checkBrowser(api: ClientApi, scheme: AskingScheme, name: string, given: Credential): void {
  if (!('document' in globalThis) || (scheme.kind === 'bearer' && typeof given === 'function')) return;
  throw misconfigured(api, `a browser shows the secret ${name}: give the option dangerouslyAllowBrowser: true`);
}

/** Engines refuse a URL with user or password too, but quote it. */
export function checkUrl(api: ClientApi, url: string, option: string): string {
  if (/^https?:\/\/[^/?#@]+([/?#]|$)/i.test(url) && URL.canParse(url)) return url;
  throw misconfigured(api, `missing an http(s) URL (no password): give the option ${option}`);
}

/** Without a trailing slash. */
export function findBaseUrl({ api, options, environment }: Context): string {
  const variable = `${api.provider.replace(/[^a-z0-9]/gi, '').toUpperCase()}_BASE_URL`;
  const given = options.baseUrl || environment[variable] || api.baseUrl;
  return checkUrl(api, given, `baseUrl: 'https://…' or set ${variable}`).replace(/\/+$/, '');
}

/** Names all that is missing, and both ways to give it. */
export const missingCredentials = (api: ClientApi, missing: readonly CredentialDescriptor[]): ConfigurationError =>
  misconfigured(
    api,
    `missing ${missing.map(({ name }) => name).join(', ')}: give the option credentials: { ${missing
      .map(({ name }) => `${name}: '…'`)
      .join(', ')} } or set ${missing.map(({ env }) => env).join(', ')}`,
  );
