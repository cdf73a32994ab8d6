import { createHash } from 'node:crypto';

/**
 * The client's certificate as DER, from the header `Client-Cert` (RFC 9440), which a proxy that terminates mutual TLS
 * sets: the mock supports only HTTP.
 */
export function certificateIn(headers: Headers): Buffer | undefined {
  const [, text] = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(headers.get('client-cert') ?? '') ?? [];
  return text === undefined ? undefined : Buffer.from(text, 'base64');
}

/** The `x5t#S256` of a token that is bound to a certificate (RFC 8705, section 3.1). */
export const thumbprintOf = (certificate: Uint8Array): string =>
  createHash('sha256').update(certificate).digest('base64url');
