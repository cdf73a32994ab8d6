/** What a signer sees of a request: the same on the side that sends and on the side that checks. */
export type SigningInput = {
  /** Upper case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Decoded, in wire order, without the scheme's own carriers (signature, timestamp, nonce, credentials). */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The exact bytes. Where the signature itself travels in the body: the JSON body without that member. */
  readonly body: Uint8Array;
  /** As it travels; '' where the scheme has none. */
  readonly timestamp: string;
  /** '' where the scheme has none. */
  readonly nonce: string;
  /** By credential name. */
  readonly credentials: Readonly<Record<string, string>>;
};

/**
 * How one provider signs, written by hand in `plugins/<provider>/signing.ts`. The client, the server's check, the mock,
 * the webhook sender and the test vectors all use it.
 */
export type Signer = {
  stringToSign(input: SigningInput): string | Uint8Array;
  /** The signature as it travels, without the carrier's prefix. */
  sign(message: string | Uint8Array, input: SigningInput): string | Promise<string>;
  /**
   * For schemes whose receiver holds another key than the sender (Ed25519, ECDSA, RSA). Without it a server signs the
   * message itself and compares in constant time.
   */
  verify?(message: string | Uint8Array, signature: string, input: SigningInput): boolean | Promise<boolean>;
};

/** By security scheme. */
export type Signers = { readonly [signer: string]: Signer };

export function defineSigner(signer: Signer): Signer {
  return signer;
}
