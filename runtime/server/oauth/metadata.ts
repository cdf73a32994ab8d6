import type { OAuthDescriptor } from '../../contract/index.ts';
import { metadataUrls } from '../../contract/metadata-urls.ts';
import type { AccessTokens } from '../access-tokens.ts';
import { ConfigurationError } from '../errors.ts';

/** The metadata of an authorization server (RFC 8414, OpenID Connect Discovery) that a resource server needs. */
export type Metadata = {
  readonly issuer: string;
  readonly jwks_uri?: string;
  readonly introspection_endpoint?: string;
};

/** Reads the metadata with the first token that needs it. After a failure, the next token tries again. */
export type MetadataReader = () => Promise<Metadata>;

/** Time limit of a request to the authorization server, in milliseconds. */
export const LIMIT = 10_000;

/**
 * Creates the reader of the metadata.
 * @throws {ConfigurationError} when a token needs the issuer and neither the options nor the contract name one
 */
export function createMetadataReader({ metadataUrl }: OAuthDescriptor, tokens: AccessTokens): MetadataReader {
  const { issuer, fetch = globalThis.fetch as NonNullable<AccessTokens['fetch']> } = tokens;
  let known: Promise<Metadata> | undefined;
  const read = async (): Promise<Metadata> => {
    const urls = issuer ? metadataUrls(issuer) : metadataUrl && URL.canParse(metadataUrl) ? [metadataUrl] : [];
    if (urls.length === 0) {
      throw new ConfigurationError(
        'The issuer of the access tokens is not configured: set the option issuer, or jwksUrl and issuer',
      );
    }
    let problem = '';
    for (const url of urls) {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(LIMIT) });
      if (response.status !== 200) {
        problem = `${url} sent HTTP ${response.status}`;
        continue;
      }
      const metadata = (await response.json()) as Metadata;
      const expected = issuer ?? new URL(url).origin;
      const isRight = issuer ? metadata.issuer === issuer : new URL(metadata.issuer).origin === expected;
      if (isRight) return metadata;
      problem = `${url} names the issuer ${metadata.issuer}, expected ${expected}`;
    }
    throw new Error(problem);
  };
  return () => {
    known ??= read().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
