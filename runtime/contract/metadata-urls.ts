/**
 * The URLs of an authorization server's metadata, in the order of requests: before the path of the issuer (RFC 8414,
 * section 3), then after it (OpenID Connect Discovery).
 */
export function metadataUrls(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}
