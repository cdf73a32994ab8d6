import { createClient } from '../../client/index.ts';
import type { OAuthOptions } from '../../oauth/index.ts';
import { issuerCredentials, issuerPath } from '../issuer/names.ts';
import { grantsOf, type OAuthScheme } from '../issuer/types.ts';
import type { MockProvider } from '../types.ts';
import { BadRequest, type Found } from './asked.ts';

/** The grants by which the console logs in, and the `grant_type` of each. */
const GRANTS = {
  authorizationCode: 'authorization_code',
  clientCredentials: 'client_credentials',
  deviceAuthorization: 'urn:ietf:params:oauth:grant-type:device_code',
} as const;
type Grant = keyof typeof GRANTS;

/** The token that the console sends for a scheme with OAuth. */
export type Login = {
  readonly grant: Grant;
  /** The first characters of the token, followed by `•••`. */
  readonly token: string;
  readonly scopes: readonly string[];
  /** The time of expiry in milliseconds since 1970. */
  readonly expiresAt: number;
};

/** A scheme whose tokens the mock's authorization server issues. */
export type LoginState = {
  readonly scheme: string;
  readonly grants: readonly Grant[];
  /** The login. Undefined: the console sends the demo token. */
  readonly login: Login | undefined;
};

type Kept = Login & { readonly value: string };

const oauthSchemes = ({ api }: MockProvider): readonly OAuthScheme[] =>
  Object.values(api.securitySchemes).filter(
    (scheme): scheme is OAuthScheme => scheme.kind === 'bearer' && scheme.oauth !== undefined,
  );

const isGrant = (name: string): name is Grant => Object.hasOwn(GRANTS, name);

const grantsOfScheme = ({ oauth }: OAuthScheme): readonly Grant[] =>
  Object.keys(GRANTS).filter((name): name is Grant => isGrant(name) && grantsOf(oauth).includes(GRANTS[name]));

/** Logins of the console at the authorization servers of the mock. Tokens stay in this process. */
export function createLogins(fetch: (request: Request) => Promise<Response>, origin: () => string) {
  const kept = new Map<string, Kept>();
  const keyOf = (provider: MockProvider, scheme: string): string => `${provider.api.provider}/${scheme}`;

  const find = (provider: MockProvider, name: unknown): OAuthScheme => {
    const scheme = oauthSchemes(provider).find((one) => one.name === name);
    if (!scheme) throw new BadRequest(`${provider.api.provider} has no OAuth scheme ${JSON.stringify(name)}.`);
    return scheme;
  };

  /** Gets a token as a user of the generated client would. @throws {BadRequest} */
  const logIn = async ({ provider }: Found, schemeName: unknown, asked: unknown): Promise<void> => {
    const scheme = find(provider, schemeName);
    const grant = grantsOfScheme(scheme).find((name) => name === asked);
    if (!grant) throw new BadRequest(`grant must be one of ${grantsOfScheme(scheme).join(', ')}.`);
    const value = await requestToken(provider, scheme, grant, fetch, origin());
    const { scope, exp } = claimsOf(value);
    kept.set(keyOf(provider, scheme.name), {
      grant,
      value,
      token: `${value.slice(0, 6)}•••`,
      scopes: typeof scope === 'string' ? scope.split(' ') : [],
      expiresAt: Number(exp) * 1000,
    });
  };

  return {
    logIn,
    logOut(provider: MockProvider, scheme: unknown): void {
      kept.delete(keyOf(provider, find(provider, scheme).name));
    },
    /** Removes the logins, because no token is valid after a reset. */
    clear(provider?: string): void {
      for (const key of [...kept.keys()])
        if (provider === undefined || key.startsWith(`${provider}/`)) kept.delete(key);
    },
    /** Returns the provider with the tokens of the logins instead of demo tokens. */
    withTokens(provider: MockProvider): MockProvider {
      const tokens = oauthSchemes(provider).flatMap(({ name, credential }) => {
        const login = kept.get(keyOf(provider, name));
        return login ? [[credential.name, login.value] as const] : [];
      });
      if (tokens.length === 0) return provider;
      return { ...provider, credentials: { ...provider.credentials, ...Object.fromEntries(tokens) } };
    },
    stateOf: (provider: MockProvider): readonly LoginState[] =>
      oauthSchemes(provider).map((scheme) => {
        const { value: _, ...login } = kept.get(keyOf(provider, scheme.name)) ?? { value: undefined };
        return {
          scheme: scheme.name,
          grants: grantsOfScheme(scheme),
          login: 'token' in login ? (login as Login) : undefined,
        };
      }),
  };
}

/** Logins of the console. */
export type Logins = ReturnType<typeof createLogins>;

async function requestToken(
  provider: MockProvider,
  scheme: OAuthScheme,
  grant: Grant,
  send: (request: Request) => Promise<Response>,
  origin: string,
): Promise<string> {
  const { oauth, oauthOf } = await import('../../oauth/index.ts');
  const { clientId, clientSecret } = issuerCredentials(scheme.name);
  const issuer = origin + issuerPath(provider.api.provider, scheme.name);
  const urls = { authorizationUrl: `${issuer}/authorize`, deviceAuthorizationUrl: `${issuer}/device_authorization` };
  const options = {
    ...urls,
    grant,
    clientId: provider.credentials[clientId],
    clientSecret: provider.credentials[clientSecret],
    tokenUrl: `${issuer}/token`,
    redirectUri: `${origin}/__console/`,
  } as OAuthOptions;
  const client = createClient(
    { api: provider.api, operations: {}, features: [oauth] },
    {
      baseUrl: origin,
      environment: {},
      oauth: { [scheme.name]: options },
      fetch: (url: string, init: RequestInit) => send(new Request(url, init)),
      retry: false,
      logger: { debug() {}, warn() {} },
    },
  );
  const login = oauthOf(client, scheme.name);
  if (grant === 'authorizationCode') {
    const { url, ...request } = await login.authorizationUrl();
    const redirect = await send(new Request(url));
    await login.exchange(redirect.headers.get('location') ?? '', request);
  }
  if (grant === 'deviceAuthorization') {
    const { verificationUriComplete = '', complete } = await login.deviceAuthorization();
    await send(new Request(verificationUriComplete));
    await complete();
  }
  return login.accessToken();
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, claims = ''] = token.split('.');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(toBase64(claims)), (char) => char.charCodeAt(0))));
}

const toBase64 = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');
