import { sha256 } from '@noble/hashes/sha2.js';
import { type Data, toBytes, toHex } from './bytes.ts';
import { md5 } from './md5.ts';
import { nodeCrypto } from './node-crypto.ts';

/** Lower-case hex MD5. For providers that ask for it; it protects nothing by itself. */
export function md5Hex(data: Data): string {
  return nodeCrypto()?.hash('md5', data, 'hex') ?? toHex(md5(toBytes(data)));
}

/** Lower-case hex SHA-256. Not by WebCrypto, which answers with a promise: a receiver's replay keys are made of it. */
export function sha256Hex(data: Data): string {
  return nodeCrypto()?.hash('sha256', data, 'hex') ?? toHex(sha256(toBytes(data)));
}
