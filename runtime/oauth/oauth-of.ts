import { misconfigured } from '../client/configuration.ts';
import { contextOf } from '../client/internals.ts';
import type { Context } from '../client/types.ts';
import type { DeviceAuthorization } from './device.ts';
import { OAuthError } from './oauth-error.ts';
import { hasOAuth, schemeOf } from './settings.ts';

/**
 * The URL of the login page, and the values to store in the user's session until the user returns. Do not store them in
 * the page.
 */
export type AuthorizationRequest = {
  readonly url: string;
  /** The value that ties the response to this request (RFC 6749, section 10.12). */
  readonly state: string;
  /** The code verifier of PKCE (RFC 7636). This is a secret. */
  readonly codeVerifier: string;
};

/** Logs users in to a client with the grants `authorizationCode` and `deviceAuthorization`. */
export type OAuthLogin = {
  /** Creates the URL to which the user's browser is sent. */
  readonly authorizationUrl: (options?: {
    readonly redirectUri?: string;
    readonly scopes?: readonly string[];
    /** The state. Default: 256 random bits. */
    readonly state?: string;
    /** Additional parameters, such as `prompt`. */
    readonly parameters?: Readonly<Record<string, string>>;
  }) => Promise<AuthorizationRequest>;
  /**
   * Exchanges the code for tokens, which the client then uses and refreshes.
   * @param callback the URL to which the server redirected the user's browser
   */
  readonly exchange: (
    callback: string | URL,
    kept: Pick<AuthorizationRequest, 'state' | 'codeVerifier'> & { readonly redirectUri?: string },
  ) => Promise<void>;
  /** Gets a code that the user enters on another device. */
  readonly deviceAuthorization: (options?: { readonly scopes?: readonly string[] }) => Promise<DeviceAuthorization>;
  /**
   * Returns the access token, for a library that needs one. It is renewed if it is about to expire. The token is a
   * secret.
   */
  readonly accessToken: (scopes?: readonly string[]) => Promise<string>;
};

/**
 * Returns the logins of a client whose contract has OAuth 2.
 *
 * @param scheme the security scheme; optional if only one scheme of the contract uses OAuth
 * @throws {ConfigurationError} if the client has no such scheme, or the option `oauth` does not name it
 * @example
 * ```ts
 * const login = oauthOf(client);
 * const { url, state, codeVerifier } = await login.authorizationUrl({ redirectUri: 'https://shop.example/callback' });
 * // … the user comes back:
 * await login.exchange(request.url, { state, codeVerifier, redirectUri: 'https://shop.example/callback' });
 * ```
 */
export function oauthOf(client: object, scheme?: string): OAuthLogin {
  const ctx = contextOf(client);
  if (!ctx) throw new TypeError('oauthOf requires a client that createClient created');
  const names = Object.keys(ctx.api.securitySchemes).filter((name) => schemeOf(ctx, name));
  const name = scheme ?? (names.length === 1 ? names[0] : undefined) ?? '';
  const found = schemeOf(ctx, name);
  if (!found || !hasOAuth(ctx, name)) {
    const help =
      names.length > 0
        ? `set the option oauth: { ${name || names.join(' | ')}: { … } }`
        : 'the contract has no scheme with OAuth';
    throw misconfigured(
      ctx.api,
      `${name ? `OAuth is not configured for ${name}` : 'several schemes use OAuth, and oauthOf names none'}: ${help}`,
    );
  }
  const load = async () => {
    const [{ tokensOf }, { authorizeDevice }, { challengeOf, randomText }] = await Promise.all([
      import('./tokens.ts'),
      import('./device.ts'),
      import('./pkce.ts'),
    ]);
    return { tokens: tokensOf(ctx, found), authorizeDevice, challengeOf, randomText };
  };
  const scopeOf = (asked: readonly string[] | undefined, own: readonly string[] | undefined): string =>
    (asked ?? own ?? []).join(' ');

  return {
    authorizationUrl: ({ redirectUri, scopes, state, parameters } = {}) =>
      guarded(ctx, async () => {
        const { tokens, randomText, challengeOf } = await load();
        const { options, endpoints } = tokens.issuer;
        const codeVerifier = randomText();
        const kept = state ?? randomText();
        const url = new URL(await endpoints.authorization());
        const back = redirectUri ?? options.redirectUri;
        const pairs: Readonly<Record<string, string | undefined>> = {
          ...options.parameters,
          ...parameters,
          response_type: 'code',
          client_id: options.clientId,
          redirect_uri: back,
          scope: scopeOf(scopes, options.scopes) || undefined,
          state: kept,
          code_challenge: await challengeOf(codeVerifier),
          code_challenge_method: 'S256',
          audience: options.audience,
        };
        for (const [key, value] of Object.entries(pairs)) if (value !== undefined) url.searchParams.set(key, value);
        for (const resource of [options.resource ?? []].flat()) url.searchParams.append('resource', resource);
        return { url: url.href, state: kept, codeVerifier };
      }),

    exchange: (callback, { state, codeVerifier, redirectUri }) =>
      guarded(ctx, async () => {
        const { tokens } = await load();
        const { issuer } = tokens;
        const { searchParams } = new URL(callback, 'http://localhost');
        const code = await readCode(ctx, searchParams, state, issuer.endpoints);
        const back = redirectUri ?? issuer.options.redirectUri;
        const url = await issuer.endpoints.token();
        const token = await issuer.request(
          url,
          ({ form, secrets }) => {
            secrets.add(code).add(codeVerifier);
            form.set('grant_type', 'authorization_code');
            form.set('code', code);
            form.set('code_verifier', codeVerifier);
            if (back) form.set('redirect_uri', back);
          },
          false,
        );
        await tokens.keep(token);
      }),

    deviceAuthorization: ({ scopes } = {}) =>
      guarded(ctx, async () => {
        const { tokens, authorizeDevice } = await load();
        const begun = await authorizeDevice(ctx, tokens, scopeOf(scopes, tokens.issuer.options.scopes));
        return { ...begun, complete: (options) => guarded(ctx, () => begun.complete(options)) };
      }),

    accessToken: (scopes = []) =>
      guarded(ctx, async () => {
        const { tokens } = await load();
        return (tokens.current(scopes) ?? (await tokens.renew(scopes))).value;
      }),
  };
}

async function readCode(
  ctx: Context,
  parameters: URLSearchParams,
  state: string,
  endpoints: { readonly metadata: () => Promise<{ readonly issuer?: string } | undefined> },
): Promise<string> {
  const error = parameters.get('error');
  if (parameters.get('state') !== state)
    throw misconfigured(
      ctx.api,
      'the state of the callback does not match the state of authorizationUrl(): the callback belongs to another login',
    );
  // A response from a different server than the one that the client chose is rejected (RFC 9207).
  const issuer = parameters.get('iss');
  const expected = issuer === null ? undefined : (await endpoints.metadata())?.issuer;
  if (issuer !== null && expected !== undefined && issuer !== expected)
    throw misconfigured(ctx.api, `the callback has the issuer ${issuer}, expected ${expected}`);
  if (error !== null) {
    const said = [error, parameters.get('error_description')].filter(Boolean).join(': ');
    const about = { message: `the user or the server denied the authorization (${said})`, oauthError: error };
    throw new OAuthError(about, { provider: ctx.api.provider, operation: '', attempts: 0, elapsed: 0 });
  }
  const code = parameters.get('code');
  if (!code) throw misconfigured(ctx.api, 'the callback has no code: pass the whole URL of the redirect');
  return code;
}

async function guarded<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { TokenFailure } = await import('./failure.ts');
    if (!(error instanceof TokenFailure)) throw error;
    throw new OAuthError(error.failure, { provider: ctx.api.provider, operation: '', attempts: 0, elapsed: 0 });
  }
}
