import type { AskingScheme } from '../client/client-api.ts';
import { findCredential, misconfigured } from '../client/configuration.ts';
import type { Credential } from '../client/index.ts';
import type { Context } from '../client/types.ts';
import { type OAuthDescriptor, own } from '../contract/index.ts';
import type { Grant, OAuthOptions } from './options.ts';

/** A scheme whose tokens an authorization server issues. */
export type OAuthScheme = Extract<AskingScheme, { readonly kind: 'bearer' }> & { readonly oauth: OAuthDescriptor };

/** Every option of any grant. */
export type AnyOptions = Partial<Omit<Extract<OAuthOptions, { grant: 'password' }>, 'grant'>> &
  Partial<Omit<Extract<OAuthOptions, { grant: 'refreshToken' }>, 'grant'>> &
  Partial<Omit<Extract<OAuthOptions, { grant: 'jwtBearer' }>, 'grant'>> &
  Partial<Omit<Extract<OAuthOptions, { grant: 'authorizationCode' }>, 'grant'>> &
  Partial<Omit<Extract<OAuthOptions, { grant: 'deviceAuthorization' }>, 'grant'>> & { readonly grant?: Grant };

/** The scheme of this name, if it uses OAuth. */
export function schemeOf(ctx: Context, name: string): OAuthScheme | undefined {
  const scheme = own(ctx.api.securitySchemes, name);
  return scheme?.kind === 'bearer' && scheme.oauth ? (scheme as OAuthScheme) : undefined;
}

const given = (ctx: Context, name: string): AnyOptions | undefined =>
  own((ctx.options.oauth ?? {}) as Readonly<Record<string, AnyOptions>>, name);

/** The environment variable of a scheme: the variable of its token, with a suffix. */
const variable = (ctx: Context, { credential }: OAuthScheme, ending: string): string | undefined =>
  ctx.environment[`${credential.env}_${ending}`] || undefined;

/**
 * Whether the client gets tokens itself: if the option is set, or if the environment has settings and no token is set.
 */
export function hasOAuth(ctx: Context, name: string): boolean {
  const scheme = schemeOf(ctx, name);
  if (!scheme) return false;
  if (given(ctx, name)) return true;
  const canAlone = scheme.oauth.flows.clientCredentials ?? scheme.oauth.metadataUrl;
  return Boolean(canAlone && !findCredential(ctx, scheme.credential) && variable(ctx, scheme, 'CLIENT_ID'));
}

/** The options of a scheme, completed from the environment. */
export function settingsOf(ctx: Context, scheme: OAuthScheme): AnyOptions & { readonly grant: Grant } {
  const options: AnyOptions = given(ctx, scheme.name) ?? {};
  const secret = variable(ctx, scheme, 'CLIENT_SECRET');
  const { clientId = variable(ctx, scheme, 'CLIENT_ID'), tokenUrl = variable(ctx, scheme, 'TOKEN_URL') } = options;
  // If the environment has a secret, the key is used only if an option needs it.
  const isAsked = options.clientAuthentication === 'private_key_jwt' || options.grant === 'jwtBearer';
  const known = isAsked || (options.clientSecret === undefined && secret === undefined);
  const { privateKey = known ? variable(ctx, scheme, 'PRIVATE_KEY') : undefined } = options;
  const usesSecret =
    options.clientSecret === undefined && (!privateKey || /^client_secret/.test(options.clientAuthentication ?? ''));
  return {
    ...options,
    grant: options.grant ?? 'clientCredentials',
    ...(clientId !== undefined && { clientId }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(privateKey !== undefined && { privateKey }),
    ...(usesSecret && secret !== undefined && { clientSecret: secret }),
  };
}

/** The value of an option that may be a function. */
export async function readOption(ctx: Context, credential: Credential | undefined, name: string): Promise<string> {
  const value = typeof credential === 'function' ? await credential() : credential;
  if (!value) throw misconfigured(ctx.api, `the option oauth requires ${name}`);
  return value;
}
