import { type Data, toBase64, toBytes, toHex } from './bytes.ts';
import { nodeCrypto } from './node-crypto.ts';

/** At once with Node's hashing; a promise where the engine has WebCrypto alone. A signer may answer with either. */
export type Mac = string | Promise<string>;

function hmac(bits: 1 | 256 | 512, key: Data, message: Data, form: 'hex' | 'base64'): Mac {
  return (
    nodeCrypto()?.createHmac(`sha${bits}`, key).update(message).digest(form) ??
    webHmac(`SHA-${bits}`, key, message, form)
  );
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
