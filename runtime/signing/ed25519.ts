import { type Data, fromHex, toBytes } from './bytes.ts';

/** The bytes before the 32 bytes of a seed in PKCS #8 (RFC 8410, section 7). */
const PKCS8_HEAD = '302e020100300506032b657004220420';

/**
 * Signs a message with Ed25519 (RFC 8032), by WebCrypto.
 *
 * @param privateKey a seed of 32 bytes, or PKCS #8
 * @returns the signature: 64 bytes
 * @example
 * ```ts
 * const signature = await signEd25519(fromBase64(process.env.PRIVATE_KEY ?? ''), 'message');
 * toBase64(signature);
 * ```
 */
export async function signEd25519(privateKey: Uint8Array, message: Data): Promise<Uint8Array> {
  const pkcs8 = new Uint8Array(privateKey.length === 32 ? [...fromHex(PKCS8_HEAD), ...privateKey] : privateKey);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key, new Uint8Array(toBytes(message))));
}

/**
 * Whether an Ed25519 signature (RFC 8032) belongs to a message and a public key, by WebCrypto.
 *
 * @param publicKey 32 raw bytes, or SPKI
 * @returns false for any invalid signature, including one of the wrong length
 * @example
 * ```ts
 * const valid = await verifyEd25519(fromBase64(process.env.PUBLIC_KEY ?? ''), 'message', fromBase64('AP8='));
 * ```
 */
export async function verifyEd25519(publicKey: Uint8Array, message: Data, signature: Uint8Array): Promise<boolean> {
  const form = publicKey.length === 32 ? 'raw' : 'spki';
  const key = await crypto.subtle.importKey(form, new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(toBytes(message)));
}
