import { own, type ServerDescriptor } from '../contract/index.ts';
import { checkUrl, findBaseUrl, misconfigured } from './configuration.ts';
import type { Context, Feature } from './types.ts';

/** The URL with the caller's variables, or their defaults, in place. */
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

/** The server of a list that the option `server` names, otherwise its first. */
const chosen = ({ options }: Context, server: ServerDescriptor): ServerDescriptor =>
  (options.server !== undefined && own(server.named, options.server)) || server;

/** @throws {ConfigurationError} if no server of the API or of the operation has the name of the option `server` */
function checkName({ api, options: { server: name } }: Context, server: ServerDescriptor | undefined): void {
  if (name === undefined) return;
  const names = [api.server, server].flatMap((one) => Object.keys(one?.named ?? {}));
  if (!names.includes(name))
    throw misconfigured(api, `the option server must be one of ${[...new Set(names)].join(', ')}`);
}

/** The base URL of the API. The option `server` counts more than the environment, and `baseUrl` more than both. */
function baseUrlOf(ctx: Context): string {
  const { api, options } = ctx;
  ctx.filled ??= api.server && fill(ctx, chosen(ctx, api.server));
  const declared = ctx.filled;
  return options.server === undefined ? findBaseUrl(ctx, declared) : findBaseUrl({ ...ctx, environment: {} }, declared);
}

/** Operations with their own server in the contract, and servers with a name or whose URL has variables. */
export const servers: Feature = {
  locate({ ctx, operation }) {
    const { api, options } = ctx;
    const { server } = operation;
    checkName(ctx, server);
    if (!server) return baseUrlOf(ctx);
    const given = own(options.servers as Readonly<Record<string, string>> | undefined, server.url);
    const url = given ?? fill(ctx, chosen(ctx, server));
    // Relative to the base URL of the API (RFC 3986, 5.2).
    const whole = /^[./]/.test(url) ? new URL(url, `${baseUrlOf(ctx)}/`).href : url;
    return checkUrl(api, whole, `servers: { '${server.url}': 'https://…' }`, true).replace(/\/+$/, '');
  },
};
