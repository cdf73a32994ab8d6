import { sha256 } from '@noble/hashes/sha2.js';
import { type Data, toBytes, toHex } from './bytes.ts';
import { md5 } from './md5.ts';
import { nodeCrypto } from './node-crypto.ts';

/**
 * Computes MD5 as lower-case hex, for providers that require it. MD5 is not secure.
 *
 * @example
 * ```ts
 * md5Hex('abc'); // '900150983cd24fb0d6963f7d28e17f72'
 * ```
 */
export function md5Hex(data: Data): string {
  return nodeCrypto()?.hash('md5', data, 'hex') ?? toHex(md5(toBytes(data)));
}

/**
 * Computes SHA-256 as lower-case hex. Unlike the hash of WebCrypto, it is synchronous, so that a receiver can use it
 * for replay keys.
 *
 * @example
 * ```ts
 * sha256Hex('abc'); // 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 * ```
 */
export function sha256Hex(data: Data): string {
  return nodeCrypto()?.hash('sha256', data, 'hex') ?? toHex(sha256(toBytes(data)));
}
