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

/** `@countersign/runtime/xml` */
export type XmlCodec = {
  readonly readXml: (text: string, node: XmlNode) => unknown;
  readonly writeXml: (value: unknown, node: XmlNode) => string;
};

/** What generated code provides: the whole API as data, and the provider's hand-written signers. */
export type ServerDefinition = {
  readonly api: ApiDescriptor;
  /** By the name of the handler. */
  readonly operations: { readonly [name: string]: OperationDescriptor };
  /** By operationId. */
  readonly validators: { readonly [id: string]: OperationValidators };
  readonly signers: Signers;
  /** Reads and writes XML that the contract describes: `@countersign/runtime/xml`. */
  readonly xml?: XmlCodec;
  /** Checks the tokens of an authorization server: `@countersign/runtime/server/oauth`. */
  readonly oauth?: CompileAccessTokens;
  /** Default `strip`. */
  readonly unknownKeys?: UnknownKeys;
  /** Schemas that others extend: a response has the properties of the schema that its discriminator selects. */
  readonly extensions?: readonly Extension[];
};

/** What all code that runs for a call receives. */
export type CallContext<Services = unknown> = {
  /** The value of the option `services`, such as a database. */
  readonly services: Services;
  /** The operation as data. Its `id` is the operationId. */
  readonly operation: OperationDescriptor;
  /**
   * For a lookup: the requirements of the contract, such as OAuth scopes. Return `forbidden` for a caller without them.
   */
  readonly scopes: readonly string[];
  /** Id of the request: the caller's if it is safe, otherwise a new one. */
  readonly requestId: string;
  /** The request as received. Handlers must not read its body: see `bytes`. */
  readonly request: Request;
  /** The exact bytes. Empty if there is no body, and if an unsigned one is read as a stream: files, parts, rows. */
  readonly bytes: Uint8Array;
  /** Address of the caller, if the platform or a trusted proxy provides it. */
  readonly remoteAddress: string | undefined;
  /** Milliseconds since 1970 by the server's clock, read once per call. */
  readonly now: number;
  /** Aborted at the deadline, and when the caller has gone. */
  readonly signal: AbortSignal;
  /** Deadline of the response, in milliseconds since 1970; undefined if there is no limit. */
  readonly deadline: number | undefined;
  /** Adds request id and operation to each entry, and masks the secrets of the call. */
  readonly logger: Logger;
};

/** The context of a handler, beside its input. */
export type HandlerContext<Services = unknown> = CallContext<Services> & {
  /** By security scheme: the result of its lookup; `true` if the credential is a configured value. */
  readonly identity: Readonly<Record<string, unknown>>;
};

/** Business logic of one operation: receives typed input, and returns one of the declared responses. */
export type Handler<Input, Output, Services = unknown, Identity = unknown> = (
  input: Input,
  context: HandlerContext<Services> & { readonly identity: Identity },
) => Output | Promise<Output>;

type Maybe<T> = T | Promise<T>;

/** Decrypts the encrypted properties of a JSON body: returns the body that the contract describes. */
export type OpenBody<Services = unknown> = (body: unknown, context: HandlerContext<Services>) => unknown;

/** Identifies a caller; null: unknown. The strings `expired` and `forbidden` are refusals, never identities. */
export type Identity = object | string | number | true;

/** Looks up a key, bearer token, `user:password` or session token. */
export type CredentialLookup<Services = unknown> = (
  presented: string,
  context: CallContext<Services>,
) => Maybe<Identity | 'expired' | 'forbidden' | null | undefined>;

/** The connection of a request, if the platform provides it. */
export type ClientConnection = {
  /** Its certificate was verified against the authorities that the TLS server trusts. */
  readonly authorized: boolean;
  /** The peer's, as `tls.TLSSocket#getPeerCertificate()` has it; undefined without one. */
  readonly certificate: Readonly<Record<string, unknown>> | undefined;
};

/** Who calls, by a client certificate: of the connection, or of the header of a proxy that ends TLS and is trusted. */
export type CertificateLookup<Services = unknown> = (
  connection: ClientConnection,
  context: CallContext<Services>,
) => Maybe<Identity | 'expired' | 'forbidden' | null | undefined>;

/** Every credential of a signature scheme, by name. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * One set of credentials that may have signed. `identity` is what the handler receives (default: the sent values,
 * without secrets).
 */
export type SignatureCandidate = Credentials | { readonly credentials: Credentials; readonly identity: Identity };

/**
 * Returns the sets of credentials that may have signed, from the sent values by name: during a rotation more than one.
 */
export type SignatureLookup<Services = unknown> = (
  presented: Credentials,
  context: CallContext<Services>,
) => Maybe<readonly SignatureCandidate[] | 'expired' | 'forbidden' | null | undefined>;

/** The valid keys, bearer tokens or passwords: one value, a list of values, or a lookup. */
export type CredentialSource<Services = unknown> = string | readonly string[] | CredentialLookup<Services>;
/** The valid credentials of a signature: one set, a list of sets, or a lookup. */
export type SignatureSource<Services = unknown> = Credentials | readonly Credentials[] | SignatureLookup<Services>;

/** The credentials of a scheme: values (several may be valid at once, for key rotation) or a lookup. */
export type SecuritySource<Scheme extends SecuritySchemeDescriptor, Services = unknown> = Scheme extends SignatureScheme
  ? SignatureSource<Services>
  : Scheme extends { readonly kind: 'mutualTLS' }
    ? CertificateLookup<Services>
    : Scheme extends { readonly kind: 'session' }
      ? CredentialLookup<Services>
      : Scheme extends { readonly oauth: object }
        ? CredentialSource<Services> | AccessTokens
        : CredentialSource<Services>;

/** A scheme without an entry reads its credentials from environment variables. */
export type SecurityOptions<Api extends ApiDescriptor = ApiDescriptor, Services = unknown> = {
  readonly [Scheme in keyof Api['securitySchemes']]?: SecuritySource<Api['securitySchemes'][Scheme], Services>;
};

/**
 * Limits how often a caller may call.
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
  /** Called after the caller is known, before the input is validated. `retryAfter` in seconds. */
  limit(
    context: HandlerContext<Services>,
  ): Maybe<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfter?: number }>;
};

/** `throw`: violations of the contract are rejected. `warn`: they are logged and accepted. `off`: no validation. */
export type ValidationMode = 'throw' | 'warn' | 'off';

/** The internal error, whose cause the response does not contain. */
export type ServerFailure = {
  /**
   * `handler`: it threw. `answer`: it returned an undeclared response. `check`: a lookup, store or limiter threw.
   * `timeout`: no response before the deadline.
   */
  readonly kind: 'handler' | 'answer' | 'check' | 'timeout';
  readonly error: unknown;
  readonly operation: string;
  readonly requestId: string;
};

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
  /** By the operation's name. A missing one returns 501 in the provider's envelope. */
  readonly handlers: Partial<Handlers>;
  /**
   * By the operation's name: decrypts the encrypted properties of a JSON body, such as those of `openAesGcm`. It runs
   * after the caller is known. Its result is validated and passed to the handler. An exception is a rejection.
   */
  readonly open?: { readonly [Name in keyof Handlers]?: OpenBody<Services> };
  /**
   * By security scheme: the values or the lookup that it is checked against. Default: environment variables. `false` checks
   * neither credentials nor signatures: for a proxy behind your own authentication.
   */
  readonly security?: SecurityOptions<Api, Services> | false;
  /** Milliseconds since 1970. Default: the system's. */
  readonly clock?: () => number;
  /** Where used nonces and signatures are remembered. Default: this process's memory, bounded. */
  readonly replayStore?: ReplayStore;
  /**
   * Stores the ids of messages that a sender can send again, so that each is handled once. Default: a bounded store in
   * the memory of this process. Several processes share one: `createDeliveryStore` of `@countersign/runtime/store`.
   */
  readonly deliveryStore?: DeliveryStore;
  /** Bytes. Default 1 MiB. */
  readonly bodyLimit?: number;
  /**
   * By the operation's name: the path that replaces the contract's, if a provider calls a URL of your choice. It must
   * have the same parameters.
   */
  readonly paths?: Readonly<Record<string, string>>;
  /** Time limit of a response in milliseconds; false: no limit. Default: `x-cs-timeout.answer` of the operation. */
  readonly deadline?: number | false;
  /** How the server treats invalid requests and responses. Default: both `throw` (rejected). */
  readonly validation?: { readonly input?: ValidationMode; readonly answers?: ValidationMode };
  /**
   * How to treat properties of a JSON response that the contract does not name: `strip` removes them, `passthrough`
   * sends them. Default: the provider's setting `unknownKeys`, or `strip`. `writeOnly` properties are never sent.
   */
  readonly unknownKeys?: UnknownKeys;
  /** Default: warnings and errors, one JSON object a line, on the console. */
  readonly logger?: Logger;
  /** Read from the request and returned under this name; generated if missing or unsafe. Default `x-request-id`. */
  readonly requestIdHeader?: string;
  /**
   * Proxies of your own in front, whose `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix`, or `Forwarded`, are believed: how
   * many there are, or their addresses (`10.0.0.0/8`, `::1`, `loopback`, `private`). The caller's address and the URL that a
   * signature is over are those that the farthest of them saw. Default 0: no header is believed.
   */
  readonly trustedProxies?: number | readonly string[];
  /**
   * The URL that senders call for the root of this server, such as `https://api.example/partners`, if a proxy
   * terminates TLS or changes the path. Signatures of the URL use it. Default: the request's own, or the URL from
   * `trustedProxies`.
   */
  readonly publicUrl?: string;
  /** The caller's address if the platform provides it in another way. `peer` is that of the socket. */
  readonly clientAddress?: (request: Request, peer: string | undefined) => string | undefined;
  /** Limits how often a caller may call. Default: no limit. */
  readonly rateLimit?: RateLimiter<Services>;
  /** Called with every internal error, which the response does not contain. Errors that it throws are logged. */
  readonly onError?: (failure: ServerFailure) => void | Promise<void>;
  /** Default: the process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Passed to every handler and lookup as `context.services`, for example a database. */
  readonly services?: Services;
} & (undefined extends Services ? unknown : { readonly services: Services });
