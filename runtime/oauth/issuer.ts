import { backOff, retryLimits } from '../client/back-off.ts';
import type { Token } from '../client/index.ts';
import { redact } from '../client/redact.ts';
import type { Context } from '../client/types.ts';
import { authenticate, type TokenRequest } from './authenticate.ts';
import { createDpop, type Dpop } from './dpop.ts';
import { createEndpoints, type Endpoints } from './endpoints.ts';
import { TokenFailure } from './failure.ts';
import { ask, failureOf, type OAuthResponse, shownUrl } from './post-form.ts';
import { type OAuthScheme, settingsOf } from './settings.ts';

/** Clock skew in milliseconds from which a rejected assertion is attributed to the local clock. */
const SKEW = 5_000;
/** Error codes that a wrong clock causes. */
const OF_CLOCKS: ReadonlySet<string | undefined> = new Set([
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_dpop_proof',
]);

/** Writes the parameters of a token request that depend on the grant. */
export type WriteRequest = (request: TokenRequest) => unknown;

/** The authorization server of one scheme. */
export type Issuer = {
  readonly options: ReturnType<typeof settingsOf>;
  readonly endpoints: Endpoints;
  readonly dpop: Dpop | undefined;
  /** Returns the time in milliseconds since 1970, by the server's clock if known. */
  readonly now: () => number;
  /** Every secret that was sent, for masking. */
  readonly secrets: Set<string>;
  /**
   * Sends a form by POST, with the authentication of the client. Temporary failures are retried.
   * @param isRepeatable false: the server may have acted although no response arrived
   */
  readonly post: (url: string, write: WriteRequest, isRepeatable: boolean) => Promise<OAuthResponse>;
  /** Requests a token, and returns the token of the response. */
  readonly request: (url: string, write: WriteRequest, isRepeatable: boolean) => Promise<Token>;
};

/** Creates the authorization server of a scheme from the options, the environment and the contract. */
export function createIssuer(ctx: Context, scheme: OAuthScheme): Issuer {
  const options = settingsOf(ctx, scheme);
  const endpoints = createEndpoints(ctx, scheme, options);
  const dpop = options.dpop ? createDpop(options.dpop) : undefined;
  const secrets = new Set<string>();
  let offset = 0;
  const now = (): number => ctx.clock.now() + offset;

  const once = async (url: string, write: WriteRequest, isRepeated = false): Promise<OAuthResponse> => {
    const headers = new Headers({ accept: 'application/json' });
    const request: TokenRequest = { url, form: new URLSearchParams(options.parameters), headers, secrets, now: now() };
    if (options.audience) request.form.set('audience', options.audience);
    for (const resource of [options.resource ?? []].flat()) request.form.append('resource', resource);
    await write(request);
    await authenticate(ctx, options, endpoints, request);
    const nonce = dpop?.nonceOf(url);
    if (dpop) headers.set('dpop', await dpop.proof('POST', url, now(), nonce));
    headers.set('content-type', 'application/x-www-form-urlencoded');
    const response = await ask(ctx, url, { method: 'POST', headers, body: request.form.toString() });
    const { error } = response.body;
    const wantsNonce = dpop?.keepNonce(url, response.headers, nonce) && error === 'use_dpop_nonce';
    // The request is repeated only once, because a server could require a new nonce each time.
    return wantsNonce && !isRepeated ? once(url, write, true) : response;
  };

  const attempt = async (url: string, write: WriteRequest): Promise<OAuthResponse> => {
    const response = await once(url, write);
    const { status, headers, body } = response;
    if (status >= 200 && status < 300 && typeof body['error'] !== 'string') return response;
    throw rejection(ctx, shownUrl(url), { status, headers, body }, secrets);
  };

  /** Corrects the clock by the server's time, if the clock skew explains the failure. */
  const corrects = ({ failure, date }: TokenFailure): boolean => {
    const signs = options.privateKey !== undefined || dpop !== undefined;
    if (!signs || date === undefined || !OF_CLOCKS.has(failure.oauthError)) return false;
    const before = offset;
    offset = date - ctx.clock.now();
    return Math.abs(offset - before) > SKEW;
  };

  const post: Issuer['post'] = async (url, write, isRepeatable) => {
    const { retry } = ctx.options;
    const limits = retryLimits(ctx.options);
    let corrected = false;
    for (let made = 1; ; made += 1) {
      try {
        return await attempt(url, write);
      } catch (error) {
        if (!(error instanceof TokenFailure)) throw error;
        if (!corrected && corrects(error)) {
          corrected = true;
          continue;
        }
        const { isTransient, retryAfter, failure } = error;
        // A refresh token or a code that arrived is used up. Sending it again would look like a theft.
        const isSafe = isRepeatable || failure.status !== undefined;
        const wait = retryAfter ?? backOff(limits, made, ctx.clock.random());
        const isLast = made >= limits.attempts || wait > limits.longestRetryAfter;
        if (retry === false || !isTransient || !isSafe || isLast) throw error;
        await ctx.clock.sleep(wait, new AbortController().signal);
      }
    }
  };

  return {
    options,
    endpoints,
    dpop,
    now,
    secrets,
    post,
    request: async (url, write, isRepeatable) => toToken(ctx, url, await post(url, write, isRepeatable), secrets),
  };
}

function rejection(
  ctx: Context,
  url: string,
  { status, headers, body }: OAuthResponse,
  secrets: Set<string>,
): TokenFailure {
  const { error, error_description: description } = body;
  const code = typeof error === 'string' ? redact(error, secrets) : undefined;
  const said = [code, typeof description === 'string' ? redact(description, secrets) : ''].filter(Boolean).join(': ');
  const message = `${url} rejected the token request with HTTP ${status}${said && ` (${said})`}`;
  return failureOf(ctx, message, { status, url, ...(code !== undefined && { oauthError: code }) }, headers);
}

function toToken(ctx: Context, url: string, { status, body }: OAuthResponse, secrets: Set<string>): Token {
  const { access_token: value, refresh_token: refreshToken, expires_in: lifetime, token_type: type, scope } = body;
  if (typeof value !== 'string' || value === '') {
    throw new TokenFailure({
      message: `${shownUrl(url)} sent HTTP ${status} without access_token`,
      status,
      url: shownUrl(url),
    });
  }
  secrets.add(value);
  const at = ctx.clock.now();
  // Some servers send the number as text.
  const seconds = lifetime === undefined || lifetime === null || lifetime === '' ? NaN : Number(lifetime);
  return {
    value,
    at,
    ...(seconds >= 0 && { expiresAt: at + seconds * 1000 }),
    ...(typeof refreshToken === 'string' && refreshToken !== '' && { refreshToken }),
    ...(typeof type === 'string' && { type }),
    ...(typeof scope === 'string' && { scope }),
  };
}
