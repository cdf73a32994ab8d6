import type { Data } from './bytes.ts';

/** The input of a signer for a request. It is the same for the sender and the receiver. */
export type SigningInput = {
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The absolute URL that the sender used. Behind a proxy that ends TLS, it is the public URL. */
  readonly url: URL;
  /** Path and query exactly as they are sent: `/v1/a%20b?c=d`. */
  readonly target: string;
  /** The headers without the signature. On the sender's side, the host is only in `url`. */
  readonly headers: Headers;
  /**
   * The decoded query in the order of the request, without the scheme's own carriers (signature, timestamp, nonce,
   * credentials).
   */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The bytes of the body. If the body contains the signature, the bytes without it. */
  readonly body: Uint8Array;
  /**
   * The same body as text, with its byte order mark. The client has it as text already, and the server decodes it only
   * once for the signer and for the parser.
   *
   * @throws {TypeError} if the body is not valid UTF-8. A server then rejects the request, and a client does not send it.
   */
  readonly bodyText: string;
  /** The timestamp as it is sent. Empty if the scheme has none. */
  readonly timestamp: string;
  /** The nonce. Empty if the scheme has neither nonce nor id. */
  readonly nonce: string;
  /** An id that all attempts of a call share. Empty if the scheme has none. */
  readonly id: string;
  /** The header with several values, without its prefix. Empty if the scheme has none. */
  readonly packed: string;
  /** The status of a response, if a response is signed. */
  readonly status?: number | undefined;
  /** The time in milliseconds since 1970, by the clock of the client or server. */
  readonly now: number;
  /** The credentials, by name. A missing optional credential is an empty string. */
  readonly credentials: Readonly<Record<string, string>>;
};

/**
 * The hand-written signer of one provider in `plugins/<provider>/signing.ts`. The client, the server's check, the mock,
 * the webhook sender and the test vectors all use it.
 */
export type Signer = {
  /** Returns the string (or bytes) from which the signature is computed. */
  stringToSign(input: SigningInput): Data;
  /** Returns the signature as it is sent, without the carrier's prefix. */
  sign(message: Data, input: SigningInput): string | Promise<string>;
  /**
   * Verifies a signature, for schemes whose receiver has a different key than the sender (Ed25519, ECDSA, RSA). Without
   * `verify`, a server signs the message itself and compares in constant time. If it throws, the signature does not
   * match.
   */
  verify?(message: Data, signature: string, input: SigningInput): boolean | Promise<boolean>;
};

/** A signer, or the runner of a recipe, whose message may be a promise because it needs a digest. */
export type AnySigner = {
  stringToSign(input: SigningInput): Data | Promise<Data>;
  sign(message: Data, input: SigningInput): string | Promise<string>;
  verify?(message: Data, signature: string, input: SigningInput): boolean | Promise<boolean>;
  /** Returns the only spelling of a signature, if a message and a key have one correct signature. */
  normalize?(signature: string): string;
};

/** Signers, by security scheme. */
export type Signers = { readonly [signer: string]: Signer };

/**
 * Checks the type of a signer and returns it.
 *
 * @example
 * ```ts
 * export const agentSignature = defineSigner({
 *   stringToSign: ({ method, url, timestamp, nonce }) => [method, url.pathname, timestamp, nonce].join('\n'),
 *   sign: (message, { credentials: { secret = '' } }) => hmacSha256Hex(secret, message),
 * });
 * ```
 */
export function defineSigner(signer: Signer): Signer {
  return signer;
}
