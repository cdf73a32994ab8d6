import type { Context } from '../client/types.ts';
import { TokenFailure } from './failure.ts';
import { shownUrl } from './post-form.ts';
import type { SchemeTokens } from './tokens.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** Seconds between two polls, if the server states none (RFC 8628, section 3.5). */
const INTERVAL = 5;

/** The values with which a user logs in on another device. */
export type DeviceAuthorization = {
  /** The code that the user enters. */
  readonly userCode: string;
  /** The URL where the user enters the code. */
  readonly verificationUri: string;
  /** The same URL with the code, for a QR code. Undefined if the server sends none. */
  readonly verificationUriComplete: string | undefined;
  /** Seconds for which the code is valid. */
  readonly expiresIn: number;
  /**
   * Waits until the user has approved the login. The client then has its token. Rejects with an OAuthError if the user
   * denies the request or the code expires.
   */
  readonly complete: (options?: { readonly signal?: AbortSignal }) => Promise<void>;
};

/** Gets a code for the user, then polls until the user has entered it (RFC 8628). */
export async function authorizeDevice(ctx: Context, tokens: SchemeTokens, scope: string): Promise<DeviceAuthorization> {
  const { issuer } = tokens;
  const url = await issuer.endpoints.device();
  const { body, status } = await issuer.post(
    url,
    ({ form }) => {
      if (scope !== '') form.set('scope', scope);
    },
    true,
  );
  const { device_code: code, user_code: userCode, verification_uri: uri, verification_uri_complete: complete } = body;
  if (typeof code !== 'string' || typeof userCode !== 'string' || typeof uri !== 'string') {
    const message = `${shownUrl(url)} sent no device_code, user_code or verification_uri`;
    throw new TokenFailure({ message, status, url: shownUrl(url) });
  }
  issuer.secrets.add(code);
  const expiresIn = Number(body['expires_in']) || 600;
  const ends = ctx.clock.now() + expiresIn * 1000;
  let interval = Number(body['interval']) || INTERVAL;

  const poll = async (signal: AbortSignal): Promise<void> => {
    const endpoint = await issuer.endpoints.token();
    for (;;) {
      signal.throwIfAborted();
      await ctx.clock.sleep(interval * 1000, signal);
      signal.throwIfAborted();
      try {
        const token = await issuer.request(
          endpoint,
          ({ form }) => {
            form.set('grant_type', GRANT);
            form.set('device_code', code);
          },
          true,
        );
        return await tokens.keep(token);
      } catch (error) {
        const said = error instanceof TokenFailure ? error.failure.oauthError : undefined;
        if (said === 'slow_down') interval += INTERVAL;
        else if (said !== 'authorization_pending') throw error;
        if (ctx.clock.now() > ends) throw error;
      }
    }
  };
  return {
    userCode,
    verificationUri: uri,
    verificationUriComplete: typeof complete === 'string' ? complete : undefined,
    expiresIn,
    complete: ({ signal = new AbortController().signal } = {}) => poll(signal),
  };
}
