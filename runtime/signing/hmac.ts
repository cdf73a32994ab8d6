import { type Data, toBase64, toBytes, toHex } from './bytes.ts';
import { type NodeCrypto, nodeCrypto } from './node-crypto.ts';

/** At once with Node's hashing; a promise where the engine has WebCrypto alone. A signer may answer with either. */
export type Mac = string | Promise<string>;

type Bits = 1 | 256 | 512;

/** The key as RFC 2104 lays it before the message, and before the inner digest, for which `outer` has room. */
type Pads = {
  readonly key: Data;
  readonly bits: Bits;
  readonly inner: Uint8Array;
  /** `inner` as text, where UTF-8 makes the same bytes of it: those of an ASCII key are ASCII too. */
  readonly text: string | undefined;
  readonly outer: Uint8Array;
};

let last: Pads | undefined;

/** Who signs has few keys: the pads of the last one are kept. */
function padsOf({ hash }: NodeCrypto, bits: Bits, key: Data): Pads {
  if (last?.key === key && last.bits === bits && typeof key === 'string') return last;
  const [block, digest] = bits === 512 ? [128, 64] : [64, bits === 1 ? 20 : 32];
  const given = toBytes(key);
  const short = given.length > block ? hash(`sha${bits}`, given, 'buffer') : given;
  const inner = new Uint8Array(block).fill(0x36);
  const outer = new Uint8Array(block + digest).fill(0x5c, 0, block);
  for (const [at, byte] of short.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  const text = inner.every((byte) => byte < 0x80) ? String.fromCharCode(...inner) : undefined;
  last = { key, bits, inner, text, outer };
  return last;
}

function join(start: Uint8Array, end: Uint8Array): Uint8Array {
  const all = new Uint8Array(start.length + end.length);
  all.set(start);
  all.set(end, start.length);
  return all;
}

/** Two plain hashes, of text where it can be: a Hmac object of Node's takes twice as long, and bytes take room. */
function nodeHmac(node: NodeCrypto, bits: Bits, key: Data, message: Data, form: 'hex' | 'base64'): string {
  const { inner, text, outer } = padsOf(node, bits, key);
  const data = typeof message === 'string' && text !== undefined ? text + message : join(inner, toBytes(message));
  const digest = node.hash(`sha${bits}`, data, 'binary');
  for (let i = 0; i < digest.length; i += 1) outer[inner.length + i] = digest.charCodeAt(i);
  return node.hash(`sha${bits}`, outer, form);
}

function hmac(bits: Bits, key: Data, message: Data, form: 'hex' | 'base64'): Mac {
  const node = nodeCrypto();
  return node ? nodeHmac(node, bits, key, message, form) : webHmac(`SHA-${bits}`, key, message, form);
}

async function webHmac(hash: string, key: Data, message: Data, form: 'hex' | 'base64'): Promise<string> {
  const { subtle } = crypto;
  const imported = await subtle.importKey('raw', new Uint8Array(toBytes(key)), { name: 'HMAC', hash }, false, ['sign']);
  const mac = new Uint8Array(await subtle.sign('HMAC', imported, new Uint8Array(toBytes(message))));
  return form === 'hex' ? toHex(mac) : toBase64(mac);
}

/**
 * Lower-case hex HMAC-SHA1.
 *
 * @example
 * ```ts
 * await hmacSha1Hex('key', 'message');
 * ```
 */
export const hmacSha1Hex = (key: Data, message: Data): Mac => hmac(1, key, message, 'hex');

/**
 * Base64 HMAC-SHA1.
 *
 * @example
 * ```ts
 * await hmacSha1Base64('key', 'message');
 * ```
 */
export const hmacSha1Base64 = (key: Data, message: Data): Mac => hmac(1, key, message, 'base64');

/**
 * Lower-case hex HMAC-SHA256.
 *
 * @example
 * ```ts
 * await hmacSha256Hex('key', 'message');
 * ```
 */
export const hmacSha256Hex = (key: Data, message: Data): Mac => hmac(256, key, message, 'hex');

/**
 * Base64 HMAC-SHA256.
 *
 * @example
 * ```ts
 * await hmacSha256Base64('key', 'message');
 * ```
 */
export const hmacSha256Base64 = (key: Data, message: Data): Mac => hmac(256, key, message, 'base64');

/**
 * Lower-case hex HMAC-SHA512.
 *
 * @example
 * ```ts
 * await hmacSha512Hex('key', 'message');
 * ```
 */
export const hmacSha512Hex = (key: Data, message: Data): Mac => hmac(512, key, message, 'hex');

/**
 * Base64 HMAC-SHA512.
 *
 * @example
 * ```ts
 * await hmacSha512Base64('key', 'message');
 * ```
 */
export const hmacSha512Base64 = (key: Data, message: Data): Mac => hmac(512, key, message, 'base64');
