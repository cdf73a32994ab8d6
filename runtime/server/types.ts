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

/** What generated code gives: the whole API as data, and the provider's hand-written signers. */
export type ServerDefinition = {
  readonly api: ApiDescriptor;
  /** By name, which is the handler's. */
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
  /** Schemas that others extend: a response has what the one that its discriminator chooses names. */
  readonly extensions?: readonly Extension[];
};

/** What everything that runs for a call may know of it. */
export type CallContext<Services = unknown> = {
  /** What the option `services` holds, such as a database. */
  readonly services: Services;
  /** The operation that answers, as data; its `id` is the operationId. */
  readonly operation: OperationDescriptor;
  /** For a lookup: the requirements of the contract, such as OAuth scopes. Return `forbidden` for a caller without them. */
  readonly scopes: readonly string[];
  /** Id of the request: the caller's where it is safe, else a new one. */
  readonly requestId: string;
  /** The request as it came. Its body is not for handlers to read: see `bytes`. */
  readonly request: Request;
  /** The exact bytes. Empty where there is no body, and where nothing signs one that is read as it comes: files, parts, rows. */
  readonly bytes: Uint8Array;
  /** Address of the caller, if the platform or a trusted proxy provides it. */
  readonly remoteAddress: string | undefined;
  /** Milliseconds since 1970 by the server's clock, asked once a call. */
  readonly now: number;
  /** Aborted at the deadline, and when the caller has gone. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970 by which the answer must be out; undefined where there is no limit. */
  readonly deadline: number | undefined;
  /** Adds request id and operation to each entry, and masks what the call presented as secret. */
  readonly logger: Logger;
};

/** What a handler gets beside its input. */
export type HandlerContext<Services = unknown> = CallContext<Services> & {
  /** By security scheme: what its lookup returned; `true` where the credential is a configured value. */
  readonly identity: Readonly<Record<string, unknown>>;
};

/** Business logic of one operation: typed input in, one of the declared responses out. */
export type Handler<Input, Output, Services = unknown, Identity = unknown> = (
  input: Input,
  context: HandlerContext<Services> & { readonly identity: Identity },
) => Output | Promise<Output>;

type Maybe<T> = T | Promise<T>;

/** Opens the encrypted members of a JSON body: gives the body that the contract describes. */
export type OpenBody<Services = unknown> = (body: unknown, context: HandlerContext<Services>) => unknown;

/** Anything that names a caller; null: not known. A string `expired` or `forbidden` is a refusal, never an identity. */
export type Identity = object | string | number | true;

/** A key, bearer token, `user:password` or session token, looked up. */
export type CredentialLookup<Services = unknown> = (
  presented: string,
  context: CallContext<Services>,
) => Maybe<Identity | 'expired' | 'forbidden' | null | undefined>;

/** The connection of a request, as far as the platform provides it. */
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

/** One set of credentials that may have signed; `identity` is what the handler sees of it (default: what travelled, without secrets). */
export type SignatureCandidate = Credentials | { readonly credentials: Credentials; readonly identity: Identity };

/** From the credentials that travelled, by name, the sets that may have signed: during a rotation more than one. */
export type SignatureLookup<Services = unknown> = (
  presented: Credentials,
  context: CallContext<Services>,
) => Maybe<readonly SignatureCandidate[] | 'expired' | 'forbidden' | null | undefined>;

/** What a key, bearer token or password is checked against: one value, several that are valid at once, or a lookup. */
export type CredentialSource<Services = unknown> = string | readonly string[] | CredentialLookup<Services>;
/** What a signature is checked against: one set of credentials, several that are valid at once, or a lookup. */
export type SignatureSource<Services = unknown> = Credentials | readonly Credentials[] | SignatureLookup<Services>;

/** What a scheme is checked against: values (several are valid at once, which is how keys are rotated) or a lookup. */
export type SecuritySource<Scheme extends SecuritySchemeDescriptor, Services = unknown> = Scheme extends SignatureScheme
  ? SignatureSource<Services>
  : Scheme extends { readonly kind: 'mutualTLS' }
    ? CertificateLookup<Services>
    : Scheme extends { readonly kind: 'session' }
      ? CredentialLookup<Services>
      : Scheme extends { readonly oauth: object }
        ? CredentialSource<Services> | AccessTokens
        : CredentialSource<Services>;

/** A scheme that is not named takes its credentials from their environment variables. */
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
  /** Asked once the caller is known, before its input is looked at. `retryAfter` in seconds. */
  limit(
    context: HandlerContext<Services>,
  ): Maybe<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfter?: number }>;
};

/** `throw`: what breaks the contract is rejected. `warn`: it is logged and passes. `off`: it is not looked at. */
export type ValidationMode = 'throw' | 'warn' | 'off';

/** The internal error, whose cause the response does not contain. */
export type ServerFailure = {
  /** `handler`: it threw. `answer`: it answered what is not declared. `check`: a lookup, store or limiter threw. `timeout`: no answer by the deadline. */
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
  /** By the operation's name. One that is missing answers 501 in the provider's envelope. */
  readonly handlers: Partial<Handlers>;
  /**
   * By the operation's name: opens the encrypted members of a JSON body, such as those that `openAesGcm` decrypts. It runs
   * once the caller is known; what it gives is validated and handed to the handler. What it throws is a refusal.
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
   * Where messages are remembered that a sender may send again, so that each is handled once. Default: this process's
   * memory, bounded. Several processes share one: `createDeliveryStore` of `@countersign/runtime/store`.
   */
  readonly deliveryStore?: DeliveryStore;
  /** Bytes. Default 1 MiB. */
  readonly bodyLimit?: number;
  /**
   * By the operation's name: the path to answer at in place of the contract's, where a provider calls a URL of your choosing. It
   * must have the same parameters.
   */
  readonly paths?: Readonly<Record<string, string>>;
  /** Milliseconds to answer in; false: no limit. Default: what the operation states as `x-cs-timeout.answer`. */
  readonly deadline?: number | false;
  /** How the server treats invalid requests and responses. Default: both `throw` (rejected). */
  readonly validation?: { readonly input?: ValidationMode; readonly answers?: ValidationMode };
  /**
   * What happens to members of a JSON response that the contract does not name: `strip` leaves them out, `passthrough`
   * sends them. Default: the provider's setting `unknownKeys`, else `strip`. `writeOnly` members are never sent.
   */
  readonly unknownKeys?: UnknownKeys;
  /** Default: warnings and errors, one JSON object a line, on the console. */
  readonly logger?: Logger;
  /** Taken from the caller and given back under this name; made where absent or unsafe. Default `x-request-id`. */
  readonly requestIdHeader?: string;
  /**
   * Proxies of your own in front, whose `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix`, or `Forwarded`, are believed: how
   * many there are, or their addresses (`10.0.0.0/8`, `::1`, `loopback`, `private`). The caller's address and the URL that a
   * signature is over are those that the farthest of them saw. Default 0: no header is believed.
   */
  readonly trustedProxies?: number | readonly string[];
  /**
   * The URL that senders call for the root of this server, such as `https://api.example/partners`, where a proxy ends TLS or
   * changes the path. A signature over the URL is checked against it. Default: the request's own, or what `trustedProxies` say.
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
  /** Given to every handler and lookup as `context.services`, such as a database. */
  readonly services?: Services;
} & (undefined extends Services ? unknown : { readonly services: Services });
