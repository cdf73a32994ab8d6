import type {
  ApiDescriptor,
  OperationDescriptor,
  OperationValidators,
  SecuritySchemeDescriptor,
  SignatureScheme,
  XmlNode,
} from '../contract/index.ts';
import type { Signers } from '../signing/index.ts';
import type { Extension, UnknownKeys } from '../validators/index.ts';
import type { AccessTokens, CompileAccessTokens } from './access-tokens.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { Logger } from './logger.ts';
import type { ReplayStore } from './replay-store.ts';

/** The functions of `@countersign/runtime/xml` that a server uses. */
export type XmlCodec = {
  readonly readXml: (text: string, node: XmlNode) => unknown;
  readonly writeXml: (value: unknown, node: XmlNode) => string;
};

/** The parts that generated code provides: the whole API as data, and the provider's hand-written signers. */
export type ServerDefinition = {
  readonly api: ApiDescriptor;
  /** The operations, by the name of the handler. */
  readonly operations: { readonly [name: string]: OperationDescriptor };
  /** The validators, by operationId. */
  readonly validators: { readonly [id: string]: OperationValidators };
  readonly signers: Signers;
  /** Reads and writes XML that the contract describes, with `@countersign/runtime/xml`. */
  readonly xml?: XmlCodec;
  /** Verifies the tokens of an authorization server, with `@countersign/runtime/server/oauth`. */
  readonly oauth?: CompileAccessTokens;
  /** How undeclared properties of a response are treated. Default `strip`. */
  readonly unknownKeys?: UnknownKeys;
  /** Schemas that others extend. A response has the properties of the schema that its discriminator selects. */
  readonly extensions?: readonly Extension[];
};

/** The context of all code that runs for a call. */
export type CallContext<Services = unknown> = {
  /** The value of the option `services`, such as a database. */
  readonly services: Services;
  /** The operation as data. Its `id` is the operationId. */
  readonly operation: OperationDescriptor;
  /** The scopes that the contract requires, for lookups. Return `forbidden` for a caller without them. */
  readonly scopes: readonly string[];
  /** The id of the request: the caller's id if it is safe, otherwise a new one. */
  readonly requestId: string;
  /** The request as received. Handlers must not read its body: see `bytes`. */
  readonly request: Request;
  /**
   * The received bytes of the body. Empty if there is no body, or if an unsigned body is read as a stream: files,
   * parts, rows.
   */
  readonly bytes: Uint8Array;
  /** Address of the caller, if the platform or a trusted proxy provides it. */
  readonly remoteAddress: string | undefined;
  /** Milliseconds since 1970 by the server's clock, read once per call. */
  readonly now: number;
  /** Aborted at the deadline, and when the caller has disconnected. */
  readonly signal: AbortSignal;
  /** Deadline of the response, in milliseconds since 1970; undefined if there is no limit. */
  readonly deadline: number | undefined;
  /** Writes log entries. It adds the request id and the operation to each entry, and masks the secrets of the call. */
  readonly logger: Logger;
};

/** The second argument of a handler, besides its input. */
export type HandlerContext<Services = unknown> = CallContext<Services> & {
  /** The result of the lookup of each security scheme, by name. `true` if the credential is a configured value. */
  readonly identity: Readonly<Record<string, unknown>>;
};

/** The business logic of one operation. It receives typed input, and returns one of the declared responses. */
export type Handler<Input, Output, Services = unknown, Identity = unknown> = (
  input: Input,
  context: HandlerContext<Services> & { readonly identity: Identity },
) => Output | Promise<Output>;

type Maybe<T> = T | Promise<T>;

/** Decrypts the encrypted properties of a JSON body. Returns the body that the contract describes. */
export type OpenBody<Services = unknown> = (body: unknown, context: HandlerContext<Services>) => unknown;

/**
 * The identity of a caller. A lookup returns null for an unknown caller. The strings `expired` and `forbidden` are
 * refusals, never identities.
 */
export type Identity = object | string | number | true;

/** Looks up a key, bearer token, `user:password` or session token. */
export type CredentialLookup<Services = unknown> = (
  presented: string,
  context: CallContext<Services>,
) => Maybe<Identity | 'expired' | 'forbidden' | null | undefined>;

/** The connection of a request, if the platform provides it. */
export type ClientConnection = {
  /** Whether the certificate was verified against the authorities that the TLS server trusts. */
  readonly authorized: boolean;
  /** The certificate in the form of `tls.TLSSocket#getPeerCertificate()`. Undefined if the caller sent none. */
  readonly certificate: Readonly<Record<string, unknown>> | undefined;
};

/** Identifies a caller by the client certificate of the connection, or by the header of a trusted proxy that ends TLS. */
export type CertificateLookup<Services = unknown> = (
  connection: ClientConnection,
  context: CallContext<Services>,
) => Maybe<Identity | 'expired' | 'forbidden' | null | undefined>;

/** All credentials of a signature scheme, by name. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * One set of credentials that may have signed the request. `identity` is the value that the handler receives. Default:
 * the received values, without secrets.
 */
export type SignatureCandidate = Credentials | { readonly credentials: Credentials; readonly identity: Identity };

/**
 * Returns the sets of credentials that may have signed a request, from the received values by name. During a rotation,
 * it may return several.
 */
export type SignatureLookup<Services = unknown> = (
  presented: Credentials,
  context: CallContext<Services>,
) => Maybe<readonly SignatureCandidate[] | 'expired' | 'forbidden' | null | undefined>;

/** The valid keys, bearer tokens or passwords: one value, a list of values, or a lookup. */
export type CredentialSource<Services = unknown> = string | readonly string[] | CredentialLookup<Services>;
/** The valid credentials of a signature: one set, a list of sets, or a lookup. */
export type SignatureSource<Services = unknown> = Credentials | readonly Credentials[] | SignatureLookup<Services>;

/** The credentials of a scheme: values or a lookup. Several values may be valid at once, for key rotation. */
export type SecuritySource<Scheme extends SecuritySchemeDescriptor, Services = unknown> = Scheme extends SignatureScheme
  ? SignatureSource<Services>
  : Scheme extends { readonly kind: 'mutualTLS' }
    ? CertificateLookup<Services>
    : Scheme extends { readonly kind: 'session' }
      ? CredentialLookup<Services>
      : Scheme extends { readonly oauth: object }
        ? CredentialSource<Services> | AccessTokens
        : CredentialSource<Services>;

/**
 * The credentials of each security scheme. A scheme without an entry reads its credentials from environment variables.
 */
export type SecurityOptions<Api extends ApiDescriptor = ApiDescriptor, Services = unknown> = {
  readonly [Scheme in keyof Api['securitySchemes']]?: SecuritySource<Api['securitySchemes'][Scheme], Services>;
};

/**
 * Limits the rate of calls per caller.
 *
 * @example
 * ```ts
 * const counts = new Map<string, number>();
 * const rateLimit: RateLimiter = {
 *   limit({ identity }) {
 *     const key = JSON.stringify(identity);
 *     counts.set(key, (counts.get(key) ?? 0) + 1);
 *     return (counts.get(key) ?? 0) <= 100 ? { allowed: true } : { allowed: false, retryAfter: 60 };
 *   },
 * };
 * ```
 */
export type RateLimiter<Services = unknown> = {
  /** Called after the caller was verified, before the input is validated. `retryAfter` is in seconds. */
  limit(
    context: HandlerContext<Services>,
  ): Maybe<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfter?: number }>;
};

/**
 * How a server treats violations of the contract. `throw`: they are rejected. `warn`: they are logged and accepted.
 * `off`: nothing is validated.
 */
export type ValidationMode = 'throw' | 'warn' | 'off';

/** An internal error. The response does not contain its cause. */
export type ServerFailure = {
  /**
   * Where the error occurred. `handler`: the handler threw. `response`: the handler returned an undeclared response.
   * `check`: a lookup, store or limiter threw. `timeout`: no response before the deadline.
   */
  readonly kind: 'handler' | 'response' | 'check' | 'timeout';
  readonly error: unknown;
  readonly operation: string;
  readonly requestId: string;
};

/** A request that the server rejects, as the function `onReject` receives it. */
export type Rejection = {
  /** The code of the provider's envelope, or the HTTP status. */
  readonly code: string | number | boolean;
  /** The HTTP status of the response if the function returns nothing. */
  readonly status: number;
  /** The reason in one line. It contains no value of the request. */
  readonly message: string;
  /**
   * What is wrong with an invalid request. `at` is the location: `query/limit`, `headers/x-tenant`, `/items/0/name` in
   * the body, or `body` for the whole body. Empty for any other rejection.
   */
  readonly flaws: readonly { readonly at: string; readonly message: string }[];
};

/** A response that the operation declares. */
export type RejectionResponse = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * Creates the response to a request that the server rejects before or after its handler: an invalid request, a missing
 * credential, an internal error. Without a result, the server sends its own response.
 *
 * @example
 * ```ts
 * const onReject: OnReject = ({ status, flaws }) =>
 *   status === 422 ? { status, body: { errors: flaws.map(({ at, message }) => `${at} ${message}`) } } : undefined;
 * ```
 */
export type OnReject<Services = unknown> = (
  rejection: Rejection,
  context: HandlerContext<Services>,
) => RejectionResponse | undefined | Promise<RejectionResponse | undefined>;

/**
 * Options of a server. Only `handlers` is required.
 *
 * @example
 * ```ts
 * import { createDiceyFunServer } from '@countersign/dicey-fun/server';
 *
 * const server = createDiceyFunServer({
 *   handlers: {
 *     getPlayerInfo: ({ body }) => ({ data: { username: body.username, coin: 0 } }),
 *   },
 *   security: { apiKey: ['current-key', 'previous-key'] },
 *   bodyLimit: 64 * 1024,
 * });
 * ```
 */
export type ServerOptions<Handlers extends object, Services = unknown, Api extends ApiDescriptor = ApiDescriptor> = {
  /** The handlers, by the operation's name. An operation without a handler returns 501 in the provider's envelope. */
  readonly handlers: Partial<Handlers>;
  /**
   * Functions that decrypt the encrypted properties of a JSON body, for example with `openAesGcm`, by the operation's
   * name. They run after the caller was verified. The result is validated and passed to the handler. If a function
   * throws, the request is rejected.
   */
  readonly open?: { readonly [Name in keyof Handlers]?: OpenBody<Services> };
  /**
   * The valid credentials of each security scheme: values or a lookup. Default: environment variables. `false` checks
   * neither credentials nor signatures: for a proxy behind your own authentication.
   */
  readonly security?: SecurityOptions<Api, Services> | false;
  /** Returns milliseconds since 1970. Default: the clock of the system. */
  readonly clock?: () => number;
  /** Stores used nonces and signatures. Default: a bounded store in the memory of this process. */
  readonly replayStore?: ReplayStore;
  /**
   * Stores the ids of messages that a sender can send again, so that each is handled once. Default: a bounded store in
   * the memory of this process. Several processes can share a store of `createDeliveryStore` in
   * `@countersign/runtime/store`.
   */
  readonly deliveryStore?: DeliveryStore;
  /** Maximum size of a body in memory, in bytes. Default 1 MiB. */
  readonly bodyLimit?: number;
  /**
   * Paths that replace those of the contract, by the operation's name, if a provider calls a URL of your choice. A path
   * must have the same parameters.
   */
  readonly paths?: Readonly<Record<string, string>>;
  /** Time limit of a response in milliseconds. `false`: no limit. Default: `x-cs-timeout.response` of the operation. */
  readonly deadline?: number | false;
  /** How the server treats invalid requests and responses. Default: both `throw` (rejected). */
  readonly validation?: {
    readonly input?: ValidationMode;
    readonly responses?: ValidationMode;
    /** @deprecated The earlier name of `responses`. */
    readonly answers?: ValidationMode;
  };
  /**
   * How to treat properties of a JSON response that the contract does not name: `strip` removes them, `passthrough`
   * sends them. Default: the provider's setting `unknownKeys`, or `strip`. `writeOnly` properties are never sent.
   */
  readonly unknownKeys?: UnknownKeys;
  /** Receives log entries. Default: warnings and errors are written to the console, as one JSON object per line. */
  readonly logger?: Logger;
  /**
   * The header from which the request id is read and in which it is returned. An id that is missing or unsafe is
   * generated. Default `x-request-id`.
   */
  readonly requestIdHeader?: string;
  /**
   * Your own proxies in front of the server: their number, or their addresses (`10.0.0.0/8`, `::1`, `loopback`,
   * `private`). Their headers `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix`, or `Forwarded`, are trusted. The
   * caller's address and the signed URL are those that the farthest of these proxies received. Default 0: no header is
   * trusted.
   */
  readonly trustedProxies?: number | readonly string[];
  /**
   * The URL that senders call for the root of this server, such as `https://api.example/partners`, if a proxy
   * terminates TLS or changes the path. Signatures that cover the URL use it. Default: the URL of the request, or the
   * URL from `trustedProxies`.
   */
  readonly publicUrl?: string;
  /** Returns the caller's address, for platforms that provide it in another way. `peer` is the address of the socket. */
  readonly clientAddress?: (request: Request, peer: string | undefined) => string | undefined;
  /** Limits the rate of calls per caller. Default: no limit. */
  readonly rateLimit?: RateLimiter<Services>;
  /** Called with every internal error, which the response does not contain. Errors that it throws are logged. */
  readonly onError?: (failure: ServerFailure) => void | Promise<void>;
  /**
   * Creates the response to a request that the server rejects, for example the body that the contract declares for 422.
   * A response that the operation does not declare is reported to `onError`, and the default is sent. Default: the
   * provider's envelope, or without one `application/problem+json` (RFC 9457).
   */
  readonly onReject?: OnReject<Services>;
  /** The environment variables. Default: those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Passed to every handler and lookup as `context.services`, for example a database. */
  readonly services?: Services;
} & (undefined extends Services ? unknown : { readonly services: Services });
