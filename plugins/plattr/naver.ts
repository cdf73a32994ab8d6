import { isApiError } from '@countersign/runtime/client';
import { createNaverClient } from '../../generated/naver/src/client.ts';

/**
 * The id of the Naver user who owns an access token; undefined for a token that Naver rejects. Throws for any other
 * failure.
 */
export type NaverLogin = (accessToken: string) => Promise<string | undefined>;

export type NaverOptions = {
  /** Default: `NAVER_BASE_URL` of the environment, or Naver's own URL. */
  readonly baseUrl?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
};

/** RFC 6750, section 2.1: the characters allowed after `Bearer`. Other values cannot be sent as a header. */
const BEARER = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Calls Naver's profile API. A login waits for it, so that its timeout is short. */
export function createNaverLogin({ baseUrl, environment }: NaverOptions = {}): NaverLogin {
  return async (accessToken) => {
    if (!BEARER.test(accessToken)) return undefined;
    const client = createNaverClient({
      baseUrl,
      environment,
      credentials: { accessToken },
      timeout: { attempt: 3000, call: 8000 },
      retry: { attempts: 2 },
    });
    const { data, error } = await client.getProfile();
    if (error === undefined) return data.id;
    if (isApiError(error) && error.status === 401) return undefined;
    throw error;
  };
}
