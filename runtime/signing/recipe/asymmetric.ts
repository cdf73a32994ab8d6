import type { KeyForm, RecipeAlgorithm } from '../../contract/index.ts';
import { fromBase64, fromHex } from '../bytes.ts';
import { type DerKey, fromDerSignature, readPem, toDerSignature } from './der.ts';

type Asymmetric = Exclude<RecipeAlgorithm, { readonly kind: 'hash' | 'hmac' }>;
type Usage = 'sign' | 'verify';

const HASHES: { readonly [name: string]: string } = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};
const SALT: { readonly [name: string]: number } = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

function importParameters(algorithm: Asymmetric): EcKeyImportParams | RsaHashedImportParams | Algorithm {
  switch (algorithm.kind) {
    case 'rsa':
      return { name: 'RSASSA-PKCS1-v1_5', hash: HASHES[algorithm.hash] ?? '' };
    case 'rsa-pss':
      return { name: 'RSA-PSS', hash: HASHES[algorithm.hash] ?? '' };
    case 'ecdsa':
      return { name: 'ECDSA', namedCurve: algorithm.curve };
    case 'ed25519':
      return { name: 'Ed25519' };
  }
}

function signParameters(algorithm: Asymmetric): EcdsaParams | RsaPssParams | Algorithm {
  switch (algorithm.kind) {
    case 'rsa':
      return { name: 'RSASSA-PKCS1-v1_5' };
    case 'rsa-pss':
      return { name: 'RSA-PSS', saltLength: SALT[algorithm.hash] ?? 32 };
    case 'ecdsa':
      return { name: 'ECDSA', hash: HASHES[algorithm.hash] ?? '' };
    case 'ed25519':
      return { name: 'Ed25519' };
  }
}

/** The bytes before the 32-byte seed in PKCS #8 (RFC 8410, section 7). */
const SEED_HEAD = '302e020100300506032b657004220420';
const PUBLIC_HEAD = '302a300506032b6570032100';

/** An Ed25519 key can also be its 32 bytes, or seed and public key together. */
function readEd25519(bytes: Uint8Array, usage: Usage): DerKey | undefined {
  if (bytes.length !== 32 && bytes.length !== 64) return undefined;
  const isPrivate = usage === 'sign' || bytes.length === 64;
  const head = fromHex(isPrivate ? SEED_HEAD : PUBLIC_HEAD);
  return { kind: isPrivate ? 'private' : 'public', bytes: new Uint8Array([...head, ...bytes.subarray(0, 32)]) };
}

function readKey(text: string, form: KeyForm, algorithm: Asymmetric, usage: Usage): DerKey {
  if (form === 'hex' || form === 'base64') {
    const bytes = form === 'hex' ? fromHex(text) : fromBase64(text);
    const raw = algorithm.kind === 'ed25519' ? readEd25519(bytes, usage) : undefined;
    if (raw) return raw;
  }
  return readPem(text);
}

const usageOf = (jwk: JsonWebKey): 'private' | 'public' => (jwk.d === undefined ? 'public' : 'private');

async function importJwk(jwk: JsonWebKey, algorithm: Asymmetric, usage: Usage): Promise<CryptoKey> {
  // A private key contains the public key.
  const { kty, crv, x, y, n, e } = jwk;
  const own = usage === 'sign' ? { ...jwk, key_ops: undefined, use: undefined } : { kty, crv, x, y, n, e };
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return crypto.subtle.importKey('jwk', given as JsonWebKey, importParameters(algorithm), false, [usage]);
}

async function importKey(text: string, form: KeyForm, algorithm: Asymmetric, usage: Usage): Promise<CryptoKey> {
  const { subtle } = crypto;
  if (form === 'jwk') {
    const jwk = JSON.parse(text) as JsonWebKey;
    if (usage === 'sign' && usageOf(jwk) === 'public') throw new TypeError('The key is not a private key');
    return importJwk(jwk, algorithm, usage);
  }
  const parameters = importParameters(algorithm);
  const { kind, bytes } = readKey(text, form, algorithm, usage);
  if (kind === 'public') {
    if (usage === 'sign') throw new TypeError('The key is not a private key');
    return subtle.importKey('spki', bytes, parameters, false, ['verify']);
  }
  if (usage === 'sign') return subtle.importKey('pkcs8', bytes, parameters, false, ['sign']);
  const key = await subtle.importKey('pkcs8', bytes, parameters, true, ['sign']);
  return importJwk(await subtle.exportKey('jwk', key), algorithm, usage);
}

type Imported = { readonly by: string; readonly key: Promise<CryptoKey> };
const imported: Imported[] = [];
const MOST = 16;

/** The imported key. A signer has few keys, so the most recent ones stay imported. */
function keyOf(text: string, form: KeyForm, algorithm: Asymmetric, usage: Usage): Promise<CryptoKey> {
  const by = [usage, form, JSON.stringify(algorithm), text].join(' ');
  const known = imported.find((entry) => entry.by === by);
  if (known) return known.key;
  const key = importKey(text, form, algorithm, usage);
  imported.unshift({ by, key });
  imported.length = Math.min(imported.length, MOST);
  return key;
}

/**
 * Signs with a private key.
 * @throws {TypeError} if the key does not have that form, or is a public key
 */
export async function signAsymmetric(
  algorithm: Asymmetric,
  key: string,
  form: KeyForm,
  message: Uint8Array,
): Promise<Uint8Array> {
  const made = await keyOf(key, form, algorithm, 'sign');
  const signature = await crypto.subtle.sign(signParameters(algorithm), made, new Uint8Array(message));
  const bytes = new Uint8Array(signature);
  return algorithm.kind === 'ecdsa' && algorithm.der ? toDerSignature(bytes) : bytes;
}

/** Verifies a signature. Returns false if the signature is invalid. @throws if the key cannot be parsed */
export async function verifyAsymmetric(
  algorithm: Asymmetric,
  key: string,
  form: KeyForm,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const made = await keyOf(key, form, algorithm, 'verify');
  try {
    const size = algorithm.kind === 'ecdsa' && algorithm.curve === 'P-384' ? 48 : 32;
    const raw = algorithm.kind === 'ecdsa' && algorithm.der ? fromDerSignature(signature, size) : signature;
    return await crypto.subtle.verify(signParameters(algorithm), made, new Uint8Array(raw), new Uint8Array(message));
  } catch {
    return false;
  }
}
