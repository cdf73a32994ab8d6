import type { FixedMethod } from '../contract/index.ts';
import type { Hooks } from './hooks.ts';
import type { Logger } from './log.ts';
import type { Middleware } from './middleware-types.ts';
import type { TokenStore } from './token-store.ts';

/** A value, or a function that the client calls before each request (a vault, a rotating key). */
export type Credential = string | (() => string | undefined | Promise<string | undefined>);

/**
 * How a client treats violations. `throw`: the call returns a ValidationError. `warn`: the violation is logged and the
 * call continues. `off`: nothing is validated.
 */
export type ValidationMode = 'throw' | 'warn' | 'off';

/** How the client treats values that violate the contract. */
export type ValidationOptions = {
  /** How input is validated before anything is sent. Default `throw`. */
  readonly input?: ValidationMode | undefined;
  /** How responses are validated. Default `warn`. */
  readonly responses?: ValidationMode | undefined;
  /** @deprecated The earlier name of `responses`. */
  readonly answers?: ValidationMode | undefined;
};

/** Time limits in milliseconds. Values of the contract (`x-cs-timeout`) override the built-in ones. */
export type TimeoutOptions = {
  /** Limit from sending one request to its complete response. Default 30,000. */
  readonly attempt?: number | undefined;
  /** Limit for all attempts, logins and waits together. Default 120,000. */
  readonly call?: number | undefined;
};

/** The number of retries and the delay. The contract decides whether retries are allowed (`x-cs-retry`). */
export type RetryOptions = {
  /** Maximum number of requests, including the first. Default 3. */
  readonly attempts?: number | undefined;
  /** Base of the delay in milliseconds. The n-th delay is random between 0 and base · 2ⁿ⁻¹. Default 250. */
  readonly base?: number | undefined;
  /** Maximum delay in milliseconds that the client chooses itself. Default 8,000. */
  readonly cap?: number | undefined;
  /**
   * Maximum `Retry-After` in milliseconds. If the provider requests a longer delay, the call returns its error at once.
   * Default 60,000.
   */
  readonly longestRetryAfter?: number | undefined;
  /**
   * The number of retry tokens, as in the AWS SDKs: a retry takes 14, or 5 after throttling. A success without retries
   * returns 1 token, and a success after retries returns the tokens of its last retry. With too few tokens, errors are
   * returned at once. All calls of a client share them, so that only the client's own options apply. Default 500;
   * `Infinity`: no limit.
   */
  readonly quota?: number | undefined;
};

/** Which login a session uses. Default: the first login of the contract, without input. */
export type LoginOptions = {
  /** The operationId of the login. */
  readonly operation: string;
  /** The input of the login, with the type of its method. Default: none. */
  readonly input?: unknown;
};

/** The clock of a client. Tests replace it. */
export type Clock = {
  /** Returns milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after a number of milliseconds, or when the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** Returns a random number from 0 to 1. */
  readonly random: () => number;
};

/** Sends one request: the global `fetch`, or a compatible function. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The names of credentials, or a type that describes each credential for the editor. */
type CredentialsOf<Credentials> = [Credentials] extends [string]
  ? { readonly [Name in Credentials]?: Credential | undefined }
  : { readonly [Name in keyof Credentials]?: Credential | undefined };

/**
 * Options of a client. All of them are optional. Environment variables set defaults. `Variables`, `Servers` and
 * `ServerName` are those of the servers in the contract.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { createDiceyFunClient } from '@countersign/dicey-fun';
 *
 * const client = createDiceyFunClient({
 *   baseUrl: 'https://api.example.com',
 *   credentials: { apiKey: () => readFile('/run/secrets/dicey-fun', 'utf8') },
 *   timeout: { attempt: 5_000 },
 *   retry: { attempts: 2 },
 * });
 * ```
 */
export type ClientOptions<
  Credentials extends string | object = string,
  Variables = Record<never, string>,
  Servers extends string = never,
  OAuth extends object = never,
  ServerName extends string = never,
> = {
  /**
   * The base URL of the API, without query and fragment: `https://api.example/v2`, or in a page, also `/api`. Default:
   * `<PROVIDER>_BASE_URL` of the environment, or the contract's first server. Operations with their own server in the
   * contract do not use it: see `servers`.
   */
  readonly baseUrl?: string | undefined;
  /**
   * The name of a server in the contract (OpenAPI 3.2): `'sandbox'`. Default: the first server. `baseUrl` overrides it,
   * and it overrides `<PROVIDER>_BASE_URL`. Operations with their own servers use the server with this name, if they
   * have one.
   */
  readonly server?: ServerName | undefined;
  /** Values of the variables in the URLs of the contract's servers. Default: the defaults in the contract. */
  readonly serverVariables?: Readonly<Partial<Variables>> | undefined;
  /** URLs that replace the servers of single operations, by the URL in the contract. */
  readonly servers?: { readonly [Url in Servers]?: string | undefined } | undefined;
  /** The full URL to call instead of base URL and path, for webhooks and for APIs with one path. */
  readonly endpoint?: string | undefined;
  /**
   * The credentials, by name. Default: environment variables, such as `DICEYFUN_API_KEY`. With `false`, the client
   * sends no credentials, signs nothing and does not log in: use it in a page whose `baseUrl` is a proxy that adds
   * them.
   */
  readonly credentials?: CredentialsOf<Credentials> | false | undefined;
  /**
   * How the client gets tokens of OAuth 2, by security scheme. Default: the client credentials of the environment, such
   * as `ACME_OAUTH_CLIENT_ID` and `ACME_OAUTH_CLIENT_SECRET`, if the contract has that flow.
   */
  readonly oauth?: OAuth | undefined;
  /** The environment variables to read instead of `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Allows secrets in a browser, where every visitor can read them. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Additional options of `fetch`, such as `credentials`, `keepalive` or a Node `dispatcher`. */
  readonly fetchOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Headers to send with each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Time limits in milliseconds, for one attempt and for the whole call. */
  readonly timeout?: TimeoutOptions | undefined;
  /** How often a request is retried and the delay before each retry. `false`: never. */
  readonly retry?: RetryOptions | false | undefined;
  /** How input and responses that violate the contract are treated. */
  readonly validation?: ValidationOptions | undefined;
  /** Maximum size of a response in bytes, after decompression. Default 16 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** @deprecated The earlier name of `maxResponseBytes`. */
  readonly maxAnswerBytes?: number | undefined;
  /** Which login a session uses, and its input. */
  readonly login?: LoginOptions | undefined;
  /** Where session tokens are stored. Default: in memory. */
  readonly tokenStore?: TokenStore | undefined;
  /** Functions that run before each request, after each response, before each retry and when a call fails. */
  readonly hooks?: Hooks | undefined;
  /**
   * Middleware for openapi-fetch. For each attempt, `onRequest` runs in order, before credentials and signature are
   * added, so that its changes are signed. `onResponse` and `onError` run in reverse order.
   *
   * @example
   * ```ts
   * import { createDiceyFunClient } from '@countersign/dicey-fun';
   *
   * const client = createDiceyFunClient({
   *   middleware: [{ onRequest: ({ request }) => request.headers.set('x-trace', '7') }],
   * });
   * ```
   */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Receives warnings and debug events. Default: warnings are written to the console. */
  readonly logger?: Logger | undefined;
  /** Whether to log each request, response and retry. Default: true if `COUNTERSIGN_DEBUG` is set. */
  readonly debug?: boolean | undefined;
  /** The clock, for tests. Default: the clock of the system. */
  readonly clock?: Partial<Clock> | undefined;
};

/** Options of any client, including clients whose contract has OAuth. */
export type AnyClientOptions = ClientOptions<string, Record<never, never>, never, object, string>;

/** Options of one call. Each option overrides the client's. */
export type CallOptions = {
  /** Ends the call. Its error is then an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** The full URL to call instead of base URL and path. */
  readonly endpoint?: string | undefined;
  /** Headers to send with each request, after those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Time limits in milliseconds, for one attempt and for the whole call. */
  readonly timeout?: TimeoutOptions | undefined;
  /** How often a request is retried and the delay before each retry. `false`: never. */
  readonly retry?: RetryOptions | false | undefined;
  /** How input and responses that violate the contract are treated. */
  readonly validation?: ValidationOptions | undefined;
  /** Middleware for openapi-fetch. It runs after the middleware of the client. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** The idempotency key, for operations that have one. Default: 16 random bytes as hex, the same for all attempts. */
  readonly idempotencyKey?: string | undefined;
};

/** A request that the contract does not describe. */
export type RawRequest = CallOptions & {
  /** The query parameters. A list is sent as one pair per item. */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** The body. Objects are sent as JSON. */
  readonly body?: unknown;
  /** The media type of the body. Default `application/json`. */
  readonly contentType?: string | undefined;
  /** The names of security schemes. Default: those of the first operation that requires any. Logins are skipped. */
  readonly security?: readonly string[] | undefined;
};

/** An HTTP method. It is sent in capitals. */
export type RawMethod = FixedMethod | Lowercase<FixedMethod> | (string & Record<never, never>);
