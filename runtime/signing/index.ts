/** What a hand-written signer needs. No import of Node's, so that it runs in browsers and workers as well. */
export { type Data, fromBase64, fromHex, toBase64, toBytes, toHex } from './bytes.ts';
export { signEd25519, verifyEd25519 } from './ed25519.ts';
export { equalBytes } from './equal.ts';
export { md5Hex, sha256Hex } from './hash.ts';
export {
  hmacSha1Base64,
  hmacSha1Hex,
  hmacSha256Base64,
  hmacSha256Hex,
  hmacSha512Base64,
  hmacSha512Hex,
} from './hmac.ts';
export { carriersOf, ownQueryNames, toSigningInput, withoutMember } from './input.ts';
export { makeNonce } from './nonce.ts';
export { defineSigner, type Signer, type Signers, type SigningInput } from './signer.ts';
export { formatTimestamp, parseTimestamp } from './timestamp.ts';
