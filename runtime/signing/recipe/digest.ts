import type { BytesForm, DigestName } from '../../contract/index.ts';
import { type Data, toBytes } from '../bytes.ts';
import { concat } from '../concat.ts';
import { type MacHash, nodeHmac, SIZES } from '../hmac.ts';
import { md5 } from '../md5.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { writeBytes } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { chain, type Later } from './later.ts';

const WEB: { readonly [name: string]: string } = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** Computes a digest: at once with Node's hashing, or as a promise if the engine only has WebCrypto. */
export function digest(name: DigestName, given: Data): Later<Uint8Array> {
  const data = toBytes(given);
  if (name === 'crc32') return crc32(data);
  const node = nodeCrypto();
  if (node) return node.hash(name, data, 'buffer');
  if (name === 'md5') return md5(data);
  return crypto.subtle.digest(WEB[name] ?? '', new Uint8Array(data)).then((bytes) => new Uint8Array(bytes));
}

/** Computes an HMAC (RFC 2104) as text. Not a promise if Node's hashing is available. */
export function hmacText(name: DigestName, key: Data, data: Data, form: Exclude<BytesForm, 'raw'>): Later<string> {
  const node = nodeCrypto();
  if (node && isMacHash(name)) {
    if (form === 'hex' || form === 'base64' || form === 'base64url') return nodeHmac(node, name, key, data, form);
    if (form === 'HEX') return nodeHmac(node, name, key, data, 'hex').toUpperCase();
  }
  return chain(hmac(name, key, data), (bytes) => writeBytes(bytes, form));
}

/** Computes the bytes of an HMAC. */
export function hmac(name: DigestName, key: Data, data: Data): Later<Uint8Array> {
  if (!isMacHash(name)) throw new TypeError(`HMAC with ${name} is not supported`);
  const node = nodeCrypto();
  if (node) return Uint8Array.from(nodeHmac(node, name, key, data, 'binary'), (character) => character.charCodeAt(0));
  const [block] = SIZES[name];
  const given = toBytes(key);
  return chain(given.length > block ? digest(name, given) : given, (short) => {
    const padded = (pad: number): Uint8Array => new Uint8Array(block).map((_, index) => (short[index] ?? 0) ^ pad);
    return chain(digest(name, concat(padded(0x36), data)), (sum) => digest(name, concat(padded(0x5c), sum)));
  });
}

const isMacHash = (name: DigestName): name is MacHash => name !== 'crc32';
