import { type CredentialDescriptor, own } from '../contract/index.ts';
import type { AskingScheme, ClientApi } from './client-api.ts';
import { ConfigurationError, CountersignError } from './errors/index.ts';
import type { Credential } from './options.ts';
import { redact } from './redact.ts';
import { errorContext } from './run.ts';
import type { Context, Run } from './types.ts';

/** A configuration error of the client, independent of an operation. */
export const misconfigured = ({ provider }: ClientApi, message: string): ConfigurationError =>
  new ConfigurationError(message, { provider, operation: '', attempts: 0, elapsed: 0 });

/** The credentials that a security scheme requires; none for a session, which has a token. */
export const credentialsOf = (scheme: AskingScheme | undefined): readonly CredentialDescriptor[] =>
  scheme && 'credentials' in scheme ? scheme.credentials : scheme && 'credential' in scheme ? [scheme.credential] : [];

/**
 * Returns the value of a credential; undefined or empty if it has none. An empty option is an error that the
 * environment must not hide.
 */
export const findCredential = (
  { options, environment }: Pick<Context, 'options' | 'environment'>,
  { name, env }: CredentialDescriptor,
) => {
  if (options.credentials === false) return undefined;
  const given = own(options.credentials, name);
  return given === undefined ? environment[env] : given;
};

/**
 * Rejects secrets in a browser, where every visitor can read them. A function for a bearer token is allowed, because it
 * returns the visitor's own token.
 * @throws {ConfigurationError}
 */
export function checkBrowser(api: ClientApi, scheme: AskingScheme, name: string, given: Credential): void {
  if (!('document' in globalThis) || (scheme.kind === 'bearer' && typeof given === 'function')) return;
  throw misconfigured(
    api,
    `the secret ${name} would be visible in the browser: call the provider from a server, or set dangerouslyAllowBrowser: true`,
  );
}

/**
 * Checks a URL. Engines also reject a URL with a user or password, but their error shows it.
 * @param isBase true: a path is added to the URL, so it must not contain a query
 */
export function checkUrl(api: ClientApi, url: string, option: string, isBase = false): string {
  if (/^https?:\/\/[^/?#@]+([/?#]|$)/i.test(url) && URL.canParse(url) && !(isBase && /[?#]/.test(url))) return url;
  throw misconfigured(
    api,
    `missing or invalid URL: expected http(s) without a password${isBase ? ', query or fragment; relative only in a browser' : ''}: set the option ${option}`,
  );
}

/** The environment variable of the base URL: `REL_BASE_URL`. */
export const baseUrlVariable = ({ provider }: ClientApi): string =>
  `${provider.replace(/[^a-z0-9]/gi, '').toUpperCase()}_BASE_URL`;

/**
 * The base URL from the option or the environment; undefined if the server of the contract applies. An empty option is
 * reported later.
 */
export const givenBaseUrl = ({ api, options, environment }: Context): string | undefined =>
  options.baseUrl ?? (environment[baseUrlVariable(api)] || undefined);

/**
 * The base URL without a trailing slash.
 * @param declared the URL in the contract
 */
export function findBaseUrl(ctx: Context, declared: string = ctx.api.baseUrl): string {
  const { api } = ctx;
  const given = givenBaseUrl(ctx) ?? declared;
  // Relative URLs are resolved as `fetch` resolves them in a page. Elsewhere, they have no base.
  const page = (globalThis as { location?: { href: string } }).location;
  const { located } = ctx;
  if (!page && located?.given === given && located.declared === declared) return located.url;
  const url = page && /^[./]/.test(given) ? new URL(given, page.href).href : given;
  const path = /^\//.test(declared) ? declared : '';
  const option = `baseUrl: 'https://…${path}' or set ${baseUrlVariable(api)}`;
  const checked = checkUrl(api, url, option, true).replace(/\/+$/, '');
  ctx.located = { given, declared, url: checked };
  return checked;
}

/** Whether the operation provides the token of a session. */
export const isLogin = ({ securitySchemes }: ClientApi, operationId: string): boolean =>
  Object.values(securitySchemes).some((scheme) => scheme.kind === 'session' && scheme.operations.includes(operationId));

/**
 * Returns the error for an exception in the caller's own code: a hook, a middleware, a credential function, a token
 * store or a logger.
 */
export const thrown = (run: Run, cause: unknown): CountersignError =>
  cause instanceof CountersignError
    ? cause
    : new ConfigurationError(
        `a hook, middleware, credential, token store or logger threw an error: ${redact(`${cause}`, run.secrets)}`,
        errorContext(run),
        { cause },
      );
