import { decodeJwt } from 'jose';
import type { CompileAccessTokens, PresentedToken, TokenVerdict } from '../../server/access-tokens.ts';
import { accessTokens } from '../../server/oauth/index.ts';
import { equalBytes } from '../../signing/index.ts';
import { certificateIn } from './certificate.ts';
import type { Issuer } from './types.ts';

/**
 * Creates the check of tokens, which is that of generated servers. It also accepts the demo token, with every scope:
 * the console sends it, and callers without an authorization server can use it.
 */
export function createTokenCheck(
  issuers: readonly Issuer[],
  credentials: Readonly<Record<string, string>>,
): CompileAccessTokens {
  return (oauth, given) => {
    const issuer = issuers.find(({ scheme }) => scheme.oauth === oauth);
    if (!issuer) return accessTokens(oauth, given);
    const demo = credentials[issuer.scheme.credential.name] ?? '';
    return async (presented): Promise<TokenVerdict> => {
      if (demo !== '' && equalBytes(presented.token, demo))
        return { claims: { sub: 'demo-user', client_id: issuer.clientId }, scopes: issuer.scopes };
      const { audience } = issuer;
      const jwks = await issuer.jwks();
      const certificate = presented.certificate ?? certificateIn(presented.headers);
      const tokens = { issuer: issuerIn(presented, issuer), audience, jwks, clockTolerance: 0 };
      return accessTokens(oauth, tokens)({ ...presented, certificate });
    };
  };
}

/**
 * The issuer in the token, if it is this server under a different name of the machine. A client can log in at
 * `localhost` and call `127.0.0.1`. The key identifies the issuer.
 */
function issuerIn({ token, url }: PresentedToken, { path }: Issuer): string {
  const own = new URL(url).origin + path;
  try {
    const { iss = '' } = decodeJwt(token);
    return URL.canParse(iss) && new URL(iss).pathname === path ? iss : own;
  } catch {
    return own;
  }
}
