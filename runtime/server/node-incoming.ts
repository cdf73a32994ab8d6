import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Incoming } from './incoming.ts';
import { readNodeBody, streamNodeBody } from './node-body.ts';
import type { Target } from './node-target.ts';

/** The headers of which Node keeps only the first line, see `message.headers` in its documentation. */
const FIRST_ONLY: ReadonlySet<string> = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

/** A header name in lower case, and whether Node keeps only its first line. */
type HeaderName = { readonly lower: string; readonly isFirst: boolean };

/** The names of a contract are few. The limit is for code that reads headers with arbitrary names. */
const MOST_NAMES = 1000;
const headerNames = new Map<string, HeaderName>();

/** Caches lower-case names, because a property is found faster by a name that the engine already knows. */
function headerNameOf(name: string): HeaderName {
  let known = headerNames.get(name);
  if (!known) {
    const lower = name.toLowerCase();
    known = { lower, isFirst: FIRST_ONLY.has(lower) };
    if (headerNames.size < MOST_NAMES) headerNames.set(name, known);
  }
  return known;
}

/** A request of `node:http` as the pipeline reads it. A `Request` is created only for code that needs one. */
export class NodeIncoming implements Incoming {
  /** The name by which adapters for Node pass the request. */
  readonly incoming: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly queryText: string;
  readonly #origin: string;
  readonly #outgoing: ServerResponse;
  #headers: Headers | undefined;
  #abort: AbortController | undefined;
  #body: Incoming['body'] | undefined;
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  #request: Request | undefined;
  #url: string | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, { origin, path, query }: Target) {
    this.incoming = incoming;
    this.#outgoing = outgoing;
    this.#origin = origin;
    this.path = path;
    this.queryText = query;
    this.method = incoming.method ?? 'GET';
  }

  get platform(): unknown {
    return this;
  }

  get url(): string {
    // All readers get the same text. Two separately joined texts would be compared character by character.
    this.#url ??= this.queryText === '' ? this.#origin + this.path : `${this.#origin}${this.path}?${this.queryText}`;
    return this.#url;
  }

  /** The value of a header like `Headers.get`: it includes all lines of a name. */
  header(name: string): string | null {
    const { lower, isFirst } = headerNameOf(name);
    const known = this.incoming.headers[lower];
    if (known === undefined) return null;
    return typeof known === 'string' && !isFirst ? known : this.#linesOf(lower);
  }

  #linesOf(lower: string): string | null {
    const { rawHeaders } = this.incoming;
    let value: string | null = null;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const raw = rawHeaders[i] as string;
      if (raw.length !== lower.length || (raw !== lower && raw.toLowerCase() !== lower)) continue;
      const line = rawHeaders[i + 1] as string;
      value = value === null ? line : `${value}${lower === 'cookie' ? '; ' : ', '}${line}`;
    }
    return value;
  }

  get headers(): Headers {
    if (this.#headers) return this.#headers;
    const { rawHeaders } = this.incoming;
    const headers = new Headers();
    for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i] as string, rawHeaders[i + 1] as string);
    this.#headers = headers;
    return headers;
  }

  get signal(): AbortSignal {
    if (this.#abort) return this.#abort.signal;
    const abort = new AbortController();
    const outgoing = this.#outgoing;
    const gone = (): void => {
      if (!outgoing.writableFinished) abort.abort();
    };
    if (outgoing.closed) gone();
    else outgoing.once('close', gone);
    this.#abort = abort;
    return abort.signal;
  }

  get #hasBody(): boolean {
    if (this.method === 'GET' || this.method === 'HEAD') return false;
    const { headers } = this.incoming;
    return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  }

  get body(): Incoming['body'] {
    if (this.#body === undefined) this.#body = this.#hasBody ? streamNodeBody(this.incoming) : null;
    return this.#body;
  }

  read(limit: number): ReturnType<Incoming['read']> {
    if (!this.#hasBody) return new Uint8Array(0);
    if (Number(this.incoming.headers['content-length'] ?? 0) > limit) return undefined;
    return readNodeBody(this.incoming, limit).then((bytes) => {
      this.#bytes = bytes;
      return bytes;
    });
  }

  get request(): Request {
    if (this.#request) return this.#request;
    const { method, headers, signal } = this;
    // A stream that already has a reader, for example the handler's body, cannot also be the body of a `Request`.
    const isTaken = this.#body ? this.#body.locked : this.incoming.readableDidRead;
    const body = this.#bytes ?? (isTaken ? null : this.body);
    this.#request = new Request(this.url, { method, headers, signal, body, duplex: 'half' } as RequestInit);
    return this.#request;
  }
}
