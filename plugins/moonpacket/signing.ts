import { defineSigner, hmacSha256Hex, type SigningInput } from '@countersign/runtime/signing';

/** Hex HMAC-SHA256 of `JSON(query) + timestamp + nonce`. For a GET, the query replaces the body. */
export const moonpacketSignature = defineSigner({
  stringToSign: ({ query, timestamp, nonce }) => `${JSON.stringify(toObject(query))}${timestamp}${nonce}`,
  sign: (message, { credentials }) => hmacSha256Hex(credentials['secret'] ?? '', message),
});

/**
 * The query as Node frameworks parse it, because moonpacket's sample code runs there: a repeated name becomes a list.
 */
function toObject(query: SigningInput['query']): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of query) {
    const known = Object.hasOwn(object, name) ? object[name] : undefined;
    const next = known === undefined ? value : [known, value].flat();
    // An assignment to `__proto__` would set the object's prototype.
    if (name === '__proto__')
      Object.defineProperty(object, name, { value: next, enumerable: true, writable: true, configurable: true });
    else object[name] = next;
  }
  return object;
}
