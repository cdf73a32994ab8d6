import type { Carrier, SentSignature } from '../contract/index.ts';
import { type Data, toBytes } from './bytes.ts';
import { toBodyText } from './carriers.ts';
import type { SigningInput } from './signer.ts';

type Sent = SentSignature;

/** All carriers of a scheme. */
export function carriersOf(scheme: Sent): readonly Carrier[] {
  const { signature, timestamp, nonce, id, credentials, recipe } = scheme;
  const sent = credentials.flatMap(({ carriers }) => carriers);
  return [signature, timestamp, nonce, id, ...sent, ...(recipe?.computed ?? [])].filter(
    (carrier) => carrier !== undefined,
  );
}

/** Names of the query parameters that a signer of this scheme does not see. */
export function ownQueryNames(scheme: Sent): ReadonlySet<string> {
  return new Set(carriersOf(scheme).flatMap((carrier) => (carrier.in === 'query' ? [carrier.name] : [])));
}

/** Path and query of an absolute URL, unchanged. */
export const targetOf = (url: string): string => /^[a-z][\w+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] || '/';

type Given = Omit<
  SigningInput,
  'query' | 'url' | 'target' | 'nonce' | 'id' | 'packed' | 'now' | 'timestamp' | 'body' | 'bodyText'
> & {
  readonly url: URL | string;
  readonly body: Data;
} & Partial<Pick<SigningInput, 'target' | 'nonce' | 'id' | 'packed' | 'now' | 'timestamp'>>;

/** The input of a signer. Values that few signers need are created on first use. */
class Input implements SigningInput {
  readonly method: string;
  readonly headers: Headers;
  readonly credentials: Readonly<Record<string, string>>;
  readonly timestamp: string;
  readonly nonce: string;
  readonly id: string;
  readonly packed: string;
  readonly now: number;
  readonly status: number | undefined;
  readonly #scheme: Sent;
  readonly #given: Given;
  #url: URL | undefined;
  #bytes: Uint8Array | undefined;

  constructor(scheme: Sent, given: Given) {
    const { id = '', nonce = id, timestamp = '', packed = '', now = 0 } = given;
    this.#scheme = scheme;
    this.#given = given;
    this.method = given.method;
    this.headers = given.headers;
    this.credentials = given.credentials;
    this.timestamp = timestamp;
    this.nonce = nonce;
    this.id = id;
    this.packed = packed;
    this.now = now;
    this.status = given.status;
  }

  /** The body as it was passed. */
  get content(): Data {
    return this.#given.body;
  }

  get body(): Uint8Array {
    this.#bytes ??= toBytes(this.#given.body);
    return this.#bytes;
  }

  get bodyText(): string {
    return toBodyText(this.#given.body);
  }

  get url(): URL {
    this.#url ??= new URL(this.#given.url);
    return this.#url;
  }

  get target(): string {
    return this.#given.target ?? targetOf(this.url.href);
  }

  get query(): SigningInput['query'] {
    const own = ownQueryNames(this.#scheme);
    return [...this.url.searchParams].filter(([name]) => !own.has(name));
  }
}

/** Creates the input of a signer for a request whose values are known. */
export const toSigningInput = (scheme: Sent, request: Given): SigningInput => new Input(scheme, request);

/** The body as text if the sender created it as text, because hashing text is faster than hashing its bytes. */
export const contentOf = (input: SigningInput & { readonly content?: Data }): Data => input.content ?? input.body;
