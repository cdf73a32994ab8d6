/** What the Node adapter passes beside the request; Express keeps the whole target under another name. */
type NodePlatform = { readonly incoming?: { readonly url?: string; readonly originalUrl?: string } };

/**
 * Path and query byte for byte as they came, where the platform tells: the URL of a `Request` is normalised, so that
 * `/a/../b` and `|` are other bytes than those that were signed.
 */
export function rawTarget(platform: unknown): string | undefined {
  const { incoming } = (platform ?? {}) as NodePlatform;
  const text = incoming?.originalUrl ?? incoming?.url;
  if (typeof text !== 'string') return undefined;
  // A proxy is sent the absolute form (RFC 9112, section 3.2.2).
  return (text.startsWith('/') ? text : /^https?:\/\/[^/?#]*(.*)$/i.exec(text)?.[1]) || undefined;
}
