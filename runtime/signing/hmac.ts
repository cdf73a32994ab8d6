import { type Data, toBase64, toBytes, toHex } from './bytes.ts';
import { concat } from './concat.ts';
import { type NodeCrypto, nodeCrypto } from './node-crypto.ts';

/**
 * A computed HMAC. It is a string if Node's hashing is available, and a promise if the engine only has WebCrypto. A
 * signer may return either.
 */
export type Mac = string | Promise<string>;

/** The padded keys of RFC 2104, which precede the message and the inner digest. `outer` has room for the digest. */
type Pads = {
  readonly key: string;
  readonly hash: MacHash;
  readonly inner: Uint8Array;
  /** `inner` as text, if the text has the same bytes in UTF-8. This is true for an ASCII key. */
  readonly text: string | undefined;
  readonly outer: Uint8Array;
};

/** The name of a hash for HMAC. */
export type MacHash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** The bytes of a block and of a digest, for each hash. */
export const SIZES: { readonly [Hash in MacHash]: readonly [block: number, digest: number] } = {
  md5: [64, 16],
  sha1: [64, 20],
  sha256: [64, 32],
  sha384: [128, 48],
  sha512: [128, 64],
};

let last: Pads | undefined;

/** The padded keys. A signer has few keys, so those of the last text key are cached. */
function padsOf({ hash: digest }: NodeCrypto, hash: MacHash, key: Data): Omit<Pads, 'key'> {
  if (last?.key === key && last.hash === hash) return last;
  const [block, size] = SIZES[hash];
  const given = toBytes(key);
  const short = given.length > block ? digest(hash, given, 'buffer') : given;
  const inner = new Uint8Array(block).fill(0x36);
  const outer = new Uint8Array(block + size).fill(0x5c, 0, block);
  for (const [at, byte] of short.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  const text = inner.every((byte) => byte < 0x80) ? String.fromCharCode(...inner) : undefined;
  const pads = { hash, inner, text, outer };
  if (typeof key === 'string') last = { key, ...pads };
  return pads;
}

/**
 * Computes HMAC (RFC 2104) by two plain hashes, of text if possible. Node's Hmac object takes twice as long, and bytes
 * take more memory.
 * @param form an encoding of `hash` in node:crypto; `binary` has one character per byte
 */
export function nodeHmac(
  node: NodeCrypto,
  hash: MacHash,
  key: Data,
  message: Data,
  form: 'hex' | 'base64' | 'base64url' | 'binary',
): string {
  const { inner, text, outer } = padsOf(node, hash, key);
  const data = typeof message === 'string' && text !== undefined ? text + message : concat(inner, message);
  const digest = node.hash(hash, data, 'binary');
  for (let i = 0; i < digest.length; i += 1) outer[inner.length + i] = digest.charCodeAt(i);
  return node.hash(hash, outer, form);
}

const WEB = { sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' } as const;

function hmac(hash: keyof typeof WEB, key: Data, message: Data, form: 'hex' | 'base64'): Mac {
  const node = nodeCrypto();
  return node ? nodeHmac(node, hash, key, message, form) : webHmac(WEB[hash], key, message, form);
}

async function webHmac(hash: string, key: Data, message: Data, form: 'hex' | 'base64'): Promise<string> {
  const { subtle } = crypto;
  const imported = await subtle.importKey('raw', new Uint8Array(toBytes(key)), { name: 'HMAC', hash }, false, ['sign']);
  const mac = new Uint8Array(await subtle.sign('HMAC', imported, new Uint8Array(toBytes(message))));
  return form === 'hex' ? toHex(mac) : toBase64(mac);
}

/**
 * Computes HMAC-SHA1 as lower-case hex.
 *
 * @example
 * ```ts
 * await hmacSha1Hex('key', 'message');
 * ```
 */
export const hmacSha1Hex = (key: Data, message: Data): Mac => hmac('sha1', key, message, 'hex');

/**
 * Computes HMAC-SHA1 as base64.
 *
 * @example
 * ```ts
 * await hmacSha1Base64('key', 'message');
 * ```
 */
export const hmacSha1Base64 = (key: Data, message: Data): Mac => hmac('sha1', key, message, 'base64');

/**
 * Computes HMAC-SHA256 as lower-case hex.
 *
 * @example
 * ```ts
 * await hmacSha256Hex('key', 'message');
 * ```
 */
export const hmacSha256Hex = (key: Data, message: Data): Mac => hmac('sha256', key, message, 'hex');

/**
 * Computes HMAC-SHA256 as base64.
 *
 * @example
 * ```ts
 * await hmacSha256Base64('key', 'message');
 * ```
 */
export const hmacSha256Base64 = (key: Data, message: Data): Mac => hmac('sha256', key, message, 'base64');

/**
 * Computes HMAC-SHA512 as lower-case hex.
 *
 * @example
 * ```ts
 * await hmacSha512Hex('key', 'message');
 * ```
 */
export const hmacSha512Hex = (key: Data, message: Data): Mac => hmac('sha512', key, message, 'hex');

/**
 * Computes HMAC-SHA512 as base64.
 *
 * @example
 * ```ts
 * await hmacSha512Base64('key', 'message');
 * ```
 */
export const hmacSha512Base64 = (key: Data, message: Data): Mac => hmac('sha512', key, message, 'base64');
