import type { FixedMethod } from '../contract/index.ts';
import type { Hooks } from './hooks.ts';
import type { Logger } from './log.ts';
import type { Middleware } from './middleware-types.ts';
import type { TokenStore } from './token-store.ts';

/** A value, or a function that the client calls before each request (a vault, a rotating key). */
export type Credential = string | (() => string | undefined | Promise<string | undefined>);

/** `throw`: the call returns a ValidationError. `warn`: it is logged and the call continues. */
export type ValidationMode = 'throw' | 'warn' | 'off';

/** What happens to values that break the contract. */
export type ValidationOptions = {
  /** Before anything is sent. Default `throw`. */
  readonly input?: ValidationMode | undefined;
  /** Default `warn`. */
  readonly answers?: ValidationMode | undefined;
};

/** Milliseconds. Values of the contract (`x-cs-timeout`) override the built-in ones. */
export type TimeoutOptions = {
  /** From sending one request to its complete response. Default 30,000. */
  readonly attempt?: number | undefined;
  /** All attempts, logins and waits together. Default 120,000. */
  readonly call?: number | undefined;
};

/** The number of retries and the delay. The contract decides whether retries are allowed (`x-cs-retry`). */
export type RetryOptions = {
  /** Requests at most, the first one included. Default 3. */
  readonly attempts?: number | undefined;
  /** Milliseconds. The n-th wait is random between 0 and base · 2ⁿ⁻¹. Default 250. */
  readonly base?: number | undefined;
  /** Milliseconds; no wait of our own is longer. Default 8,000. */
  readonly cap?: number | undefined;
  /** Milliseconds. If `Retry-After` requests a longer wait, the call returns its error at once. Default 60,000. */
  readonly longestRetryAfter?: number | undefined;
  /**
   * Tokens, as in the AWS SDKs: a retry takes 14, or 5 after throttling. A success without retries returns 1 token, and
   * a success after retries returns the tokens of its last retry. With too few tokens, errors are returned at once. All
   * calls of a client share them, so that only the client's own options apply. Default 500; `Infinity`: no limit.
   */
  readonly quota?: number | undefined;
};

/** Which login a session uses. Default: the first of the contract, without input. */
export type LoginOptions = {
  /** The operationId of the login. */
  readonly operation: string;
  /** The login's input, as for its own method. Default: none. */
  readonly input?: unknown;
};

/** For tests. */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after a number of milliseconds, or when the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random: () => number;
};

/** Sends one request: the global `fetch`, or a compatible function. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Only names, or a type whose properties have a description of each credential for the editor. */
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
   * The base URL of the API, without query and fragment: `https://api.example/v2`, or in a page also `/api`. Default:
   * `<PROVIDER>_BASE_URL` of the environment, or the contract's first server. Operations with their own server in the
   * contract do not use it: see `servers`.
   */
  readonly baseUrl?: string | undefined;
  /**
   * The name of a server in the contract (OpenAPI 3.2): `'sandbox'`. Default: the first server. `baseUrl` overrides it, and it
   * overrides `<PROVIDER>_BASE_URL`. Operations with their own servers use that of this name, if there is one.
   */
  readonly server?: ServerName | undefined;
  /** Variables in the URLs of the contract's servers. Default: the contract's defaults. */
  readonly serverVariables?: Readonly<Partial<Variables>> | undefined;
  /** URLs that replace the servers of single operations, by the contract's URL. */
  readonly servers?: { readonly [Url in Servers]?: string | undefined } | undefined;
  /** The full URL to call instead of base URL and path: for webhooks, and for APIs of one path. */
  readonly endpoint?: string | undefined;
  /**
   * Default: environment variables, such as `DICEYFUN_API_KEY`. `false` sends no credentials, signs nothing and does
   * not log in: for a page whose `baseUrl` is a proxy that adds them.
   */
  readonly credentials?: CredentialsOf<Credentials> | false | undefined;
  /**
   * How the client gets tokens of OAuth 2, by security scheme. Default: the client credentials of the environment, such
   * as `ACME_OAUTH_CLIENT_ID` and `ACME_OAUTH_CLIENT_SECRET`, if the contract has that flow.
   */
  readonly oauth?: OAuth | undefined;
  /** Instead of `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Allow secrets in a browser, where every visitor can read them. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Additional options of `fetch`, such as `credentials`, `keepalive` or a Node `dispatcher`. */
  readonly fetchOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Time limits in milliseconds, for one attempt and for the whole call. */
  readonly timeout?: TimeoutOptions | undefined;
  /** How often a request is repeated and how long it waits before; `false`: never. */
  readonly retry?: RetryOptions | false | undefined;
  /** What happens to input and responses that break the contract. */
  readonly validation?: ValidationOptions | undefined;
  /** Bytes after decompression. Default 16 MiB. */
  readonly maxAnswerBytes?: number | undefined;
  /** Which login a session uses, and its input. */
  readonly login?: LoginOptions | undefined;
  /** Where session tokens are stored. Default: in memory. */
  readonly tokenStore?: TokenStore | undefined;
  /** Functions that run before each request, after each response, before each retry and when a call fails. */
  readonly hooks?: Hooks | undefined;
  /**
   * Middleware for openapi-fetch, as its `use` accepts it. For each attempt, `onRequest` runs in order, before
   * credentials and signature are added, so that its changes are signed. `onResponse` and `onError` run in reverse
   * order.
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
  /** Default: warnings go to the console. */
  readonly logger?: Logger | undefined;
  /** Log each request, response and retry. Default: on if `COUNTERSIGN_DEBUG` is set. */
  readonly debug?: boolean | undefined;
  /** The clock, for tests. Default: the system's. */
  readonly clock?: Partial<Clock> | undefined;
};

/** Options of any client, also of one whose contract has OAuth. */
export type AnyClientOptions = ClientOptions<string, Record<never, never>, never, object, string>;

/** For one call. Each option overrides the client's. */
export type CallOptions = {
  /** Ends the call: its result is then an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** The full URL to call instead of base URL and path. */
  readonly endpoint?: string | undefined;
  /** Sent with each request, after those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Time limits in milliseconds, for one attempt and for the whole call. */
  readonly timeout?: TimeoutOptions | undefined;
  /** How often a request is repeated and how long it waits before; `false`: never. */
  readonly retry?: RetryOptions | false | undefined;
  /** What happens to input and responses that break the contract. */
  readonly validation?: ValidationOptions | undefined;
  /** Middleware written for openapi-fetch; it runs after that of the client. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** For operations with an idempotency key. Default: 16 random bytes as hex, the same for all attempts. */
  readonly idempotencyKey?: string | undefined;
};

/** A request that the contract does not describe. */
export type RawRequest = CallOptions & {
  /** Query parameters; a list is sent as one pair per item. */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Objects are sent as JSON. */
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string | undefined;
  /** Names of security schemes. Default: those of the first operation that needs any, the logins aside. */
  readonly security?: readonly string[] | undefined;
};

/** An HTTP method. It is sent in capitals. */
export type RawMethod = FixedMethod | Lowercase<FixedMethod> | (string & Record<never, never>);
