import type { SignatureScheme } from '../../contract/index.ts';
import { type SigningInput, withoutMember } from '../../signing/index.ts';
import type { Call } from '../call.ts';
import type { Credentials } from '../types.ts';

/** A call as a signer sees it; a signer that does not look at the URL does not pay for it. */
export class SignedRequest implements SigningInput {
  readonly timestamp: string;
  readonly nonce: string;
  readonly credentials: Credentials;
  readonly #call: Call;
  readonly #scheme: SignatureScheme;
  readonly #own: ReadonlySet<string>;

  constructor(
    call: Call,
    scheme: SignatureScheme,
    own: ReadonlySet<string>,
    timestamp: string,
    nonce: string,
    credentials: Credentials,
  ) {
    this.#call = call;
    this.#scheme = scheme;
    this.#own = own;
    this.timestamp = timestamp;
    this.nonce = nonce;
    this.credentials = credentials;
  }

  get method(): string {
    return this.#call.request.method;
  }

  get url(): URL {
    return new URL(this.#call.request.url);
  }

  get headers(): Headers {
    return this.#call.headers;
  }

  get query(): SigningInput['query'] {
    const { pairs } = this.#call.query;
    return this.#own.size === 0 ? pairs : pairs.filter(([name]) => !this.#own.has(name));
  }

  get body(): Uint8Array {
    const { signature } = this.#scheme;
    return signature.in === 'body' ? withoutMember(this.#call.bytes, signature.name) : this.#call.bytes;
  }
}
