import type { Fetch } from '../client/index.ts';
import { readRetryAfter } from '../client/retry.ts';
import type { Context } from '../client/types.ts';
import { TokenFailure } from './failure.ts';

/** A response of an authorization server: a JSON object, or the pairs of a form. */
export type OAuthResponse = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Maximum size of a response in bytes. Responses of token endpoints are smaller. */
const LIMIT = 2 ** 20;

/** The URL without query and fragment, which an error may contain. */
export const shownUrl = (url: string): string => url.replace(/[?#].*/s, '');

/**
 * Sends one request to an authorization server, with the `fetch` of the client. Redirects are not followed, because
 * they would send a secret to another host.
 *
 * @throws {TokenFailure} if the server does not respond, or the response is not a JSON object
 */
export async function ask(ctx: Context, given: string, init: RequestInit = {}): Promise<OAuthResponse> {
  const { fetch = globalThis.fetch as Fetch, fetchOptions, timeout } = ctx.options;
  const url = shownUrl(given);
  const limit = timeout?.attempt ?? ctx.api.timeout?.attempt ?? 30_000;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TokenFailure({ message: `${url} did not respond within ${limit} ms`, url }, { isTransient: true }));
      controller.abort();
    }, limit);
  });
  const exchange = async (): Promise<OAuthResponse> => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(given, { ...fetchOptions, redirect: 'manual', ...init, signal: controller.signal });
      text = await readText(response);
    } catch (error) {
      if (error instanceof TokenFailure) throw error;
      const { code, message } = ((error as { cause?: unknown }).cause ?? error) as { code?: string; message?: string };
      throw new TokenFailure({ message: `no response from ${url} (${code ?? message})`, url }, { isTransient: true });
    }
    const { status, headers, type } = response;
    if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      const message = `${url} redirects elsewhere (HTTP ${status}), which is not followed: a redirect would send the secret to another host`;
      throw new TokenFailure({ message, status, url });
    }
    return { status, headers, body: parse(text, headers) ?? noObject(ctx, url, status, headers) };
  };
  try {
    return await Promise.race([exchange(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
    if (size <= LIMIT) continue;
    reader.cancel().catch(() => {});
    throw new TokenFailure({ message: `the response is larger than ${LIMIT} bytes`, status: response.status });
  }
  return new Blob(chunks).text();
}

/** Parses a response. RFC 6749 requires JSON, but some servers send a form. */
function parse(text: string, headers: Headers): Readonly<Record<string, unknown>> | undefined {
  if (/x-www-form-urlencoded/i.test(headers.get('content-type') ?? ''))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function noObject(ctx: Context, url: string, status: number, headers: Headers): never {
  throw failureOf(ctx, `${url} sent HTTP ${status} without a JSON object`, { status, url }, headers);
}

/** A failure that an HTTP response reports. */
export function failureOf(
  ctx: Context,
  message: string,
  about: { readonly status: number; readonly url: string; readonly oauthError?: string },
  headers: Headers,
): TokenFailure {
  const { status } = about;
  const date = Date.parse(headers.get('date') ?? '');
  return new TokenFailure(
    { message, ...about },
    {
      isTransient: status === 429 || status >= 500,
      retryAfter: readRetryAfter(headers, ctx.clock.now()),
      ...(date > 0 && { date }),
    },
  );
}
