import { ByteStream, reclaiming } from '../bodies/index.ts';
import { type JsonPointer, kindIn, kindOf, type OperationDescriptor } from '../contract/index.ts';
import { memberText, textOfBody, unescapeText } from '../signing/index.ts';
import type { BadInputError } from './bad-input.ts';
import type { ReadBody } from './body-reader.ts';
import { parseCookies } from './cookies.ts';
import { codingOf, decompress } from './decompress.ts';
import type { Incoming } from './incoming.ts';
import { bindLogger, type Logger } from './logger.ts';
import { multipartField } from './multipart-field.ts';
import type { Sources } from './parameters.ts';
import { type Described, MalformedBody, parseBody, parseMultipart } from './parse-body.ts';
import type { Proxies } from './proxies.ts';
import { firstOf, parseQuery, type Query } from './query.ts';
import { rawTarget } from './raw-target.ts';
import type { Spool } from './spool.ts';
import type { ClientConnection, HandlerContext, ServerFailure, XmlCodec } from './types.ts';

/** The settings and state that all calls of a server share. */
export type Shared = {
  readonly services: unknown;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly secretsOf: (call: Call) => readonly string[];
  readonly xml: XmlCodec | undefined;
  readonly proxies: Proxies;
};

/** The bindings that the Node adapter passes with the request. For TLS, the socket has the client certificate. */
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

/**
 * A message that its sender may deliver again. It is claimed before its handler runs, and marked as used after the
 * handler succeeds.
 */
export type Delivery = {
  readonly key: string;
  /** Seconds for which the message is remembered. */
  readonly ttl: number;
};

/** A signature that was verified. */
export type Signed = {
  readonly credentials: Readonly<Record<string, string>>;
  readonly timestamp: string;
  readonly nonce: string;
  readonly id: string;
  readonly packed: string;
};

/** The parts of the matched route and of its parsed URL that a call needs. */
export type CallTarget = {
  readonly route: {
    readonly operation: OperationDescriptor;
    /** Time limit of the call, in milliseconds. */
    readonly limit: number | undefined;
  };
  /** The path parameters, percent-encoded as received. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query | undefined;
  readonly queryText: string;
  /** The path under which the server is mounted. */
  readonly prefix: string;
};

const tooLarge = (): Error => new RangeError('the body is too large');

/** One incoming request. Values that only some calls need are created on first use. */
export class Call implements HandlerContext, Sources {
  readonly incoming: Incoming;
  readonly operation: OperationDescriptor;
  readonly path: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly deadline: number | undefined;
  readonly now: number;
  bytes: Uint8Array = NO_BYTES;
  identity: Readonly<Record<string, unknown>> = NO_IDENTITY;
  /** The message that the request delivers, if its scheme has an id. */
  delivery: Delivery | undefined;
  scopes: readonly string[] = NO_SCOPES;
  stage: ServerFailure['kind'] = 'check';
  expired: Error | undefined;
  /** Whether the body is read while the handler runs or its parts are processed. `bytes` is then empty. */
  isStreamed = false;
  /** Whether the body was already read because it identifies the operation. */
  hasBody = false;
  /** Maximum size of a body in memory, in bytes. */
  bodyLimit = 0;
  /** Creates the error for a body that exceeds the limit. */
  tooLarge: () => BadInputError | Error = tooLarge;
  /** The text of the JSON body, if its parsed value may differ from the sent value. */
  suspect: string | undefined;
  readonly spools: Spool[] = [];
  #content: Uint8Array | undefined;
  readonly #shared: Shared;
  #found: readonly WithSecrets[] = NOTHING_FOUND;
  #signed: Map<string, Signed> | undefined;
  readonly #queryText: string;
  readonly #prefix: string;
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
    incoming: Incoming,
    requestId: string,
  ) {
    this.#shared = shared;
    this.#query = query;
    this.#queryText = queryText;
    this.#prefix = prefix;
    this.incoming = incoming;
    this.operation = route.operation;
    this.path = path;
    this.requestId = requestId;
    this.now = shared.clock();
    this.deadline = route.limit === undefined ? undefined : this.now + route.limit;
  }

  get request(): Request {
    return this.incoming.request;
  }

  get headers(): Headers {
    return this.incoming.headers;
  }

  get method(): string {
    return this.incoming.method;
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
    if (!this.#cookies) {
      const header = this.header('cookie');
      this.#cookies = header === null ? NO_COOKIES : parseCookies(header);
    }
    return this.#cookies;
  }

  get remoteAddress(): string | undefined {
    return this.#shared.proxies.addressOf(this.incoming);
  }

  /** The URL that the sender called. It differs from the request's URL behind a proxy. */
  get publicUrl(): string {
    return this.#shared.proxies.urlOf(this.incoming, this.#prefix);
  }

  get connection(): ClientConnection {
    const socket = (this.incoming.platform as NodePlatform | undefined)?.incoming?.socket;
    const certificate = socket?.getPeerCertificate?.();
    return {
      authorized: socket?.authorized === true,
      // Node returns an empty object if there is no certificate.
      certificate: certificate && Object.keys(certificate).length > 0 ? certificate : undefined,
    };
  }

  /** Path and query exactly as the sender wrote them, if the platform provides them. */
  get rawTarget(): string | undefined {
    return rawTarget(this.incoming.platform);
  }

  /** Stores the required scopes for the next check. */
  asked(scopes: readonly string[]): this {
    this.scopes = scopes;
    return this;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      this.#abort = new AbortController();
      if (this.expired) this.#abort.abort(this.expired);
      this.#signal = AbortSignal.any([this.incoming.signal, this.#abort.signal]);
    }
    return this.#signal;
  }

  get logger(): Logger {
    this.#logger ??= bindLogger(this.#shared.logger, { requestId: this.requestId, operation: this.operation.id }, () =>
      this.#shared.secretsOf(this),
    );
    return this.#logger;
  }

  /** Stores the credentials that verified the signature of a scheme, if its challenge or its response needs them. */
  keepSigned(scheme: string, signed: Signed): void {
    this.#signed ??= new Map();
    this.#signed.set(scheme, signed);
  }

  signedBy(scheme: string): Signed | undefined {
    return this.#signed?.get(scheme);
  }

  /** Stores the result of a lookup. It contains secrets, so it is hidden from logs and from inspection. */
  keepSecret(found: readonly WithSecrets[]): void {
    this.#found = found;
  }

  get foundSecrets(): readonly string[] {
    return this.#found.flatMap(({ secrets }) => secrets);
  }

  /** Ends the call because its deadline has passed. */
  expire(error: Error): void {
    this.expired = error;
    this.#abort?.abort(error);
  }

  /** Stores the body. The bytes remain as received, because the signature covers them. */
  keepBody({ bytes, content }: ReadBody): void {
    this.hasBody = true;
    this.bytes = bytes;
    this.#content = content;
  }

  /** Reads and writes XML, if the contract describes XML. */
  get xml(): XmlCodec | undefined {
    return this.#shared.xml;
  }

  /** The body's bytes after decompression. */
  get content(): Uint8Array {
    return this.#content ?? this.bytes;
  }

  set content(bytes: Uint8Array) {
    this.#content = bytes;
    this.#text = undefined;
  }

  #parse(stated: string, mediaType: string, described: Described): unknown {
    const onSuspect = (text: string): void => {
      this.suspect = text;
    };
    const parsed = parseBody(this.content, stated, described, onSuspect, this.#text?.value);
    const root = this.operation.body?.xml?.[mediaType];
    const { xml } = this;
    if (!root || !xml || typeof parsed !== 'string') return parsed;
    try {
      return xml.readXml(parsed, root);
    } catch (error) {
      return new MalformedBody(
        error instanceof Error && error.name === 'XmlError' ? error.message : 'must be valid XML',
      );
    }
  }

  /** The body as it was received, if it is JSON or a form in UTF-8. Decoded once, also for the parser. */
  get receivedText(): string | undefined {
    if (this.content !== this.bytes) return undefined;
    const kind = kindOf(this.header('content-type') ?? this.operation.body?.content[0] ?? '');
    return kind === 'json' || kind === 'form' ? this.#bodyText() : undefined;
  }

  get isEmpty(): boolean {
    if (!this.isStreamed) return this.content.length === 0;
    return this.incoming.body === null || this.header('content-length') === '0';
  }

  /** The bytes of the body after decompression, as they arrive. */
  chunks(): ReadableStream<Uint8Array<ArrayBuffer>> & AsyncIterable<Uint8Array<ArrayBuffer>> {
    const source = this.#source();
    return source as ReturnType<Call['chunks']>;
  }

  #source(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { body } = this.incoming;
    if (!this.isStreamed || body === null) return new Blob([new Uint8Array(this.content)]).stream();
    const coding = codingOf(this.header('content-encoding'));
    return reclaiming(coding === undefined || coding === 'unsupported' ? body : decompress(body, coding));
  }

  /** The body as a stream of bytes that starts when the handler reads it. */
  toByteStream(type: string): ByteStream {
    const stated = this.header('content-length');
    const isPlain = stated !== null && codingOf(this.header('content-encoding')) === undefined;
    return new ByteStream(this.chunks(), {
      type,
      size: this.isStreamed ? (isPlain ? Number(stated) : undefined) : this.content.length,
      limit: this.bodyLimit,
      tooLarge: this.tooLarge,
    });
  }

  /** The body parsed by its media type, once. `mediaType` is the declared media type of the body. */
  body(mediaType: string): unknown {
    if (!this.#body) {
      const { shapes, encodings, parts, jsonTexts } = this.operation.body ?? {};
      const described = {
        shape: shapes?.[mediaType],
        encodings: encodings?.[mediaType],
        parts: parts?.[mediaType],
        isJson: jsonTexts?.includes(mediaType),
      };
      const stated = this.header('content-type') ?? mediaType;
      const kind = kindIn(stated, this.operation.body);
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
    return this.incoming.header(name);
  }

  /** The value of a query parameter. It does not use `query`, which would parse the whole query. */
  queryValue(name: string): string | undefined {
    for (const pair of this.query.pairs) if (pair[0] === name && pair[1] !== '') return pair[1];
    return undefined;
  }

  cookie(name: string): string | undefined {
    const text = this.cookies.get(name);
    // Clients escape characters that a cookie cannot contain, such as a space in a key.
    return text?.includes('%') ? unescapeText(text, 'rfc3986') : text;
  }

  /** A string or number of a JSON body as it was written. With a name, the function also reads a field of a form. */
  member(pointer: JsonPointer, name?: string): string | undefined {
    const type = this.header('content-type') ?? this.operation.body?.content[0] ?? 'application/json';
    const kind = kindOf(type);
    if (this.content.length === 0) return undefined;
    if (kind === 'form') return name === undefined ? undefined : this.field(name);
    const text = kind === 'json' ? this.#bodyText() : undefined;
    return text === undefined ? undefined : memberText(text, pointer);
  }

  field(name: string): string | undefined {
    const type = this.header('content-type') ?? '';
    const kind = type === '' ? 'form' : kindOf(type);
    if (kind === 'multipart') return multipartField(this.content, type, name) || undefined;
    if (kind !== 'form') return undefined;
    const text = this.#bodyText();
    return text === undefined ? undefined : firstOf(parseQuery(text), name) || undefined;
  }

  #bodyText(): string | undefined {
    this.#text ??= { value: textOfBody(this.content) };
    return this.#text.value;
  }
}
