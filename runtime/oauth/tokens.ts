import { misconfigured } from '../client/configuration.ts';
import type { Token } from '../client/index.ts';
import { createTokenHolder, type TokenHolder } from '../client/token-holder.ts';
import type { Context } from '../client/types.ts';
import { TokenFailure } from './failure.ts';
import { writeGrant, writeRefresh } from './grants.ts';
import { createIssuer, type Issuer } from './issuer.ts';
import type { OAuthScheme } from './settings.ts';

/** Milliseconds before its expiry from which a token is renewed, but at most a tenth of its lifetime. */
const MARGIN = 30_000;

/** The tokens of one scheme: one per set of scopes, or the token of a user. */
export type SchemeTokens = {
  readonly scheme: OAuthScheme;
  readonly issuer: Issuer;
  /** Returns the current token for these scopes, unless it is rejected or about to expire. */
  readonly current: (scopes: readonly string[], rejected?: string) => Token | undefined;
  /** Returns a token from the store or the server. @throws {TokenFailure} */
  readonly renew: (scopes: readonly string[], rejected?: string) => Promise<Token>;
  /** Stores a user's token, regardless of its grant. */
  readonly keep: (token: Token) => Promise<void>;
};

const byContext = new WeakMap<Context, Map<string, SchemeTokens>>();

/** Returns the tokens of a client's scheme, which all calls share. */
export function tokensOf(ctx: Context, scheme: OAuthScheme): SchemeTokens {
  const known = byContext.get(ctx) ?? new Map<string, SchemeTokens>();
  byContext.set(ctx, known);
  const tokens = known.get(scheme.name) ?? createTokens(ctx, scheme);
  known.set(scheme.name, tokens);
  return tokens;
}

function createTokens(ctx: Context, scheme: OAuthScheme): SchemeTokens {
  const issuer = createIssuer(ctx, scheme);
  const { options, endpoints } = issuer;
  const { grant } = options;
  // The user granted the token once, for all operations.
  const isGranted = grant === 'authorizationCode' || grant === 'deviceAuthorization' || grant === 'refreshToken';
  const holders = new Map<string, TokenHolder>();

  const isFresh = ({ at, expiresAt }: Token, margin = MARGIN): boolean =>
    expiresAt === undefined || ctx.clock.now() < expiresAt - Math.min(margin, (expiresAt - at) / 10);

  const scopeOf = (scopes: readonly string[]): string => {
    const asked = options.scopes ?? (isGranted ? [] : scopes);
    return [...new Set(asked)].sort().join(' ');
  };

  const holderOf = (scope: string): TokenHolder => {
    const known = holders.get(scope);
    if (known) return known;
    const subject = options.username ?? options.subject ?? options.assertionIssuer ?? '';
    const parts = [ctx.api.provider, scheme.name, options.clientId ?? '', grant, subject, scope];
    const key = parts.map(encodeURIComponent).join('/');
    const made = createTokenHolder({ key, isFresh: (token) => isFresh(token), store: ctx.options.tokenStore });
    holders.set(scope, made);
    return made;
  };

  const refresh = async (holder: TokenHolder, old: Token & { readonly refreshToken: string }): Promise<Token> => {
    const url = await endpoints.token(true);
    try {
      const token = await issuer.request(url, (request) => writeRefresh(old.refreshToken, request), false);
      return { refreshToken: old.refreshToken, ...token };
    } catch (error) {
      if (!(error instanceof TokenFailure) || error.failure.oauthError !== 'invalid_grant') throw error;
      // Another process that shares the store may just have used it up.
      const stored = await holder.reload();
      if (stored && stored.refreshToken !== old.refreshToken && isFresh(stored)) return stored;
      throw error;
    }
  };

  const ask = async (scope: string): Promise<Token> => {
    const url = await endpoints.token();
    return issuer.request(
      url,
      async (request) => {
        if (scope !== '') request.form.set('scope', scope);
        if (!(await writeGrant(ctx, options, scope, request))) throw needsUser();
      },
      grant !== 'refreshToken',
    );
  };

  const needsUser = (): Error =>
    misconfigured(
      ctx.api,
      grant === 'authorizationCode'
        ? `no token for ${scheme.name}: send the user to oauthOf(client).authorizationUrl(), then call exchange()`
        : `no token for ${scheme.name}: call oauthOf(client).deviceAuthorization() and show the user its code`,
    );

  const obtain = async (holder: TokenHolder, scope: string): Promise<Token> => {
    const old = holder.last();
    if (old?.refreshToken === undefined) return withRefreshToken(await ask(scope));
    try {
      return await refresh(holder, { ...old, refreshToken: old.refreshToken });
    } catch (error) {
      const isOver = error instanceof TokenFailure && error.failure.oauthError === 'invalid_grant';
      if (!isOver || grant === 'authorizationCode' || grant === 'deviceAuthorization') throw error;
      return withRefreshToken(await ask(scope));
    }
  };

  /** Adds the refresh token of the options, which stays valid if a server without rotation sends none. */
  const withRefreshToken = (token: Token): Token =>
    grant === 'refreshToken' && typeof options.refreshToken === 'string' && token.refreshToken === undefined
      ? { ...token, refreshToken: options.refreshToken }
      : token;

  return {
    scheme,
    issuer,
    current: (scopes, rejected) => holderOf(scopeOf(scopes)).current(rejected),
    async renew(scopes, rejected) {
      const scope = scopeOf(scopes);
      const holder = holderOf(scope);
      const token = await holder.renew(rejected, async () => {
        const old = holder.last();
        try {
          await holder.keep(await obtain(holder, scope));
        } catch (error) {
          // The server may recover before the current token expires.
          const lasts = old && old.value !== rejected && old.expiresAt !== undefined && isFresh(old, 0);
          if (!lasts || !(error instanceof TokenFailure && error.isTransient)) throw error;
        }
      });
      return token as Token;
    },
    keep: (token) => holderOf(scopeOf([])).keep(token),
  };
}
