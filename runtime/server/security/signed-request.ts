import type { SignatureScheme } from '../../contract/index.ts';
import { type SigningInput, targetOf, toBodyText, withoutSignature } from '../../signing/index.ts';
import type { Call } from '../call.ts';
import type { Credentials } from '../types.ts';

/** The values of a request's carriers. */
export type SentValues = {
  readonly timestamp: string;
  readonly nonce: string;
  readonly id: string;
  readonly packed: string;
};

/** The URL that the sender used. */
const urlOf = (call: Call): string => call.publicUrl;

/** A call as a signer sees it. The URL is parsed only if the signer uses it. */
export class SignedRequest implements SigningInput {
  readonly timestamp: string;
  readonly nonce: string;
  readonly id: string;
  readonly packed: string;
  readonly credentials: Credentials;
  readonly #call: Call;
  readonly #scheme: SignatureScheme;
  readonly #own: ReadonlySet<string>;

  constructor(
    call: Call,
    scheme: SignatureScheme,
    own: ReadonlySet<string>,
    { timestamp, nonce, id, packed }: SentValues,
    credentials: Credentials,
  ) {
    this.#call = call;
    this.#scheme = scheme;
    this.#own = own;
    this.timestamp = timestamp;
    this.nonce = nonce || id;
    this.id = id;
    this.packed = packed;
    this.credentials = credentials;
  }

  get method(): string {
    return this.#call.method;
  }

  get url(): URL {
    return new URL(urlOf(this.#call));
  }

  get target(): string {
    const { rawTarget, incoming } = this.#call;
    const url = urlOf(this.#call);
    if (url === incoming.url && rawTarget !== undefined) return rawTarget;
    const target = targetOf(url);
    // Behind a proxy that removes a prefix, the received target differs from the signed one.
    return target === targetOf(incoming.url) ? (rawTarget ?? target) : target;
  }

  get headers(): Headers {
    return this.#call.headers;
  }

  get now(): number {
    return this.#call.now;
  }

  get query(): SigningInput['query'] {
    const { pairs } = this.#call.query;
    return this.#own.size === 0 ? pairs : pairs.filter(([name]) => !this.#own.has(name));
  }

  /** The body as text if the server reads it as text: it is then neither encoded nor copied. */
  get content(): string | Uint8Array {
    const { in: place } = this.#scheme.signature;
    return (place === 'body' || place === 'form' ? undefined : this.#call.receivedText) ?? this.body;
  }

  get bodyText(): string {
    return toBodyText(this.content);
  }

  get body(): Uint8Array {
    return withoutSignature(this.#call.bytes, this.#scheme.signature, this.#call.header('content-type'));
  }
}
