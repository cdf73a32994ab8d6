import type { Data } from './bytes.ts';

/** The input of a signer for a request: the same for the sender and the receiver. */
export type SigningInput = {
  /** Upper case. */
  readonly method: string;
  /** Absolute, as the sender has it: behind a proxy that ends TLS, the public one. */
  readonly url: URL;
  /** Path and query byte for byte as they are sent: `/v1/a%20b?c=d`. */
  readonly target: string;
  /** Without the signature; a sender's `host` is in `url`. */
  readonly headers: Headers;
  /** Decoded, in wire order, without the scheme's own carriers (signature, timestamp, nonce, credentials). */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The exact bytes. If the signature itself is in the body: the bytes without it. */
  readonly body: Uint8Array;
  /** As it is sent; '' if the scheme has none. */
  readonly timestamp: string;
  /** '' if the scheme has neither nonce nor id. */
  readonly nonce: string;
  /** The same for all attempts of a call; '' if the scheme has none. */
  readonly id: string;
  /** The header with several values, without its prefix; '' if the scheme has none. */
  readonly packed: string;
  /** Of a signed response: its status. */
  readonly status?: number | undefined;
  /** Milliseconds since 1970, by the clock of the client or server. */
  readonly now: number;
  /** By credential name. A missing optional one is ''. */
  readonly credentials: Readonly<Record<string, string>>;
};

/**
 * The hand-written signer of one provider in `plugins/<provider>/signing.ts`. The client, the server's check, the mock,
 * the webhook sender and the test vectors all use it.
 */
export type Signer = {
  /** The string (or bytes) that the signature is computed over. */
  stringToSign(input: SigningInput): Data;
  /** The signature as it is sent, without the carrier's prefix. */
  sign(message: Data, input: SigningInput): string | Promise<string>;
  /**
   * For schemes whose receiver has a different key than the sender (Ed25519, ECDSA, RSA). Without it, a server signs
   * the message itself and compares in constant time. If it throws, the signature does not match.
   */
  verify?(message: Data, signature: string, input: SigningInput): boolean | Promise<boolean>;
};

/** A signer, or what interprets a recipe: that may have to wait for a digest. */
export type AnySigner = {
  stringToSign(input: SigningInput): Data | Promise<Data>;
  sign(message: Data, input: SigningInput): string | Promise<string>;
  verify?(message: Data, signature: string, input: SigningInput): boolean | Promise<boolean>;
  /** If a message and a key have one right signature: its only spelling. */
  normalize?(signature: string): string;
};

/** By security scheme. */
export type Signers = { readonly [signer: string]: Signer };

/**
 * Checks the type of a signer and returns it.
 *
 * @example
 * ```ts
 * export const agentSignature = defineSigner({
 *   stringToSign: ({ method, url, timestamp, nonce }) => [method, url.pathname, timestamp, nonce].join('\n'),
 *   sign: (message, { credentials }) => hmacSha256Hex(credentials.secret ?? '', message),
 * });
 * ```
 */
export function defineSigner(signer: Signer): Signer {
  return signer;
}
