import type { DigestName } from '../../contract/index.ts';
import { concat } from '../concat.ts';
import { md5 } from '../md5.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { BLOCK } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { chain, type Later } from './later.ts';

const WEB: { readonly [name: string]: string } = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** At once with Node's hashing; a promise where the engine has WebCrypto alone. */
export function digest(name: DigestName, data: Uint8Array): Later<Uint8Array> {
  if (name === 'crc32') return crc32(data);
  const node = nodeCrypto();
  if (node) return node.hash(name, data, 'buffer');
  if (name === 'md5') return md5(data);
  return crypto.subtle.digest(WEB[name] ?? '', new Uint8Array(data)).then((bytes) => new Uint8Array(bytes));
}

/** RFC 2104, by two hashes: Node's `createHmac` makes an object of each key, which costs more than both. */
export function hmac(name: DigestName, key: Uint8Array, data: Uint8Array): Later<Uint8Array> {
  const short = key.length > BLOCK[name] ? digest(name, key) : key;
  return chain(short, (bytes) => {
    const block = new Uint8Array(BLOCK[name]);
    block.set(bytes);
    const inner = digest(
      name,
      concat(
        block.map((byte) => byte ^ 0x36),
        data,
      ),
    );
    return chain(inner, (sum) =>
      digest(
        name,
        concat(
          block.map((byte) => byte ^ 0x5c),
          sum,
        ),
      ),
    );
  });
}
