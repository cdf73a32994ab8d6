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

/** Operations with their own server in the contract, and servers whose URL has variables. */
export const servers: Feature = {
  locate({ ctx, operation }) {
    const { api, options } = ctx;
    const { server } = operation;
    if (!server) return findBaseUrl(ctx, api.server && fill(ctx, api.server));
    const given = own(options.servers as Readonly<Record<string, string>> | undefined, server.url);
    const url = given ?? fill(ctx, server);
    // Relative to the base URL of the API (RFC 3986, 5.2).
    const whole = /^[./]/.test(url) ? new URL(url, `${findBaseUrl(ctx)}/`).href : url;
    return checkUrl(api, whole, `servers: { '${server.url}': 'https://…' }`, true).replace(/\/+$/, '');
  },
};
