import type { CountersignError } from './errors/index.ts';

/** Part of a response. Its URL would show signed values, and the client reads its body. */
export type AnswerHead = Pick<Response, 'status' | 'ok' | 'headers'>;

/** What `fetch` accepts: text, bytes, a file that is read while it is sent, or a stream, which is sent once. */
export type Sendable = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array<ArrayBuffer>>;

/** One per call. Each hook of that call receives the same object. */
export type CallState = {
  /** Name of the provider, such as `dicey-fun`. */
  readonly provider: string;
  /** The operationId. */
  readonly operation: string;
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** Without credentials: those are added after `onRequest`, last of all. */
  url: string;
  /** Headers of the request, without credentials. */
  headers: Headers;
  /** Body of the request as it is sent; undefined if there is none. */
  body?: Sendable | undefined;
  /** From 1. */
  attempt: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Of the last attempt. */
  response?: AnswerHead | undefined;
  /** Why the last attempt failed. */
  error?: CountersignError | undefined;
  /** Milliseconds until the next attempt. */
  delay?: number | undefined;
  /** For the hooks' own use. */
  readonly meta: Record<string, unknown>;
};

/** Runs at one point of each call, which waits for it. It may change the state that it receives. */
export type Hook = (state: CallState) => void | Promise<void>;

/** A hook that throws ends the call with a ConfigurationError. The exception is its `cause`. */
export type Hooks = {
  /** Runs before each attempt. The client signs and sends its changes of url, headers and body. */
  readonly onRequest?: Hook | undefined;
  /** Called when the headers of a response have arrived. */
  readonly onResponse?: Hook | undefined;
  /** When the call has failed for good. */
  readonly onError?: Hook | undefined;
  /** Before the wait for a further attempt. */
  readonly onRetry?: Hook | undefined;
};

/** The provider's own hooks, then the caller's. */
export function joinHooks(first: Hooks | undefined, then: Hooks | undefined): Hooks | undefined {
  if (!first || !then) return first ?? then;
  const joined = { ...first, ...then } as { -readonly [Name in keyof Hooks]: Hook };
  for (const name of Object.keys(joined) as (keyof Hooks)[]) {
    joined[name] = async (state) => {
      await first[name]?.(state);
      await then[name]?.(state);
    };
  }
  return joined;
}
