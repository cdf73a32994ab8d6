import { misconfigured } from '../client/configuration.ts';
import type { Context } from '../client/types.ts';
import { makeNonce, toBase64, toBytes } from '../signing/index.ts';
import type { Endpoints } from './endpoints.ts';
import { importTokenKey, signToken, type TokenKey } from './jwt.ts';
import type { ClientAuthentication } from './options.ts';
import { type AnyOptions, readOption } from './settings.ts';

/** A token request in progress: its form, its headers, and its secrets. */
export type TokenRequest = {
  readonly url: string;
  readonly form: URLSearchParams;
  readonly headers: Headers;
  readonly secrets: Set<string>;
  /** The time in milliseconds since 1970, by the server's clock if known. */
  readonly now: number;
};

/** Seconds for which an assertion is valid. */
const LIFETIME = 60;

/** Encodes one half of a Basic credential as in a form (RFC 6749, section 2.3.1). */
const encoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** Imports the option `privateKey`. @throws {ConfigurationError} whose message does not contain the key */
export async function keyOf(ctx: Context, { privateKey, algorithm, keyId }: AnyOptions): Promise<TokenKey> {
  try {
    const given = typeof privateKey === 'object' ? privateKey : await readOption(ctx, privateKey, 'privateKey');
    return await importTokenKey(given, algorithm, keyId);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw misconfigured(ctx.api, `the privateKey of the option oauth is invalid: ${error.message}`);
  }
}

async function methodOf(options: AnyOptions, endpoints: Endpoints): Promise<ClientAuthentication> {
  const { clientAuthentication, clientSecret, privateKey, grant } = options;
  if (clientAuthentication) return clientAuthentication;
  // The key of a service account signs the assertion of the grant, and does not authenticate the client.
  if (privateKey && grant !== 'jwtBearer') return 'private_key_jwt';
  if (!clientSecret) return 'none';
  const supported = (await endpoints.metadata())?.token_endpoint_auth_methods_supported;
  const isPost = supported?.includes('client_secret_post') && !supported.includes('client_secret_basic');
  return isPost ? 'client_secret_post' : 'client_secret_basic';
}

/** Authenticates the client by exactly one method (RFC 6749, section 2.3). */
export async function authenticate(
  ctx: Context,
  options: AnyOptions,
  endpoints: Endpoints,
  { url, form, headers, secrets, now }: TokenRequest,
): Promise<void> {
  const { clientId } = options;
  const method = await methodOf(options, endpoints);
  if (!clientId) {
    if (method === 'none' && options.grant === 'jwtBearer') return;
    throw misconfigured(ctx.api, 'the option oauth requires clientId');
  }
  if (method === 'client_secret_basic') {
    const secret = await readOption(ctx, options.clientSecret, 'clientSecret');
    const pair = toBase64(toBytes(`${encoded(clientId)}:${encoded(secret)}`));
    headers.set('authorization', `Basic ${pair}`);
    secrets.add(secret).add(pair);
    return;
  }
  form.set('client_id', clientId);
  if (method === 'client_secret_post') {
    const secret = await readOption(ctx, options.clientSecret, 'clientSecret');
    form.set('client_secret', secret);
    secrets.add(secret);
  }
  if (method === 'private_key_jwt') {
    const audience = options.assertionAudience ?? (await endpoints.metadata())?.issuer ?? url;
    const iat = Math.floor(now / 1000);
    // The id is new for each request, because a server accepts each `jti` once.
    const assertion = await signToken(await keyOf(ctx, options), {
      iss: clientId,
      sub: clientId,
      aud: audience,
      jti: makeNonce(16),
      iat,
      exp: iat + LIFETIME,
    });
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', assertion);
    secrets.add(assertion);
  }
}
