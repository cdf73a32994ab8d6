import { defineSigner, hmacSha256Hex, type SigningInput } from '@countersign/runtime/signing';

/** Hex HMAC-SHA256 of `JSON(query) + timestamp + nonce`; for a GET the query stands for the body. */
export const moonpacketSignature = defineSigner({
  stringToSign: ({ query, timestamp, nonce }) => `${JSON.stringify(toObject(query))}${timestamp}${nonce}`,
  sign: (message, { credentials }) => hmacSha256Hex(credentials.secret ?? '', message),
});

/** As the query parsers of Node frameworks have it, where moonpacket's sample code runs: a repeated name becomes a list. */
function toObject(query: SigningInput['query']): Record<string, string | string[]> {
  // Without a prototype, so that `__proto__` is a name like any other.
  const object: Record<string, string | string[]> = { __proto__: null as never };
  for (const [name, value] of query) {
    const known = object[name];
    if (known === undefined) object[name] = value;
    else if (typeof known === 'string') object[name] = [known, value];
    else known.push(value);
  }
  return object;
}
