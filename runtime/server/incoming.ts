/**
 * A request as the pipeline reads it, on any platform. What costs time to create (`headers`, `signal`, `body`, `request`)
 * is created on first use: most calls need none of it.
 */
export type Incoming = {
  readonly method: string;
  /** The URL in the form of `Request.url`: absolute and normalized, without a fragment. */
  readonly url: string;
  /** The path of `url`, including the prefix under which the server is mounted. */
  readonly path: string;
  /** The query of `url`, without the question mark. */
  readonly queryText: string;
  /** The bindings that the platform passes with the request. On Node, an object with `incoming`. */
  readonly platform: unknown;
  readonly headers: Headers;
  /** Aborted when the caller has disconnected. */
  readonly signal: AbortSignal;
  /** Null if there is no body. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** The request as a web standard `Request`, for handlers and lookups that need it. */
  readonly request: Request;
  /**
   * The value of a header. The name is case-insensitive. Null if the header is missing or HTTP does not allow the name.
   */
  header(name: string): string | null;
  /**
   * Reads the bytes of the body. Undefined if it exceeds `limit`; then at most one further chunk was read. The result
   * is not a promise if the bytes are available.
   */
  read(limit: number): Bytes | undefined | Promise<Bytes | undefined>;
};

type Bytes = Uint8Array<ArrayBuffer>;

/** A response before it is converted to a response of the platform. */
export type Sent = {
  readonly status: number;
  /** The headers by name. Several `set-cookie` headers are a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: BodyInit | null;
};

/** A server without its platform. Its promise never rejects. */
export type Responder = (incoming: Incoming) => Sent | Promise<Sent>;

/**
 * The symbol contains the version of the types above, because a server and an adapter may come from two packages with
 * separate runtimes.
 */
const RESPONDER = Symbol.for('@countersign/runtime/server/responder/1');

/** Attaches the server to its `fetch` function, so that an adapter does not need `Request` and `Response`. */
export function withResponder<Fetch extends object>(fetch: Fetch, responder: Responder): Fetch {
  return Object.defineProperty(fetch, RESPONDER, { value: responder });
}

/** The server of a `fetch` function. Undefined for any other function, for example one that wraps it. */
export function responderBehind(fetch: object): Responder | undefined {
  return (fetch as { readonly [RESPONDER]?: Responder })[RESPONDER];
}
