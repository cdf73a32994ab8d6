import type { CompileAccessTokens } from '../../server/access-tokens.ts';
import type { MockProvider } from '../types.ts';
import type { OAuthScheme } from './types.ts';

/** The authorization servers of one provider, one per scheme with OAuth. */
export type Issuers = {
  readonly fetch: (request: Request, url: URL) => Promise<Response | undefined>;
  readonly check: CompileAccessTokens;
  readonly expireAll: () => void;
};

/**
 * Creates the authorization servers of a provider.
 * @returns undefined if the contract has no OAuth; `jose` is then not loaded
 */
export async function createIssuers(provider: MockProvider, clock: () => number): Promise<Issuers | undefined> {
  const schemes = Object.values(provider.api.securitySchemes).filter(
    (scheme): scheme is OAuthScheme => scheme.kind === 'bearer' && scheme.oauth !== undefined,
  );
  if (schemes.length === 0) return undefined;
  const [{ createIssuer }, { createTokenCheck }] = await Promise.all([import('./issuer.ts'), import('./check.ts')]);
  const issuers = schemes.map((scheme) => createIssuer(provider, scheme, clock));
  return {
    check: createTokenCheck(issuers, provider.credentials),
    expireAll: () => {
      for (const issuer of issuers) issuer.expireAll();
    },
    async fetch(request, url) {
      for (const issuer of issuers) {
        const response = await issuer.fetch(request, url);
        if (response) return response;
      }
      return undefined;
    },
  };
}
