import { toBase64Url } from '../signing/base64url.ts';
import { makeNonce, toBytes } from '../signing/index.ts';
import { signToken } from './jwt.ts';

/** Creates proofs that a request comes from the owner of the token's key (RFC 9449). */
export type Dpop = {
  /** Returns the last nonce that the server of a URL sent. Undefined if it has sent none. */
  readonly nonceOf: (url: string) => string | undefined;
  /** Creates a proof for one request, with the nonce of its server. With a token, the proof is bound to the token. */
  readonly proof: (
    method: string,
    url: string,
    now: number,
    nonce: string | undefined,
    token?: string,
  ) => Promise<string>;
  /**
   * Stores the nonce that a server requires. Returns false if the server sends none, or the nonce that the request
   * already had.
   */
  readonly keepNonce: (url: string, headers: Headers, sent?: string) => boolean;
};

/**
 * Creates the proofs of a client.
 * @param given the key pair; true: a new, non-extractable pair
 */
export function createDpop(given: true | CryptoKeyPair): Dpop {
  const nonces = new Map<string, string>();
  let made: Promise<{ readonly pair: CryptoKeyPair; readonly jwk: JsonWebKey }> | undefined;
  const keys = async () => {
    const pair =
      given === true
        ? ((await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
            'sign',
            'verify',
          ])) as CryptoKeyPair)
        : given;
    const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined);
    return { pair, jwk: Object.fromEntries(members) as JsonWebKey };
  };
  return {
    nonceOf: (url) => nonces.get(new URL(url).origin),
    async proof(method, url, now, nonce, token) {
      made ??= keys();
      const { pair, jwk } = await made;
      const { origin, pathname } = new URL(url);
      const algorithm =
        jwk.kty === 'RSA' ? 'RS256' : jwk.kty === 'OKP' ? 'EdDSA' : jwk.crv === 'P-384' ? 'ES384' : 'ES256';
      return signToken(
        { key: pair.privateKey, algorithm, keyId: undefined },
        {
          jti: makeNonce(16),
          htm: method,
          htu: origin + pathname,
          iat: Math.floor(now / 1000),
          ...(nonce !== undefined && { nonce }),
          ...(token !== undefined && { ath: await hashOf(token) }),
        },
        { typ: 'dpop+jwt', jwk },
      );
    },
    keepNonce(url, headers, sent) {
      const nonce = headers.get('dpop-nonce');
      if (nonce === null) return false;
      nonces.set(new URL(url).origin, nonce);
      return nonce !== sent;
    },
  };
}

async function hashOf(token: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(toBytes(token)))));
}
