import type {
  Carrier,
  OperationDescriptor,
  OperationValidators,
  ParameterDescriptor,
  XmlNode,
} from '../contract/index.ts';
import type { Signers, SigningInput } from '../signing/index.ts';
import type { ErrorClasses, OperationHandle } from './call.ts';
import type { AskingScheme, AskingSignature, ClientApi } from './client-api.ts';
import type {
  AnswerContext,
  CountersignError,
  ErrorContext,
  UnexpectedAnswerError,
  UnexpectedAnswerReason,
  ValidationIssue,
} from './errors/index.ts';
import type { AnswerHead, CallState, Sendable } from './hooks.ts';
import type { Logger } from './log.ts';
import type { AnyClientOptions, CallOptions, Clock } from './options.ts';

// These types refer to each other, so they share a file; it imports none of the files that use them.

/** What generated code gives beside the operations. */
export type ClientParts = {
  readonly api: ClientApi;
  /** By the scheme's `signer`. */
  readonly signers?: Signers;
  /** By code. */
  readonly errors?: ErrorClasses;
  /** By operationId: at least the logins. */
  readonly handles?: { readonly [operationId: string]: OperationHandle };
  readonly features?: readonly Feature[];
};

/** What the calls of one client share. */
export type Context = Required<ClientParts> & {
  /** What only one feature does. */
  readonly with: Omit<Feature, 'extend' | 'receive'>;
  readonly options: AnyClientOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly debug: boolean;
  /** openapi-fetch, once the first call has loaded it. */
  base?: typeof import('./draft.ts');
  /** Once the first call that validates has loaded them. */
  checks?: Checks;
  /** Known from the start; each call masks them, also those that it does not send. */
  readonly secrets: readonly string[];
  /** Once the first call that needs a session has loaded them. */
  sessions?: Sessions;
  /** Milliseconds that the provider's clock is ahead of ours. */
  clockOffset: number;
  /** Attempts of all calls that have begun. */
  begun: number;
  /** Attempts of all calls that have ended. */
  ended: number;
  /** From the first attempt on that failed. */
  retries: Retries | undefined;
};

/** The parts of a request that a caller gives, as they come. */
export type CallInput = {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Media type of the body. Default: derived from its value. */
  readonly contentType?: string;
  /** The media type that the answer should have, where the contract declares several. */
  readonly accept?: string;
};

/** One call on its way. Hooks see its `state` only: the rest holds secrets. */
export type Run = {
  readonly ctx: Context;
  readonly operation: OperationDescriptor;
  /** Once they are loaded. */
  validators: OperationValidators | undefined;
  /** The call's own, over the client's. */
  readonly options: CallOptions;
  input: CallInput;
  readonly state: CallState;
  /** Milliseconds. */
  readonly timeout: { readonly attempt: number; readonly call: number };
  /** Values to mask: credentials, tokens and signatures that this call has sent. */
  readonly secrets: Set<string>;
  /** By scheme: the token of the last attempt. */
  readonly tokens: Map<string, string>;
  /** By scheme: the token that the provider called expired. */
  readonly rejected: Map<string, string>;
  /** The clock was corrected once. */
  corrected: boolean;
  /** The one that the last attempt signed with: another call may have corrected the context's since. */
  clockOffset: number;
  /** The session that this call logs in to; it cannot need it. */
  readonly loginOf: string | undefined;
  /** Nothing is sent: a session without a token gets a stand-in. */
  readonly dry: boolean;
  /** An absolute URL in place of the one that base URL, path and query make: the next page, as the provider writes it. */
  readonly target: string | undefined;
  /** Performs another call before this one: a login. Handed in, since `perform` itself leads to the login. */
  readonly perform: Perform;
};

/** A response that an operation declares. */
export type DeclaredAnswer = OperationDescriptor['responses'][number];

type Issues = readonly ValidationIssue[];

/**
 * Hold values against the contract, as the option `validation` says.
 * @throws {ValidationError} in mode `throw`
 */
export type Checks = {
  readonly input: (run: Run, mediaType: string) => Issues | Promise<Issues>;
  /**
   * @param type the declared media type that covers the answer's
   * @param hasHead whether status and headers are checked as well
   * @param hasBody false: there is none that a validator could be asked of
   * @param text the body as it came, where that is JSON
   * @param failed the call fails anyhow: what breaks the contract is logged and never thrown
   */
  readonly answer: (
    run: Run,
    body: unknown,
    declared: DeclaredAnswer | undefined,
    type: string | undefined,
    hasHead: boolean,
    hasBody: boolean,
    text?: string,
    failed?: boolean,
  ) => Issues | Promise<Issues>;
};

/** The tokens of a client: of session schemes and of OAuth. */
export type Sessions = {
  /** The schemes that the scheme's login needs; none where it is not a session's. */
  readonly security: (name: string) => readonly string[];
  /**
   * Adds the token of a scheme to this attempt, after a login or a token request where one is needed.
   * @param names the schemes of the alternative of `security` that the call uses
   */
  readonly add: (
    run: Run,
    request: SignedRequest,
    scheme: AskingScheme,
    names: readonly string[],
  ) => void | Promise<void>;
  /** Whether the provider rejected a token of this attempt: one more attempt, with another token, is safe. */
  readonly rejected: (run: Run, error: CountersignError) => boolean;
  /** After a successful call: the token of a login, by the client or by its user, is the session's from then on. */
  readonly keep: (run: Run, outcome: Outcome) => Promise<void>;
};

/** What the code that gets tokens needs of the client: it is handed in, so that a bundler takes nothing out of the first chunk. */
export type Lent = {
  readonly UnexpectedAnswerError: new (
    reason: UnexpectedAnswerReason,
    context: ErrorContext & AnswerContext,
  ) => UnexpectedAnswerError;
  readonly answerContext: (run: Run, answer: AnswerHead) => ErrorContext & AnswerContext;
  readonly misconfigured: (api: ClientApi, message: string) => Error;
  readonly place: (run: Run, request: SignedRequest, carrier: Carrier | undefined, value: string) => void;
  readonly valueAt: (value: unknown, pointer: string) => unknown;
  readonly within: <T>(run: Run, limit: number, work: () => Promise<T>) => Promise<T>;
};

/** Where the tokens of OAuth come from. */
export type TokenSource = Pick<Sessions, 'add' | 'rejected'>;

/** Performs a call from first to last. */
export type Perform = (
  ctx: Context,
  handle: OperationHandle,
  input: CallInput,
  options: CallOptions,
  more?: Partial<Pick<Run, 'loginOf' | 'dry' | 'target'>>,
) => Promise<{ readonly run: Run; readonly outcome: Outcome }>;

/** What the calls of one client remember of failed attempts. */
export type Retries = {
  /**
   * Milliseconds to wait before the next attempt; undefined where there must be none.
   * @param left milliseconds that the call may still take
   */
  readonly delay: (run: Run, outcome: Outcome, left: number) => number | undefined;
  /** Resolves when an attempt may begin. */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  /**
   * An attempt ended; without an outcome the caller aborted it.
   * @param turn how many attempts of the client had begun with it
   */
  readonly leave: (run: Run, turn: number, outcome: Outcome | undefined) => void;
};

/** Follows a call that must not take effect twice. */
export type Watch = {
  /** Before each attempt. */
  readonly begin: () => void;
  /** After an attempt that failed: how the call ends; undefined where it may be sent again. */
  readonly failed: (outcome: Outcome) => Promise<Outcome | undefined>;
  /** With what the call returns; undefined where it was aborted. */
  readonly end: (outcome: Outcome | undefined) => void;
};

/** How an attempt, or a call, ended. */
export type Outcome = {
  readonly data?: unknown;
  readonly error?: CountersignError;
  /** What the provider said may go better another time, if the operation may be tried again. */
  readonly transient?: boolean;
  /** The whole decoded body. */
  readonly body?: unknown;
  readonly issues?: readonly ValidationIssue[];
};

/** What is sent, and what an integrator asks to see of how it was signed. */
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

/** A request body, laid out as its media type asks. */
export type SerializedBody = {
  /** Exactly what is signed and sent. */
  readonly bytes: Sendable;
  readonly mediaType: string;
};

/** @countersign/runtime/xml */
export type XmlCodec = {
  readonly readXml: (text: string, node: XmlNode) => unknown;
  readonly writeXml: (value: unknown, node: XmlNode) => string;
};

/** Writes parameters as text: names and values of a URL percent-encoded. */
export type ParameterWriter = {
  readonly path: (value: unknown, parameter: ParameterDescriptor) => string;
  /** Without `?`. */
  readonly query: (values: object, parameters: readonly ParameterDescriptor[]) => string;
  readonly header: (value: unknown, parameter: Pick<ParameterDescriptor, 'explode' | 'content'>) => string;
  /** The value of the `Cookie` header. */
  readonly cookies?: (values: object, parameters: readonly ParameterDescriptor[]) => string;
};

/** What only some contracts need. A generated client names those that its own does, and a bundle holds no others. */
export type Feature = {
  /** Adds methods to a call. */
  readonly extend?: (ctx: Context, handle: OperationHandle) => object;
  /** The base URL of an operation, where it is not simply the API's. */
  readonly locate?: (run: Run) => string;
  /** Writes parameters of other styles than the default ones. */
  readonly styles?: ParameterWriter;
  /** Chooses the media type of the body. */
  readonly choose?: (run: Run) => string | undefined;
  /** Lays out bodies that are not JSON or text. */
  readonly serialize?: (run: Run, value: unknown, mediaType: string) => Promise<SerializedBody>;
  /** Values are converted by the validators, which are loaded even where nothing is validated. */
  readonly converts?: true;
  /** Reads and writes XML that the contract describes; loaded with the first that comes or goes. */
  readonly xml?: () => Promise<XmlCodec>;
  /** Follows a call that must not take effect twice; undefined for others. */
  readonly watch?: (run: Run) => Promise<Watch | undefined>;
  /** Gets tokens from the authorization server of a scheme. */
  readonly oauth?: {
    /** Whether it has what it needs for the scheme: a call then needs no token of the caller's. */
    readonly has: (ctx: Context, scheme: string) => boolean;
    readonly load: (ctx: Context) => Promise<TokenSource>;
  };
  /** Adds what a signature scheme sends, and the signature over it. */
  readonly sign?: (run: Run, request: SignedRequest, scheme: AskingSignature) => Promise<void>;
  /**
   * Reads successful answers that are not JSON; undefined for those that are others' to read. `declared` is the media type
   * of the contract that covers the answer's, if any.
   */
  readonly receive?: (
    run: Run,
    response: Response,
    mediaType: string,
    declared: string | undefined,
  ) => Outcome | Promise<Outcome> | undefined;
  /** The same of answers that say by their status that the call failed. */
  readonly receiveFailure?: Feature['receive'];
  /** The body of a failure that is not JSON, as the contract describes it; undefined where it does not, or is broken. */
  readonly describe?: (run: Run, response: Response, text: string, mediaType: string) => Promise<unknown>;
};
