import { toBase64Url } from '../signing/base64url.ts';
import { toBytes } from '../signing/index.ts';
import { readPem } from '../signing/recipe/der.ts';
import type { SigningAlgorithm } from './options.ts';

/** A private key, ready to sign tokens. */
export type TokenKey = {
  readonly key: CryptoKey;
  readonly algorithm: SigningAlgorithm;
  readonly keyId: string | undefined;
};

const CURVES: { readonly [curve: string]: SigningAlgorithm } = { 'P-256': 'ES256', 'P-384': 'ES384', Ed25519: 'EdDSA' };

function importParameters(algorithm: SigningAlgorithm): EcKeyImportParams | RsaHashedImportParams | Algorithm {
  const bits = algorithm.slice(2);
  if (algorithm === 'EdDSA') return { name: 'Ed25519' };
  if (algorithm.startsWith('ES')) return { name: 'ECDSA', namedCurve: `P-${bits}` };
  return { name: algorithm.startsWith('PS') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: `SHA-${bits}` };
}

function signParameters(algorithm: SigningAlgorithm): EcdsaParams | RsaPssParams | Algorithm {
  const bits = algorithm.slice(2);
  if (algorithm.startsWith('ES')) return { name: 'ECDSA', hash: `SHA-${bits}` };
  return algorithm.startsWith('PS') ? { name: 'RSA-PSS', saltLength: Number(bits) / 8 } : importParameters(algorithm);
}

/** Imports a key. Its type defines the algorithm: RSA signs with RS256, an elliptic curve with its own algorithm. */
async function importPem(text: string, given: SigningAlgorithm | undefined): Promise<Omit<TokenKey, 'keyId'>> {
  const { kind, bytes } = readPem(text);
  if (kind !== 'private') throw new TypeError('a public key cannot sign');
  for (const algorithm of given ? [given] : (['RS256', 'ES256', 'ES384', 'EdDSA'] as const)) {
    try {
      const key = await crypto.subtle.importKey('pkcs8', bytes, importParameters(algorithm), false, ['sign']);
      return { key, algorithm };
    } catch {}
  }
  throw new TypeError(`not a private key${given ? ` for ${given}` : ' of RSA, P-256, P-384 or Ed25519'}`);
}

/**
 * Imports a private key.
 * @throws {TypeError} if the key cannot be read; the message does not contain the key
 */
export async function importTokenKey(
  given: string | JsonWebKey,
  algorithm: SigningAlgorithm | undefined,
  keyId: string | undefined,
): Promise<TokenKey> {
  const jwk = typeof given === 'string' ? (given.trim().startsWith('{') ? parse(given) : undefined) : given;
  if (jwk === undefined) return { ...(await importPem(given as string, algorithm)), keyId };
  const { alg, kid } = jwk as JsonWebKey & { kid?: string };
  const chosen = algorithm ?? (alg as SigningAlgorithm | undefined) ?? CURVES[jwk.crv ?? ''] ?? 'RS256';
  const { key_ops: _, use: __, ext: ___, ...plain } = jwk;
  try {
    const key = await crypto.subtle.importKey('jwk', plain, importParameters(chosen), false, ['sign']);
    return { key, algorithm: chosen, keyId: keyId ?? kid };
  } catch {
    throw new TypeError(`not a private JWK for ${chosen}`);
  }
}

function parse(text: string): JsonWebKey {
  try {
    return JSON.parse(text) as JsonWebKey;
  } catch {
    throw new TypeError('not a JWK: it is not JSON');
  }
}

/** Creates a signed JWT (RFC 7519). */
export async function signToken(
  { key, algorithm, keyId }: TokenKey,
  claims: object,
  head: object = {},
): Promise<string> {
  const header = { alg: algorithm, typ: 'JWT', ...(keyId !== undefined && { kid: keyId }), ...head };
  const message = [header, claims].map((part) => toBase64Url(toBytes(JSON.stringify(part)))).join('.');
  const signature = await crypto.subtle.sign(signParameters(algorithm), key, new Uint8Array(toBytes(message)));
  return `${message}.${toBase64Url(new Uint8Array(signature))}`;
}
