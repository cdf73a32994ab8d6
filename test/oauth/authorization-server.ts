import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify } from 'jose';
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';

/** A request to the authorization server, as it was received. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
};

/** A test's own handling of a request. Returns true if it sent the response. */
export type Interfere = (
  request: IncomingMessage,
  response: ServerResponse,
  asked: Asked,
) => boolean | Promise<boolean>;

/** oidc-provider on loopback. */
export type AuthorizationServer = {
  readonly issuer: string;
  readonly provider: Provider;
  readonly asked: Asked[];
  /** Token requests so far. */
  readonly tokenRequests: () => readonly Asked[];
  interfere: Interfere | undefined;
  readonly close: () => Promise<void>;
};

/** Scopes that the server knows, of the API `urn:api`. */
const SCOPES = 'read write admin';
export const RESOURCE = 'urn:api';

export type Keys = { readonly privateJwk: JWK; readonly publicJwk: JWK };

export async function makeKeys(alg = 'ES256', kid = 'k1'): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    privateJwk: { ...(await exportJWK(privateKey)), alg, kid },
    publicJwk: { ...(await exportJWK(publicKey)), alg, kid, use: 'sig' },
  };
}

type Options = {
  readonly clients?: Configuration['clients'];
  /** Seconds. */
  readonly lifetime?: number;
  readonly config?: Partial<Configuration>;
  readonly dpopNonce?: boolean;
  /** Of service accounts, by `iss` of their assertions. */
  readonly accounts?: Readonly<Record<string, JWK>>;
  readonly format?: 'jwt' | 'opaque';
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** An authorization server with the given clients. */
export async function startAuthorizationServer(options: Options = {}): Promise<AuthorizationServer> {
  const { clients = [], lifetime = 600, config = {}, dpopNonce = false, accounts = {}, format = 'jwt' } = options;
  const asked: Asked[] = [];
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;
  const server: Server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateJwk } = await makeKeys('RS256', 'server');
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [privateJwk as never] },
    scopes: ['openid', 'offline_access', ...SCOPES.split(' ')],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true, mask: '****', charset: 'digits' },
      introspection: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => dpopNonce },
      mTLS: {
        enabled: true,
        tlsClientAuth: true,
        certificateAuthorized: (ctx: KoaContextWithOIDC) => ctx.get('x-test-certificate') === 'good',
        certificateSubjectMatches: (ctx: KoaContextWithOIDC, property: string, expected: string) =>
          property === 'tls_client_auth_subject_dn' && ctx.get('x-test-subject') === expected,
        getCertificate: (ctx: KoaContextWithOIDC) => ctx.get('x-test-certificate') || undefined,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPES,
          audience: RESOURCE,
          accessTokenTTL: lifetime,
          accessTokenFormat: format,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: {
      AccessToken: lifetime,
      ClientCredentials: lifetime,
      RefreshToken: 3600,
      AuthorizationCode: 60,
      DeviceCode: 60,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
      IdToken: 600,
    },
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx: unknown, client: { grantTypeAllowed(type: string): boolean }) =>
      client.grantTypeAllowed('refresh_token'),
    interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    loadExistingGrant: async (ctx: KoaContextWithOIDC) => {
      const { client, session } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope(`openid offline_access ${SCOPES}`);
      grant.addResourceScope(RESOURCE, SCOPES);
      await grant.save();
      return grant;
    },
    ...config,
  } as Configuration);
  registerGrants(provider, issuer, accounts, lifetime);
  const result: AuthorizationServer = {
    issuer,
    provider,
    asked,
    tokenRequests: () => asked.filter(({ path }) => path === '/token'),
    interfere: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const callback = provider.callback();
  handle = async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const body = request.method === 'POST' ? await readBody(request) : '';
    const one: Asked = { method: request.method ?? '', path, body, headers: request.headers };
    asked.push(one);
    if (await result.interfere?.(request, response, one)) return;
    // The parsed body is passed on, as body parsers do.
    if (body !== '') (request as IncomingMessage & { body?: unknown }).body = body;
    if (path.startsWith('/interaction/')) {
      await provider.interactionFinished(
        request,
        response,
        { login: { accountId: 'ada' } },
        { mergeWithLastSubmission: false },
      );
      return;
    }
    await callback(request, response);
  };
  return result;
}

/** Grants that oidc-provider does not implement: password (RFC 6749, 4.3) and JWT bearer (RFC 7523, 2.1). */
function registerGrants(
  provider: Provider,
  issuer: string,
  accounts: Readonly<Record<string, JWK>>,
  lifetime: number,
): void {
  const seen = new Set<unknown>();
  const issue = async (ctx: KoaContextWithOIDC, accountId: string): Promise<void> => {
    const { client, params } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId });
    grant.addResourceScope(RESOURCE, SCOPES);
    const grantId = await grant.save();
    const token = new provider.AccessToken({
      accountId,
      client: client as never,
      grantId,
      gty: 'custom',
      scope: String(params?.scope ?? ''),
    } as never);
    ctx.body = { access_token: await token.save(), expires_in: lifetime, token_type: 'Bearer', scope: params?.scope };
  };
  provider.registerGrantType(
    'password',
    async (ctx) => {
      const { username, password } = ctx.oidc.params ?? {};
      if (username !== 'ada' || password !== 'lovelace & co') throw new errors.InvalidGrant('wrong user or password');
      await issue(ctx, 'ada');
    },
    ['username', 'password', 'scope'],
  );
  provider.registerGrantType(
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    async (ctx) => {
      const assertion = String(ctx.oidc.params?.assertion ?? '');
      try {
        const [, claims = ''] = assertion.split('.');
        const { iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string };
        const key = await importJWK(accounts[iss] as JWK);
        const { payload } = await jwtVerify(assertion, key, {
          audience: `${issuer}/token`,
          maxTokenAge: 600,
          clockTolerance: 5,
        });
        if (seen.has(payload.jti)) throw new Error('the assertion was used before');
        seen.add(payload.jti);
        await issue(ctx, String(payload.sub));
      } catch (error) {
        throw new errors.InvalidGrant(error instanceof Error ? error.message : 'wrong assertion');
      }
    },
    ['assertion', 'scope'],
  );
}
