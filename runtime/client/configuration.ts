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

/** Undefined or empty if there is none. An empty option is an error that the environment must not hide. */
export const findCredential = (
  { options, environment }: Pick<Context, 'options' | 'environment'>,
  { name, env }: CredentialDescriptor,
) => {
  if (options.credentials === false) return undefined;
  const given = own(options.credentials, name);
  return given === undefined ? environment[env] : given;
};

/**
 * In a page every visitor can read a secret. A function for a bearer token is let through: that is the visitor's own.
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
 * Engines also reject a URL with a user or password, but their error contains it.
 * @param isBase a path follows it, so that it ends before any query
 */
export function checkUrl(api: ClientApi, url: string, option: string, isBase = false): string {
  if (/^https?:\/\/[^/?#@]+([/?#]|$)/i.test(url) && URL.canParse(url) && !(isBase && /[?#]/.test(url))) return url;
  throw misconfigured(
    api,
    `missing or invalid URL: expected http(s) without a password${isBase ? ', query or fragment; relative only in a browser' : ''}: set the option ${option}`,
  );
}

/** `REL_BASE_URL` */
export const baseUrlVariable = ({ provider }: ClientApi): string =>
  `${provider.replace(/[^a-z0-9]/gi, '').toUpperCase()}_BASE_URL`;

/** From the option or the environment; undefined if the contract's applies. An empty option is an error later. */
export const givenBaseUrl = ({ api, options, environment }: Context): string | undefined =>
  options.baseUrl ?? (environment[baseUrlVariable(api)] || undefined);

/**
 * Without a trailing slash.
 * @param declared the contract's
 */
export function findBaseUrl(ctx: Context, declared: string = ctx.api.baseUrl): string {
  const { api } = ctx;
  const given = givenBaseUrl(ctx) ?? declared;
  // As `fetch` does in a page; elsewhere there is nothing that it could be relative to.
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

/** An error that the caller's own code threw: a hook, a middleware, a credential function, a token store, a logger. */
export const thrown = (run: Run, cause: unknown): CountersignError =>
  cause instanceof CountersignError
    ? cause
    : new ConfigurationError(
        `a hook, middleware, credential, token store or logger threw an error: ${redact(`${cause}`, run.secrets)}`,
        errorContext(run),
        { cause },
      );
