import type { ApiDescriptor } from '@countersign/runtime/contract';
import { audienceOf, issuerCredentials, issuerPath } from '../../../runtime/mock/issuer/names.ts';
import type { DemoCredentials } from './demo-credentials.ts';

/** Environment variables with which clients and servers use the authorization server of a mock. */
export type IssuerEnvironment = {
  readonly variables: readonly (readonly [name: string, value: string])[];
  /** Credentials whose demo token is omitted: with it, a client would not request a token. */
  readonly tokens: ReadonlySet<string>;
};

/**
 * Client id, secret, private key and token endpoint of each scheme with OAuth. If a client gets tokens itself, the
 * settings by which a server checks them replace the demo token.
 *
 * @param url URL of the mock, without a provider
 */
export function issuerEnvironment(
  { provider, securitySchemes }: ApiDescriptor,
  credentials: DemoCredentials,
  url: string,
): IssuerEnvironment {
  const tokens = new Set<string>();
  const variables = Object.values(securitySchemes).flatMap((scheme) => {
    if (scheme.kind !== 'bearer' || !scheme.oauth) return [];
    const { flows, metadataUrl } = scheme.oauth;
    const { env, name } = scheme.credential;
    const { clientId, clientSecret, privateKey } = issuerCredentials(scheme.name);
    const issuer = `${url.replace(/\/+$/, '')}${issuerPath(provider, scheme.name)}`;
    const client = [
      [`${env}_CLIENT_ID`, credentials[clientId] ?? ''],
      [`${env}_CLIENT_SECRET`, credentials[clientSecret] ?? ''],
      [`${env}_PRIVATE_KEY`, credentials[privateKey] ?? ''],
      [`${env}_TOKEN_URL`, `${issuer}/token`],
    ] as const;
    if (!flows.clientCredentials && metadataUrl === undefined) return client;
    tokens.add(name);
    return [...client, [`${env}_ISSUER`, issuer] as const, [`${env}_AUDIENCE`, audienceOf(provider)] as const];
  });
  return { variables, tokens };
}
