/** Helpers for hand-written signers. They import no Node module, so they also run in browsers and workers. */

export { openAesGcm, type Sealed, sealAesGcm } from './aes-gcm.ts';
export { withoutSignature } from './body.ts';
export { type Data, fromBase64, fromHex, toBase64, toBytes, toHex } from './bytes.ts';
export {
  type CarrierSource,
  type CarrierValues,
  memberText,
  readCarrierValues,
  readFirstValue,
  readPacked,
  textOfBody,
  toBodyText,
} from './carriers.ts';
export { concat } from './concat.ts';
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
export { carriersOf, ownQueryNames, targetOf, toSigningInput } from './input.ts';
export { relabelled } from './labels.ts';
export { makeNonce } from './nonce.ts';
export { type SignedOutgoing, type SigningValues, signOutgoing } from './outgoing.ts';
export type { Outgoing } from './place.ts';
export { type Component, readComponents } from './recipe/components.ts';
export { unescapeText } from './recipe/escape.ts';
export { type RecipeFlaw, recipeFlaw, recipeSigner } from './recipe/recipe.ts';
export type { RecipeScheme } from './recipe/request.ts';
export { run as runSteps } from './recipe/steps.ts';
export { type ResponseFlaw, responseFlaw } from './response.ts';
export { type AnySigner, defineSigner, type Signer, type Signers, type SigningInput } from './signer.ts';
export { signerOf } from './signer-of.ts';
export { readTime, writeTime } from './times.ts';
export { formatTimestamp, parseTimestamp } from './timestamp.ts';
export { checkVector, type Vector, vectorInput } from './vector.ts';
