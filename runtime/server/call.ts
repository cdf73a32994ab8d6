import { ByteStream } from '../bodies/index.ts';
import { type JsonPointer, kindOf, type OperationDescriptor } from '../contract/index.ts';
import { memberText, textOfBody } from '../signing/index.ts';
import type { BadInputError } from './bad-input.ts';
import type { ReadBody } from './body-reader.ts';
import { parseCookies } from './cookies.ts';
import { codingOf, decompress } from './decompress.ts';
import { headerOf } from './header-of.ts';
import { bindLogger, type Logger } from './logger.ts';
import type { Sources } from './parameters.ts';
import { type Described, MalformedBody, parseBody, parseMultipart } from './parse-body.ts';
import type { Proxies } from './proxies.ts';
import { firstOf, parseQuery, type Query } from './query.ts';
import { rawTarget } from './raw-target.ts';
import type { Spool } from './spool.ts';
import type { ClientConnection, HandlerContext, ServerFailure, XmlCodec } from './types.ts';

/** What of a server every call shares. */
export type Shared = {
  readonly services: unknown;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly secretsOf: (call: Call) => readonly string[];
  readonly xml: XmlCodec | undefined;
  readonly proxies: Proxies;
};

/** What the Node adapter passes beside the request: over TLS, the socket knows the peer's certificate. */
type NodePlatform = {
  readonly incoming?: {
    readonly socket?: {
      readonly authorized?: boolean;
      readonly getPeerCertificate?: () => Readonly<Record<string, unknown>>;
    };
  };
};

type WithSecrets = { readonly secrets: readonly string[] };

const NO_BYTES = new Uint8Array(0);
const NOTHING_FOUND: readonly WithSecrets[] = [];
const NO_SCOPES: readonly string[] = [];
const NO_COOKIES: ReadonlyMap<string, string> = new Map();
const NO_IDENTITY: Readonly<Record<string, unknown>> = Object.freeze({});

/** A message that may be sent again: to be claimed before its handler runs, and used up when that has succeeded. */
export type Delivery = {
  readonly key: string;
  /** Seconds that it is to be remembered. */
  readonly ttl: number;
};

/** A signature that was right. */
export type Signed = {
  readonly credentials: Readonly<Record<string, string>>;
  readonly timestamp: string;
  readonly nonce: string;
  readonly id: string;
  readonly packed: string;
};

/** What of the route that was found a call looks at, and what was read of its URL to find it. */
export type CallTarget = {
  readonly route: {
    readonly operation: OperationDescriptor;
    /** Milliseconds. */
    readonly limit: number | undefined;
  };
  /** Percent-encoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query | undefined;
  readonly queryText: string;
  /** Where the server is mounted. */
  readonly prefix: string;
};

/** One request on its way in. What not every call needs is made when it is first asked for. */
export class Call implements HandlerContext, Sources {
  readonly request: Request;
  readonly headers: Headers;
  readonly operation: OperationDescriptor;
  readonly path: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly deadline: number | undefined;
  readonly now: number;
  bytes: Uint8Array = NO_BYTES;
  identity: Readonly<Record<string, unknown>> = NO_IDENTITY;
  /** The message that the request delivers, where its scheme has an id. */
  delivery: Delivery | undefined;
  scopes: readonly string[] = NO_SCOPES;
  stage: ServerFailure['kind'] = 'check';
  expired: Error | undefined;
  /** The body is read while the handler runs, or while its parts are: `bytes` is empty. */
  isStreamed = false;
  /** The body was read before the operation was known, which it tells. */
  hasBody = false;
  /** Bytes that a body may have in memory. */
  bodyLimit = 0;
  /** Makes what is thrown beyond it. */
  tooLarge: () => BadInputError | Error = () => new RangeError('the body is too large');
  /** The body's JSON, where its value may be another one than was sent. */
  suspect: string | undefined;
  readonly spools: Spool[] = [];
  #content: Uint8Array | undefined;
  readonly #shared: Shared;
  #found: readonly WithSecrets[] = NOTHING_FOUND;
  #signed: Map<string, Signed> | undefined;
  readonly #queryText: string;
  readonly #prefix: string;
  readonly #platform: unknown;
  #query: Query | undefined;
  #cookies: ReadonlyMap<string, string> | undefined;
  #body: { readonly value: unknown } | undefined;
  #text: { readonly value: string | undefined } | undefined;
  #abort: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #logger: Logger | undefined;

  constructor(
    shared: Shared,
    { route, path, query, queryText, prefix }: CallTarget,
    request: Request,
    platform: unknown,
    requestId: string,
  ) {
    this.#shared = shared;
    this.#platform = platform;
    this.#query = query;
    this.#queryText = queryText;
    this.#prefix = prefix;
    this.request = request;
    this.headers = request.headers;
    this.operation = route.operation;
    this.path = path;
    this.requestId = requestId;
    this.now = shared.clock();
    this.deadline = route.limit === undefined ? undefined : this.now + route.limit;
  }

  get services(): unknown {
    return this.#shared.services;
  }

  get queryText(): string {
    return this.#queryText;
  }

  get query(): Query {
    this.#query ??= parseQuery(this.#queryText);
    return this.#query;
  }

  get cookies(): ReadonlyMap<string, string> {
    const header = this.headers.get('cookie');
    this.#cookies ??= header === null ? NO_COOKIES : parseCookies(header);
    return this.#cookies;
  }

  get remoteAddress(): string | undefined {
    return this.#shared.proxies.addressOf(this.request, this.#platform);
  }

  /** The URL that the sender called: another than the request's behind a proxy. */
  get publicUrl(): string {
    return this.#shared.proxies.urlOf(this.request, this.#platform, this.#prefix);
  }

  get connection(): ClientConnection {
    const socket = (this.#platform as NodePlatform | undefined)?.incoming?.socket;
    const certificate = socket?.getPeerCertificate?.();
    return {
      authorized: socket?.authorized === true,
      // Node gives an empty object where there is none.
      certificate: certificate && Object.keys(certificate).length > 0 ? certificate : undefined,
    };
  }

  /** Path and query as the sender wrote them, where the platform tells. */
  get rawTarget(): string | undefined {
    return rawTarget(this.#platform);
  }

  /** For the check that comes next. */
  asked(scopes: readonly string[]): this {
    this.scopes = scopes;
    return this;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      this.#abort = new AbortController();
      if (this.expired) this.#abort.abort(this.expired);
      this.#signal = AbortSignal.any([this.request.signal, this.#abort.signal]);
    }
    return this.#signal;
  }

  get logger(): Logger {
    this.#logger ??= bindLogger(this.#shared.logger, { requestId: this.requestId, operation: this.operation.id }, () =>
      this.#shared.secretsOf(this),
    );
    return this.#logger;
  }

  /** What the signature of a scheme was checked with, where its challenge or its answers need it. */
  keepSigned(scheme: string, signed: Signed): void {
    this.#signed ??= new Map();
    this.#signed.set(scheme, signed);
  }

  signedBy(scheme: string): Signed | undefined {
    return this.#signed?.get(scheme);
  }

  /** Remembers what a lookup found, whose secrets no log may show; kept where no inspection shows them either. */
  keepSecret(found: readonly WithSecrets[]): void {
    this.#found = found;
  }

  get foundSecrets(): readonly string[] {
    return this.#found.flatMap(({ secrets }) => secrets);
  }

  /** The deadline has passed. */
  expire(error: Error): void {
    this.expired = error;
    this.#abort?.abort(error);
  }

  /** The bytes stay as they came: a signature is over those. */
  keepBody({ bytes, content }: ReadBody): void {
    this.hasBody = true;
    this.bytes = bytes;
    this.#content = content;
  }

  /** The body's bytes after decompression. */
  get content(): Uint8Array {
    return this.#content ?? this.bytes;
  }

  set content(bytes: Uint8Array) {
    this.#content = bytes;
  }

  #parse(stated: string, mediaType: string, described: Described): unknown {
    const parsed = parseBody(this.content, stated, described, (text) => {
      this.suspect = text;
    });
    const root = this.operation.body?.xml?.[mediaType];
    const { xml } = this.#shared;
    if (!root || !xml || typeof parsed !== 'string') return parsed;
    try {
      return xml.readXml(parsed, root);
    } catch (error) {
      return new MalformedBody(
        error instanceof Error && error.name === 'XmlError' ? error.message : 'must be valid XML',
      );
    }
  }

  get isEmpty(): boolean {
    if (!this.isStreamed) return this.content.length === 0;
    return this.request.body === null || this.headers.get('content-length') === '0';
  }

  /** The body's bytes after decompression, as they come. */
  chunks(): ReadableStream<Uint8Array<ArrayBuffer>> & AsyncIterable<Uint8Array<ArrayBuffer>> {
    const source = this.#source();
    return source as ReturnType<Call['chunks']>;
  }

  #source(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { body } = this.request;
    if (!this.isStreamed || body === null) return new Blob([new Uint8Array(this.content)]).stream();
    const coding = codingOf(this.headers);
    const bytes = body as ReadableStream<Uint8Array<ArrayBuffer>>;
    return coding === undefined || coding === 'unsupported' ? bytes : decompress(bytes, coding);
  }

  /** The body as bytes that are read when the handler asks for them. */
  toByteStream(type: string): ByteStream {
    const stated = this.headers.get('content-length');
    const isPlain = stated !== null && codingOf(this.headers) === undefined;
    return new ByteStream(this.chunks(), {
      type,
      size: this.isStreamed ? (isPlain ? Number(stated) : undefined) : this.content.length,
      limit: this.bodyLimit,
      tooLarge: this.tooLarge,
    });
  }

  /** The body as its media type has it, parsed once. `mediaType` is the declared one that it comes as. */
  body(mediaType: string): unknown {
    if (!this.#body) {
      const { shapes, encodings } = this.operation.body ?? {};
      const described = { shape: shapes?.[mediaType], encodings: encodings?.[mediaType] };
      const stated = this.headers.get('content-type') ?? mediaType;
      const kind = kindOf(stated);
      this.#body = {
        value:
          kind === 'binary'
            ? this.toByteStream(stated)
            : kind === 'multipart'
              ? parseMultipart(this, stated, described)
              : this.#parse(stated, mediaType, described),
      };
    }
    return this.#body.value;
  }

  header(name: string): string | null {
    return headerOf(this.headers, name);
  }

  /** Not `query`, which is all of it. */
  queryValue(name: string): string | undefined {
    for (const pair of this.query.pairs) if (pair[0] === name && pair[1] !== '') return pair[1];
    return undefined;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  /** A string or number of a JSON body as it is written; with a name, also a field of a form. */
  member(pointer: JsonPointer, name?: string): string | undefined {
    const type = this.headers.get('content-type') ?? this.operation.body?.content[0] ?? 'application/json';
    const kind = kindOf(type);
    if (this.content.length === 0) return undefined;
    if (kind === 'form') return name === undefined ? undefined : this.field(name);
    const text = kind === 'json' ? this.#bodyText() : undefined;
    return text === undefined ? undefined : memberText(text, pointer);
  }

  field(name: string): string | undefined {
    const type = this.headers.get('content-type') ?? '';
    if (type !== '' && kindOf(type) !== 'form') return undefined;
    const text = this.#bodyText();
    return text === undefined ? undefined : firstOf(parseQuery(text), name) || undefined;
  }

  #bodyText(): string | undefined {
    this.#text ??= { value: textOfBody(this.content) };
    return this.#text.value;
  }
}
