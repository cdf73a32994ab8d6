import type { ApiDescriptor, Carrier } from '../contract/index.ts';
import { parseCookies } from '../server/cookies.ts';

/** A request as it came, kept for the log and for explaining it. */
export type Received = {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** Undefined: too large to be kept. */
  readonly bytes: Uint8Array | undefined;
};

/** What a carrier holds, without its prefix; undefined where it is absent or empty. */
export function readReceived(
  { url, headers, bytes }: Received,
  { in: place, name, prefix = '' }: Carrier,
): string | undefined {
  const text = readRaw();
  if (!text || text.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) return undefined;
  return text.slice(prefix.length).trim() || undefined;

  function readRaw(): string | null | undefined {
    switch (place) {
      case 'header':
        return headers.get(name);
      case 'query':
        return new URL(url).searchParams.getAll(name).find((value) => value !== '');
      case 'cookie':
        return parseCookies(headers.get('cookie')).get(name);
      case 'body':
        return bodyMember(bytes, headers.get('content-type'), name);
    }
  }
}

function bodyMember(bytes: Uint8Array | undefined, contentType: string | null, name: string): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (contentType?.includes('x-www-form-urlencoded')) return new URLSearchParams(text).get(name) ?? undefined;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
    const value = (body as Record<string, unknown>)[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  } catch {
    return undefined;
  }
}

/** Every place where a secret, a token or a signature's credential travels in requests of the API. */
export function secretCarriers({ securitySchemes }: ApiDescriptor): readonly Carrier[] {
  return Object.values(securitySchemes).flatMap((scheme) => {
    switch (scheme.kind) {
      case 'session':
        return scheme.carriers;
      case 'signature':
        return scheme.credentials.flatMap(({ secret, carriers }) => (secret ? carriers : []));
      default:
        return scheme.credential.secret ? scheme.credential.carriers : [];
    }
  });
}
