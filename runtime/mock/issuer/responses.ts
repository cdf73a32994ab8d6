/** The CORS headers. Pages of any origin may log in, as with any public authorization server. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, dpop',
  'access-control-allow-methods': 'GET, POST',
} as const;

/** Creates a JSON response that caches may not store (RFC 6749, section 5.1). */
export function json(body: object, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...corsHeaders, ...headers } });
}

/** An error response of the token endpoint (RFC 6749, section 5.2). */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal';
  readonly code: string;
  readonly challenge: boolean;

  /** @param challenge true: the client used the header `Authorization` */
  constructor(code: string, message: string, challenge = false) {
    super(message);
    this.code = code;
    this.challenge = challenge;
  }

  response(): Response {
    return json(
      { error: this.code, error_description: this.message },
      this.code === 'invalid_client' ? 401 : 400,
      this.challenge ? { 'www-authenticate': 'Basic realm="mock"' } : {},
    );
  }
}
