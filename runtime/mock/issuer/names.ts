/** Names of the demo credentials of a scheme with OAuth. The public half of `privateKey` is beside it. */
export const issuerCredentials = (scheme: string) =>
  ({
    clientId: `${scheme}.clientId`,
    clientSecret: `${scheme}.clientSecret`,
    privateKey: `${scheme}.privateKey`,
    publicKey: `${scheme}.privateKey.public`,
  }) as const;

/** `aud` of the mock's tokens: the same under each name of this machine. */
export const audienceOf = (provider: string): string => `urn:countersign:mock:${provider}`;

/** Path of the authorization server of a scheme. A provider at the root has the same. */
export const issuerPath = (provider: string, scheme: string): string =>
  `/${provider}/__mock/oauth/${encodeURIComponent(scheme)}`;

/** The provider of a path of an authorization server or of its metadata; undefined for any other path. */
export const issuerOf = (path: string): string | undefined =>
  path.includes('/__mock/oauth/')
    ? /^(?:\/\.well-known\/[\w-]+)?\/([^/]+)\/__mock\/oauth\//.exec(path)?.[1]
    : undefined;
