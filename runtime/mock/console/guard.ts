/** A host name of this machine that a DNS server cannot assign to another page. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const LOOPBACK_ADDRESS = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Why a request may not use the console, which signs with credentials and calls addresses. Undefined if it may. The
 * request must come from this machine, and its host must be a name of this machine, which the host of a page that
 * rebinds its DNS name is not. In a browser, it must also come from the page of the console.
 */
export function refuseForeign(
  request: Request,
  environment: unknown,
  { anyType = false }: { readonly anyType?: boolean } = {},
): string | undefined {
  const { headers, method } = request;
  const host = headers.get('host') ?? new URL(request.url).host;
  if (!LOOPBACK_HOST.test(host)) return 'The console accepts requests only for localhost and 127.0.0.1.';
  const address = addressOf(environment);
  if (address !== undefined && !LOOPBACK_ADDRESS.test(address))
    return 'The console accepts requests only from this machine.';
  const origin = headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) return 'The console accepts requests only from its own pages.';
  const site = headers.get('sec-fetch-site');
  // `none` means that a person typed the address. A link on another site can open the page, but it can do nothing else.
  const opens = headers.get('sec-fetch-mode') === 'navigate' && method === 'GET';
  if (site !== null && !['same-origin', 'none'].includes(site) && !opens)
    return 'The console accepts requests only from its own pages.';
  // A browser states the origin of other pages. A request without these headers comes from a program on this machine.
  const isProgram = anyType && origin === null && site === null;
  if (
    !isProgram &&
    method !== 'GET' &&
    method !== 'HEAD' &&
    !headers.get('content-type')?.startsWith('application/json')
  ) {
    return 'The console accepts only JSON.';
  }
  return undefined;
}

function addressOf(environment: unknown): string | undefined {
  const { incoming } = (environment ?? {}) as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress;
}
