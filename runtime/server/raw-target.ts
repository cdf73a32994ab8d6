/** The bindings that the Node adapter passes with the request. Express stores the whole target under a different name. */
type NodePlatform = { readonly incoming?: { readonly url?: string; readonly originalUrl?: string } };

/**
 * Path and query with the exact bytes that were received, if the platform provides them. The URL of a `Request` is
 * normalized, so that `/a/../b` and `|` differ from the bytes that were signed.
 */
export function rawTarget(platform: unknown): string | undefined {
  const { incoming } = (platform ?? {}) as NodePlatform;
  const text = incoming?.originalUrl ?? incoming?.url;
  if (typeof text !== 'string') return undefined;
  // A proxy receives the absolute form (RFC 9112, section 3.2.2).
  return (text.startsWith('/') ? text : /^https?:\/\/[^/?#]*(.*)$/i.exec(text)?.[1]) || undefined;
}
