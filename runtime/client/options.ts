import type { FixedMethod } from '../contract/index.ts';
import type { Hooks } from './hooks.ts';
import type { Logger } from './log.ts';
import type { Middleware } from './middleware-types.ts';
import type { TokenStore } from './token-store.ts';

/** A value, or a function that the client calls before each request (a vault, a rotating key). */
export type Credential = string | (() => string | undefined | Promise<string | undefined>);

/** `throw`: the call gives a ValidationError. `warn`: it is logged and the call goes on. */
export type ValidationMode = 'throw' | 'warn' | 'off';

/** What happens to values that break the contract. */
export type ValidationOptions = {
  /** Before anything is sent. Default `throw`. */
  readonly input?: ValidationMode | undefined;
  /** Default `warn`. */
  readonly answers?: ValidationMode | undefined;
};

/** Milliseconds. Before the built-in values come those that the contract states (`x-cs-timeout`). */
export type TimeoutOptions = {
  /** From sending one request to its whole answer. Default 30,000. */
  readonly attempt?: number | undefined;
  /** All attempts, logins and waits together. Default 120,000. */
  readonly call?: number | undefined;
};

/** How often and after what wait; whether at all is the contract's (`x-cs-retry`) and cannot be widened here. */
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
   * Tokens, as the AWS SDKs count them: a retry takes 14, or 5 after throttling; a call that succeeds at once gives 1 back, one
   * that succeeds after a retry what that retry took. With too few, errors are returned at once. All calls of a client share
   * them, so that only the client's own options count. Default 500; `Infinity`: no limit.
   */
  readonly quota?: number | undefined;
};

/** Which login a session uses. Default: the first of the contract, without input. */
export type LoginOptions = {
  /** The operationId of the login. */
  readonly operation: string;
  /** The login's input, as its own method takes it. Default: none. */
  readonly input?: unknown;
};

/** For tests. */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or when the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random: () => number;
};

/** Sends one request: the global `fetch`, or one with the same behaviour. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Names alone, or a type whose members say what each credential is: the editor shows their comments. */
type CredentialsOf<Credentials> = [Credentials] extends [string]
  ? { readonly [Name in Credentials]?: Credential | undefined }
  : { readonly [Name in keyof Credentials]?: Credential | undefined };

/**
 * Options of a client. All of them are optional; what the environment holds need not be given.
 * `Variables` and `Servers` are those of the servers that the contract names.
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
> = {
  /**
   * Where the API is, without query and fragment: `https://api.example/v2`, or in a page also `/api`. Default:
   * `<PROVIDER>_BASE_URL` of the environment, else the contract's first server. Operations whose contract names a server of
   * their own stay there: see `servers`.
   */
  readonly baseUrl?: string | undefined;
  /** Variables in the URLs of the contract's servers. Default: the contract's defaults. */
  readonly serverVariables?: Readonly<Partial<Variables>> | undefined;
  /** URLs to call in place of the servers that the contract names for some operations only, by the contract's URL. */
  readonly servers?: { readonly [Url in Servers]?: string | undefined } | undefined;
  /** The full URL to call instead of base URL and path: for webhooks, and for APIs of one path. */
  readonly endpoint?: string | undefined;
  /**
   * Default: the environment variables that the contract names, such as `DICEYFUN_API_KEY`. `false` sends none, signs nothing
   * and logs in nowhere: for a page whose `baseUrl` is a proxy that adds them.
   */
  readonly credentials?: CredentialsOf<Credentials> | false | undefined;
  /**
   * How the client gets tokens of OAuth 2, by security scheme. Default: the client credentials of the environment, such as
   * `ACME_OAUTH_CLIENT_ID` and `ACME_OAUTH_CLIENT_SECRET`, where the contract has that flow.
   */
  readonly oauth?: OAuth | undefined;
  /** Instead of `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Allow secrets in a browser, where every visitor can read them. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Further members for `fetch`, such as `credentials`, `keepalive` or a Node `dispatcher`. */
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
  /** Where session tokens are kept; default in memory. */
  readonly tokenStore?: TokenStore | undefined;
  /** Functions that run before each request, after each response, before each retry and when a call fails. */
  readonly hooks?: Hooks | undefined;
  /**
   * Middleware written for openapi-fetch, as its `use` takes it. For each attempt `onRequest` runs in order, before credentials
   * and signature are added, so that what it changes is signed; `onResponse` and `onError` run in reverse order.
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
  /** Log each request, answer and retry. Default: on when `COUNTERSIGN_DEBUG` is set. */
  readonly debug?: boolean | undefined;
  /** The clock, for tests. Default: the system's. */
  readonly clock?: Partial<Clock> | undefined;
};

/** Options of any client, also of one whose contract has OAuth. */
export type AnyClientOptions = ClientOptions<string, Record<never, never>, never, object>;

/** For one call; each member goes before the client's. */
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
  /** For operations that the provider knows by a key. Default: 16 random bytes as hex, the same for all attempts. */
  readonly idempotencyKey?: string | undefined;
};

/** A request that the contract does not describe. */
export type RawRequest = CallOptions & {
  /** Query parameters; a list is sent as one pair per item. */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Objects travel as JSON. */
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string | undefined;
  /** Names of security schemes. Default: those of the first operation that needs any, the logins aside. */
  readonly security?: readonly string[] | undefined;
};

/** An HTTP method. It is sent in capitals. */
export type RawMethod = FixedMethod | Lowercase<FixedMethod> | (string & Record<never, never>);
