/**
 * The origins of pages on this machine, which can also send cookies. Other pages can call without cookies, like any
 * public API.
 */
const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** The response to a preflight request (Fetch standard, section 3.2). Undefined for any other request. */
export function preflight({ method, headers }: Request): Response | undefined {
  const asked = headers.get('access-control-request-method');
  const origin = headers.get('origin');
  if (method !== 'OPTIONS' || asked === null || origin === null) return undefined;
  return new Response(null, {
    status: 204,
    headers: {
      ...allowed(origin),
      'access-control-allow-methods': asked,
      'access-control-allow-headers': headers.get('access-control-request-headers') ?? '*',
      'access-control-max-age': '600',
      // A public page may call a server on this machine (Private Network Access).
      ...(headers.get('access-control-request-private-network') === 'true' && {
        'access-control-allow-private-network': 'true',
      }),
    },
  });
}

/** Lets the calling page read the whole response. */
export function allowOrigin(response: Response, origin: string): Response {
  const { headers } = response;
  // With cookies, `*` has no special meaning, so each name is listed.
  const names = [...headers.keys()].join(', ');
  for (const [name, value] of Object.entries(allowed(origin))) headers.set(name, value);
  headers.set('access-control-expose-headers', names);
  return response;
}

function allowed(origin: string): Record<string, string> {
  if (!LOOPBACK.test(origin)) return { 'access-control-allow-origin': '*' };
  return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'origin' };
}
