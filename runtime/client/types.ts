import type { writeNested, writeParts } from '../bodies/index.ts';
import type {
  Carrier,
  OperationDescriptor,
  OperationValidators,
  ParameterDescriptor,
  XmlNode,
} from '../contract/index.ts';
import type { Signers, SigningInput } from '../signing/index.ts';
import type { CallResult, ErrorClasses, Exchange, OperationHandle } from './call.ts';
import type { AskingScheme, AskingSignature, ClientApi } from './client-api.ts';
import type {
  CountersignError,
  ErrorContext,
  ResponseContext,
  UnexpectedResponseError,
  UnexpectedResponseReason,
  ValidationIssue,
} from './errors/index.ts';
import type { CallState, ResponseHead, Sendable } from './hooks.ts';
import type { Logger } from './log.ts';
import type { AnyClientOptions, CallOptions, Clock } from './options.ts';

// These types refer to each other, so they share a file. It imports none of the files that use them.

/** The parts that generated code provides in addition to the operations. */
export type ClientParts = {
  readonly api: ClientApi;
  /** The signers, by the scheme's `signer`. */
  readonly signers?: Signers;
  /** The error classes, by code. */
  readonly errors?: ErrorClasses;
  /** The operations, by operationId. They include at least the logins. */
  readonly handles?: { readonly [operationId: string]: OperationHandle };
  readonly features?: readonly Feature[];
};

/** State that the calls of one client share. */
export type Context = Required<ClientParts> & {
  /** State that only one feature uses. */
  readonly with: Omit<Feature, 'extend' | 'receive'>;
  readonly options: AnyClientOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly debug: boolean;
  /** The limit in milliseconds of a whole call or of each attempt, from the most specific setting. */
  readonly limit: (scope: 'attempt' | 'call', operation: OperationDescriptor, given: CallOptions) => number;
  /** The URL of the contract's server, with its variables filled in. */
  filled?: string | undefined;
  /** The last base URL that was checked, with its inputs. */
  located?: { readonly given: string; readonly declared: string; readonly url: string };
  /** Validators, after the first call that validates has loaded them. */
  checks?: Checks;
  /** Secrets known from the start. Each call masks them, including those that it does not send. */
  readonly secrets: readonly string[];
  /** Sessions, after the first call that needs one has loaded them. */
  sessions?: Sessions;
  /** Milliseconds that the provider's clock is ahead of the local clock. */
  clockOffset: number;
  /** Number of attempts of all calls that have started. */
  begun: number;
  /** Number of attempts of all calls that have ended. */
  ended: number;
  /** Set by the first attempt that fails. */
  retries: Retries | undefined;
};

/** The parts of a request that a caller gives, before serialization. */
export type CallInput = {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Media type of the body. Default: derived from its value. */
  readonly contentType?: string;
  /** The media type to accept for the response, if the contract declares several. */
  readonly accept?: string;
};

/** One call in progress. Hooks see only its `state`: the rest contains secrets. */
export type Run = {
  readonly ctx: Context;
  readonly operation: OperationDescriptor;
  /** Validators, after they are loaded. */
  validators: OperationValidators | undefined;
  /** The options of the call, merged over those of the client. */
  readonly options: CallOptions;
  input: CallInput;
  readonly state: CallState;
  /** Time limits of the call, in milliseconds. */
  readonly timeout: { readonly attempt: number; readonly call: number };
  /** Values to mask: credentials, tokens and signatures that this call has sent. */
  readonly secrets: Set<string>;
  /** The token of the last attempt, by scheme. */
  readonly tokens: Map<string, string>;
  /** The token that the provider reported as expired, by scheme. */
  readonly rejected: Map<string, string>;
  /** Whether the clock was already corrected. */
  corrected: boolean;
  /** The clock skew of the last attempt. Another call may have corrected the context's value since. */
  clockOffset: number;
  /** The session scheme that this call logs in to. The call itself cannot use it. */
  readonly loginOf: string | undefined;
  /** Whether the call is a dry run: a session without a token gets a placeholder. */
  readonly dry: boolean;
  /** An absolute URL that replaces base URL, path and query: the next page, as the provider wrote it. */
  readonly target: string | undefined;
  /**
   * Performs another call before this one, which is a login. It is an argument because `perform` itself calls the
   * login.
   */
  readonly perform: Perform;
};

/** A response that an operation declares. */
export type DeclaredResponse = OperationDescriptor['responses'][number];

type Issues = readonly ValidationIssue[];

/**
 * Validates values against the contract, as the option `validation` requires.
 * @throws {ValidationError} in mode `throw`
 */
export type Checks = {
  readonly input: (run: Run, mediaType: string) => Issues | Promise<Issues>;
  /**
   * @param type the declared media type that covers the response's
   * @param hasHead whether to validate status and headers as well
   * @param hasBody false: there is no body to validate
   * @param text the body as received, if it is JSON
   * @param failed the call fails in any case: violations of the contract are logged and never thrown
   */
  readonly response: (
    run: Run,
    body: unknown,
    declared: DeclaredResponse | undefined,
    type: string | undefined,
    hasHead: boolean,
    hasBody: boolean,
    text?: string,
    failed?: boolean,
  ) => Issues | Promise<Issues>;
};

/** The tokens of a client: of session schemes and of OAuth. */
export type Sessions = {
  /** The schemes that the scheme's login needs; empty if it does not use a session. */
  readonly security: (name: string) => readonly string[];
  /**
   * Adds the token of a scheme to this attempt, after a login or a token request if necessary.
   * @param names the schemes of the alternative of `security` that the call uses
   */
  readonly add: (
    run: Run,
    request: SignedRequest,
    scheme: AskingScheme,
    names: readonly string[],
  ) => void | Promise<void>;
  /** Whether the provider rejected a token of this attempt. One more attempt with another token is then safe. */
  readonly rejected: (run: Run, error: CountersignError) => boolean;
  /**
   * Called after a success. The token of a login, whether the client or the caller made it, becomes the token of the
   * session.
   */
  readonly keep: (run: Run, outcome: Outcome) => Promise<void>;
};

/**
 * The functions of the client that get tokens. They are arguments, so that bundlers do not move code out of the first
 * chunk.
 */
export type Lent = {
  readonly UnexpectedResponseError: new (
    reason: UnexpectedResponseReason,
    context: ErrorContext & ResponseContext,
  ) => UnexpectedResponseError;
  readonly responseContext: (run: Run, response: ResponseHead) => ErrorContext & ResponseContext;
  readonly misconfigured: (api: ClientApi, message: string) => Error;
  readonly place: (run: Run, request: SignedRequest, carrier: Carrier | undefined, value: string) => void;
  readonly valueAt: (value: unknown, pointer: string) => unknown;
  readonly within: <T>(run: Run, limit: number, work: () => Promise<T>) => Promise<T>;
};

/** The source of OAuth tokens. */
export type TokenSource = Pick<Sessions, 'add' | 'rejected'>;

/** A call that has ended. */
export type Performed = {
  readonly run: Run;
  readonly outcome: Outcome;
  /** The result with the details of the exchange. It is created on demand, because few callers use it. */
  readonly whole: () => CallResult<unknown, CountersignError> & Exchange;
};

/** Performs a call from start to end. */
export type Perform = (
  ctx: Context,
  handle: OperationHandle,
  input: CallInput,
  options: CallOptions,
  more?: Partial<Pick<Run, 'loginOf' | 'dry' | 'target'>>,
) => Promise<Performed>;

/** The state of failed attempts that the calls of one client share. */
export type Retries = {
  /**
   * Milliseconds to wait before the next attempt, 0 if a token or the clock was corrected; undefined if no attempt may follow.
   * @param left milliseconds until the deadline of the call
   */
  readonly delay: (run: Run, outcome: Outcome, left: number) => number | undefined;
  /** Resolves when an attempt may start. */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  /**
   * Called when an attempt ended. Without an outcome, the caller aborted it.
   * @param turn number of attempts of the client that had started with it
   */
  readonly leave: (run: Run, turn: number, outcome: Outcome | undefined) => void;
};

/** Confirms a call that must not take effect twice. */
export type Watch = {
  /** Called before each attempt. */
  readonly begin: () => void;
  /** Called after a failed attempt. Returns how the call ends; undefined if it may be sent again. */
  readonly failed: (outcome: Outcome) => Promise<Outcome | undefined>;
  /** Called with the result of the call; undefined if it was aborted. */
  readonly end: (outcome: Outcome | undefined) => void;
};

/** How an attempt or a call ended. */
export type Outcome = {
  readonly data?: unknown;
  readonly error?: CountersignError;
  /** Whether the same request may succeed later, if the operation may be retried. */
  readonly transient?: boolean;
  /** The whole decoded body. */
  readonly body?: unknown;
  readonly issues?: readonly ValidationIssue[];
};

/** The request that is sent, and how it was signed. */
export type SignedRequest = {
  url: string;
  readonly headers: Headers;
  body: Sendable | undefined;
  readonly signatures: {
    readonly scheme: AskingSignature;
    readonly input: SigningInput;
    readonly message: string;
    readonly signature: string;
  }[];
};

/** A request body, serialized for its media type. */
export type SerializedBody = {
  /** The exact text or bytes that are signed and sent. */
  readonly bytes: Sendable;
  readonly mediaType: string;
};

/** The functions of `@countersign/runtime/xml` that a client uses. */
export type XmlCodec = {
  readonly readXml: (text: string, node: XmlNode) => unknown;
  readonly writeXml: (value: unknown, node: XmlNode) => string;
};

/** Writes parameters as text. Names and values of a URL are percent-encoded. */
export type ParameterWriter = {
  readonly path: (value: unknown, parameter: ParameterDescriptor) => string;
  /** The query string, without `?`. */
  readonly query: (values: object, parameters: readonly ParameterDescriptor[]) => string;
  readonly header: (value: unknown, parameter: Pick<ParameterDescriptor, 'name' | 'explode' | 'content'>) => string;
  /** The value of the `Cookie` header. */
  readonly cookies?: (values: object, parameters: readonly ParameterDescriptor[]) => string;
};

/**
 * Code that only some contracts need. A generated client lists the features of its contract, and a bundle contains no
 * others.
 */
export type Feature = {
  /** Adds methods to a call. */
  readonly extend?: (ctx: Context, handle: OperationHandle) => object;
  /** Returns the base URL of an operation, if it differs from the API's. */
  readonly locate?: (run: Run) => string;
  /** Serializes parameters of other styles than the default ones. */
  readonly styles?: ParameterWriter;
  /** Chooses the media type of the body. */
  readonly choose?: (run: Run) => string | undefined;
  /** Serializes bodies that are not JSON or text. */
  readonly serialize?: (run: Run, value: unknown, mediaType: string) => Promise<SerializedBody>;
  /** Serializes multipart bodies by position, and parts that are multipart themselves. */
  readonly parts?: { readonly write: typeof writeParts; readonly nested: typeof writeNested };
  /** Validators convert values. They are loaded even if nothing is validated. */
  readonly converts?: true;
  /** Parses and writes XML that the contract describes. Loaded with the first such body. */
  readonly xml?: () => Promise<XmlCodec>;
  /** Confirms a call that must not take effect twice; undefined for other calls. */
  readonly watch?: (run: Run) => Promise<Watch | undefined>;
  /** Gets tokens from the authorization server of a scheme. */
  readonly oauth?: {
    /** Whether the scheme is configured, so that a call needs no token of the caller. */
    readonly has: (ctx: Context, scheme: string) => boolean;
    readonly load: (ctx: Context) => Promise<TokenSource>;
  };
  /** Adds the values that a signature scheme sends, and the signature. */
  readonly sign?: (run: Run, request: SignedRequest, scheme: AskingSignature) => Promise<void>;
  /**
   * Parses successful responses that are not JSON; undefined for responses of other features. `declared` is the media
   * type of the contract that covers the response's, if any.
   */
  readonly receive?: (
    run: Run,
    response: Response,
    mediaType: string,
    declared: string | undefined,
  ) => Outcome | Promise<Outcome> | undefined;
  /** Parses responses whose status means failure; otherwise like `receive`. */
  readonly receiveFailure?: Feature['receive'];
  /**
   * The body of a failure that is not JSON, as the contract describes it; undefined if the contract has none or the
   * body is invalid.
   */
  readonly describe?: (run: Run, response: Response, text: string, mediaType: string) => Promise<unknown>;
};
