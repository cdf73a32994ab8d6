/** The names of the demo credentials of a scheme with OAuth. The public key of `privateKey` has its own name. */
export const issuerCredentials = (scheme: string) =>
  ({
    clientId: `${scheme}.clientId`,
    clientSecret: `${scheme}.clientSecret`,
    privateKey: `${scheme}.privateKey`,
    publicKey: `${scheme}.privateKey.public`,
  }) as const;

/** The `aud` of the mock's tokens. It is the same under each name of this machine. */
export const audienceOf = (provider: string): string => `urn:countersign:mock:${provider}`;

/** The path of the authorization server of a scheme. It is the same if the provider is served at the root. */
export const issuerPath = (provider: string, scheme: string): string =>
  `/${provider}/__mock/oauth/${encodeURIComponent(scheme)}`;

/** The provider of a path of an authorization server or of its metadata. Undefined for any other path. */
export const issuerOf = (path: string): string | undefined =>
  path.includes('/__mock/oauth/')
    ? /^(?:\/\.well-known\/[\w-]+)?\/([^/]+)\/__mock\/oauth\//.exec(path)?.[1]
    : undefined;
