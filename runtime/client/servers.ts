import { own, type ServerDescriptor } from '../contract/index.ts';
import { checkUrl, findBaseUrl, misconfigured } from './configuration.ts';
import type { Context, Feature } from './types.ts';

/** Fills the variables of a URL with the caller's values or their defaults. */
function fill({ api, options }: Context, { url, variables = {} }: ServerDescriptor): string {
  const given = options.serverVariables as Readonly<Record<string, string>> | undefined;
  return url.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = own(variables, name);
    const value = own(given, name) ?? variable?.default ?? whole;
    if (variable?.enum?.includes(value) === false || (variable && /[?#@\\\s]/.test(value)))
      throw misconfigured(
        api,
        `the option serverVariables.${name} must be ${variable.enum ? `one of ${variable.enum.join(', ')}` : 'part of a URL'}`,
      );
    return value;
  });
}

/** The server that the option `server` names, otherwise the first of the list. */
const chosen = ({ options }: Context, server: ServerDescriptor): ServerDescriptor =>
  (options.server !== undefined && own(server.named, options.server)) || server;

/**
 * Checks the option `server`.
 * @throws {ConfigurationError} if neither the API nor an operation has a server with this name
 */
function checkName({ api, options: { server: name } }: Context, server: ServerDescriptor | undefined): void {
  if (name === undefined) return;
  const names = [api.server, server].flatMap((one) => Object.keys(one?.named ?? {}));
  if (!names.includes(name))
    throw misconfigured(api, `the option server must be one of ${[...new Set(names)].join(', ')}`);
}

/** The base URL of the API. The option `baseUrl` takes precedence over `server`, and `server` over the environment. */
function baseUrlOf(ctx: Context): string {
  const { api, options } = ctx;
  ctx.filled ??= api.server && fill(ctx, chosen(ctx, api.server));
  const declared = ctx.filled;
  return options.server === undefined ? findBaseUrl(ctx, declared) : findBaseUrl({ ...ctx, environment: {} }, declared);
}

/** Supports operations with their own server in the contract, and servers that have a name or variables in their URL. */
export const servers: Feature = {
  locate({ ctx, operation }) {
    const { api, options } = ctx;
    const { server } = operation;
    checkName(ctx, server);
    if (!server) return baseUrlOf(ctx);
    const given = own(options.servers as Readonly<Record<string, string>> | undefined, server.url);
    const url = given ?? fill(ctx, chosen(ctx, server));
    // The URL is relative to the base URL of the API (RFC 3986, 5.2).
    const whole = /^[./]/.test(url) ? new URL(url, `${baseUrlOf(ctx)}/`).href : url;
    return checkUrl(api, whole, `servers: { '${server.url}': 'https://…' }`, true).replace(/\/+$/, '');
  },
};
