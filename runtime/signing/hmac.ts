import { type Data, toBase64, toBytes, toHex } from './bytes.ts';
import { type NodeCrypto, nodeCrypto } from './node-crypto.ts';

/** At once with Node's hashing; a promise where the engine has WebCrypto alone. A signer may answer with either. */
export type Mac = string | Promise<string>;

type Bits = 1 | 256 | 512;

/** The key as RFC 2104 lays it before the message, and before the inner digest, for which `outer` has room. */
type Pads = { readonly key: Data; readonly bits: Bits; readonly inner: Uint8Array; readonly outer: Uint8Array };

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
  last = { key, bits, inner, outer };
  return last;
}

/** Two plain hashes: a Hmac object of Node's takes twice as long to make, and is one more thing to collect. */
function nodeHmac(node: NodeCrypto, bits: Bits, key: Data, message: Data, form: 'hex' | 'base64'): string {
  const { inner, outer } = padsOf(node, bits, key);
  const bytes = toBytes(message);
  const all = new Uint8Array(inner.length + bytes.length);
  all.set(inner);
  all.set(bytes, inner.length);
  outer.set(node.hash(`sha${bits}`, all, 'buffer'), inner.length);
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

/** Lower-case hex HMAC-SHA1. */
export const hmacSha1Hex = (key: Data, message: Data): Mac => hmac(1, key, message, 'hex');

/** Base64 HMAC-SHA1. */
export const hmacSha1Base64 = (key: Data, message: Data): Mac => hmac(1, key, message, 'base64');

/** Lower-case hex HMAC-SHA256. */
export const hmacSha256Hex = (key: Data, message: Data): Mac => hmac(256, key, message, 'hex');

/** Base64 HMAC-SHA256. */
export const hmacSha256Base64 = (key: Data, message: Data): Mac => hmac(256, key, message, 'base64');

/** Lower-case hex HMAC-SHA512. */
export const hmacSha512Hex = (key: Data, message: Data): Mac => hmac(512, key, message, 'hex');

/** Base64 HMAC-SHA512. */
export const hmacSha512Base64 = (key: Data, message: Data): Mac => hmac(512, key, message, 'base64');
