/**
 * A request as the pipeline reads it, on any platform. What costs time to create (`headers`, `signal`, `body`, `request`)
 * is created on first use: most calls need none of it.
 */
export type Incoming = {
  readonly method: string;
  /** As `Request.url` has it: absolute and normalized, without a fragment. */
  readonly url: string;
  /** The path of `url`, with the prefix under which the server is mounted. */
  readonly path: string;
  /** The query of `url`, without the question mark. */
  readonly queryText: string;
  /** What the platform passes beside the request: on Node, an object with `incoming`. */
  readonly platform: unknown;
  readonly headers: Headers;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
  /** Null if there is no body. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** The web standard's request, for handlers and lookups that need it. */
  readonly request: Request;
  /** The value of a header, by a name in any case; null if it is absent or the name is invalid in HTTP. */
  header(name: string): string | null;
  /**
   * The bytes of the body; undefined if there are more than `limit`, of which no more than one chunk is read. At once if
   * there is nothing to wait for.
   */
  read(limit: number): Bytes | undefined | Promise<Bytes | undefined>;
};

type Bytes = Uint8Array<ArrayBuffer>;

/** A response before it is one of the platform's. */
export type Sent = {
  readonly status: number;
  /** By name. Several `set-cookie` are a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: BodyInit | null;
};

/** A server without its platform. What it returns never rejects. */
export type Answer = (incoming: Incoming) => Sent | Promise<Sent>;

/** With the version of the types above: a server and an adapter may come from two packages, each with its own runtime. */
const ANSWER = Symbol.for('@countersign/runtime/server/answer/1');

/** Attaches what is behind a `fetch` function, so that an adapter can do without `Request` and `Response`. */
export function withAnswer<Fetch extends object>(fetch: Fetch, answer: Answer): Fetch {
  return Object.defineProperty(fetch, ANSWER, { value: answer });
}

/** What is behind a `fetch` function; undefined if it is not a server's own, for example because it wraps one. */
export function answerBehind(fetch: object): Answer | undefined {
  return (fetch as { readonly [ANSWER]?: Answer })[ANSWER];
}
