import { fromBase64, toBase64, toBytes } from './bytes.ts';

/** A text that was encrypted by AES-GCM, in the form that providers send. */
export type Sealed = {
  /** The ciphertext with its tag of 16 bytes at the end, as base64. */
  readonly ciphertext: string;
  /** The nonce: 12 bytes, as text. */
  readonly nonce: string;
  /** Data that is authenticated, but not encrypted. Default: none. */
  readonly associatedData?: string;
};

const parametersOf = ({ nonce, associatedData = '' }: Omit<Sealed, 'ciphertext'>): AesGcmParams => ({
  name: 'AES-GCM',
  iv: new Uint8Array(toBytes(nonce)),
  additionalData: new Uint8Array(toBytes(associatedData)),
});

const importKey = (key: string | Uint8Array, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(toBytes(key)), 'AES-GCM', false, [usage]);

/**
 * Decrypts AES-GCM data, such as the `resource` of a WeChat Pay notification.
 *
 * @param key 16, 24 or 32 bytes, or text of that length
 * @throws {Error} if the key does not match, or the data was changed
 * @example
 * ```ts
 * const resource = { nonce: '55a1b2c3d4e5', associatedData: 'transaction', ciphertext: 'vJ8…' };
 * const payment = JSON.parse(await openAesGcm('0123456789abcdef0123456789abcdef', resource));
 * ```
 */
export async function openAesGcm(key: string | Uint8Array, sealed: Sealed): Promise<string> {
  const bytes = new Uint8Array(fromBase64(sealed.ciphertext));
  const opened = await crypto.subtle.decrypt(parametersOf(sealed), await importKey(key, 'decrypt'), bytes);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened);
}

/**
 * Encrypts a text with AES-GCM. Never use a nonce twice with one key.
 *
 * @param key 16, 24 or 32 bytes, or text of that length
 * @example
 * ```ts
 * const nonce = '55a1b2c3d4e5';
 * const ciphertext = await sealAesGcm('0123456789abcdef0123456789abcdef', '{"paid":true}', { nonce, associatedData: 'transaction' });
 * ```
 */
export async function sealAesGcm(
  key: string | Uint8Array,
  text: string,
  options: Omit<Sealed, 'ciphertext'>,
): Promise<string> {
  const data = new Uint8Array(toBytes(text));
  return toBase64(
    new Uint8Array(await crypto.subtle.encrypt(parametersOf(options), await importKey(key, 'encrypt'), data)),
  );
}
