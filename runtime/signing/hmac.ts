import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { type Data, toBase64, toBytes, toHex } from './bytes.ts';
import { nodeCrypto } from './node-crypto.ts';

/** Lower-case hex HMAC-SHA1. */
export function hmacSha1Hex(key: Data, message: Data): string {
  return (
    nodeCrypto()?.createHmac('sha1', key).update(message).digest('hex') ??
    toHex(hmac(sha1, toBytes(key), toBytes(message)))
  );
}

/** Base64 HMAC-SHA1. */
export function hmacSha1Base64(key: Data, message: Data): string {
  return (
    nodeCrypto()?.createHmac('sha1', key).update(message).digest('base64') ??
    toBase64(hmac(sha1, toBytes(key), toBytes(message)))
  );
}

/** Lower-case hex HMAC-SHA256. */
export function hmacSha256Hex(key: Data, message: Data): string {
  return (
    nodeCrypto()?.createHmac('sha256', key).update(message).digest('hex') ??
    toHex(hmac(sha256, toBytes(key), toBytes(message)))
  );
}

/** Base64 HMAC-SHA256. */
export function hmacSha256Base64(key: Data, message: Data): string {
  return (
    nodeCrypto()?.createHmac('sha256', key).update(message).digest('base64') ??
    toBase64(hmac(sha256, toBytes(key), toBytes(message)))
  );
}

/** Lower-case hex HMAC-SHA512. */
export function hmacSha512Hex(key: Data, message: Data): string {
  return (
    nodeCrypto()?.createHmac('sha512', key).update(message).digest('hex') ??
    toHex(hmac(sha512, toBytes(key), toBytes(message)))
  );
}

/** Base64 HMAC-SHA512. */
export function hmacSha512Base64(key: Data, message: Data): string {
  return (
    nodeCrypto()?.createHmac('sha512', key).update(message).digest('base64') ??
    toBase64(hmac(sha512, toBytes(key), toBytes(message)))
  );
}
