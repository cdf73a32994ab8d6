import { checkUrl, findBaseUrl, misconfigured } from '../client/configuration.ts';
import type { Context } from '../client/types.ts';
import type { OAuthFlowDescriptor } from '../contract/index.ts';
import { metadataUrls } from '../contract/metadata-urls.ts';
import { TokenFailure } from './failure.ts';
import type { Grant } from './options.ts';
import { ask, shownUrl } from './post-form.ts';
import type { AnyOptions, OAuthScheme } from './settings.ts';

/** The metadata of the server that clients use (RFC 8414, section 2). */
export type Metadata = {
  readonly issuer?: string;
  readonly token_endpoint?: string;
  readonly authorization_endpoint?: string;
  readonly device_authorization_endpoint?: string;
  readonly token_endpoint_auth_methods_supported?: readonly string[];
  readonly mtls_endpoint_aliases?: { readonly token_endpoint?: string };
};

/** The endpoints of an authorization server, from the options, the contract, or the metadata that one of them names. */
export type Endpoints = {
  /** Returns the endpoint for the grant, or for a refresh. A response cannot change it. */
  readonly token: (refreshing?: boolean) => Promise<string>;
  readonly authorization: () => Promise<string>;
  readonly device: () => Promise<string>;
  /** Returns the metadata if they were already read, or if the settings require them. */
  readonly metadata: () => Promise<Metadata | undefined>;
};

const FLOW_OF: { readonly [G in Grant]?: keyof OAuthScheme['oauth']['flows'] } = {
  clientCredentials: 'clientCredentials',
  password: 'password',
  authorizationCode: 'authorizationCode',
  deviceAuthorization: 'deviceAuthorization',
};

/** The flow of a grant. A refresh token or an assertion can use the token endpoint of any flow. */
function flowOf({ oauth: { flows } }: OAuthScheme, grant: Grant): OAuthFlowDescriptor | undefined {
  const name = FLOW_OF[grant];
  if (name) return flows[name];
  const { clientCredentials, authorizationCode, deviceAuthorization, password } = flows;
  return clientCredentials ?? authorizationCode ?? deviceAuthorization ?? password;
}

/** Creates the lookup of one scheme's endpoints. */
export function createEndpoints(ctx: Context, scheme: OAuthScheme, options: AnyOptions & { grant: Grant }): Endpoints {
  const flow = flowOf(scheme, options.grant);
  let read: Promise<Metadata> | undefined;

  /** @throws {ConfigurationError} */
  const resolve = (url: string, option: string): string => {
    const absolute = /^https?:/i.test(url) ? url : new URL(url, `${findBaseUrl(ctx)}/`).href;
    return checkUrl(ctx.api, absolute, `oauth: { ${scheme.name}: { ${option}: 'https://…' } }`);
  };

  const readMetadata = async (): Promise<Metadata> => {
    const { issuer } = options;
    const urls = issuer ? metadataUrls(resolve(issuer, 'issuer')) : [resolve(scheme.oauth.metadataUrl ?? '', 'issuer')];
    let last: unknown;
    for (const url of urls) {
      try {
        const { status, body } = await ask(ctx, url, { headers: { accept: 'application/json' } });
        if (status !== 200)
          throw new TokenFailure({ message: `${shownUrl(url)} sent HTTP ${status}`, status, url: shownUrl(url) });
        return checked(body as Metadata, issuer, url);
      } catch (error) {
        last = error;
      }
    }
    throw last;
  };

  const metadata = async (): Promise<Metadata | undefined> => {
    if (!options.issuer && !scheme.oauth.metadataUrl) return undefined;
    read ??= readMetadata().catch((error) => {
      // After a failure, the next call tries again.
      read = undefined;
      throw error;
    });
    return read;
  };

  const endpoint = async (
    given: string | undefined,
    declared: string | undefined,
    member: (found: Metadata) => string | undefined,
    option: string,
  ): Promise<string> => {
    if (given) return resolve(given, option);
    if (declared && !options.issuer) return resolve(declared, option);
    const found = await metadata();
    const url = found && member(found);
    if (url) return checkUrl(ctx.api, url, `oauth: { ${scheme.name}: { ${option}: 'https://…' } }`);
    const from = found
      ? 'the metadata of its issuer do not contain it'
      : 'the contract does not declare it for this grant';
    throw misconfigured(
      ctx.api,
      `${scheme.name} has no ${option}: ${from}. Set the option oauth: { ${scheme.name}: { ${option}: 'https://…' } }`,
    );
  };

  const isMutualTls = /tls_client_auth$/.test(options.clientAuthentication ?? '');
  return {
    metadata: async () => (read || (!flow?.tokenUrl && !options.tokenUrl) || options.issuer ? metadata() : undefined),
    token: (refreshing = false) =>
      endpoint(
        options.tokenUrl,
        (refreshing && flow?.refreshUrl) || flow?.tokenUrl,
        (found) => (isMutualTls && found.mtls_endpoint_aliases?.token_endpoint) || found.token_endpoint,
        'tokenUrl',
      ),
    authorization: () =>
      endpoint(
        options.authorizationUrl,
        flow?.authorizationUrl,
        (found) => found.authorization_endpoint,
        'authorizationUrl',
      ),
    device: () =>
      endpoint(
        options.deviceAuthorizationUrl,
        flow?.deviceAuthorizationUrl,
        (found) => found.device_authorization_endpoint,
        'deviceAuthorizationUrl',
      ),
  };
}

/** Checks the issuer: metadata with a different issuer belong to a different server (RFC 8414, section 3.3). */
function checked(metadata: Metadata, issuer: string | undefined, url: string): Metadata {
  const said = metadata.issuer;
  const isRight = issuer
    ? said?.replace(/\/$/, '') === issuer.replace(/\/$/, '')
    : said !== undefined && URL.canParse(said) && new URL(said).origin === new URL(url).origin;
  if (isRight) return metadata;
  throw new TokenFailure({
    message: `${shownUrl(url)} names the issuer ${said ?? '(none)'}, expected ${issuer ?? `one of ${new URL(url).origin}`}`,
    url: shownUrl(url),
  });
}
