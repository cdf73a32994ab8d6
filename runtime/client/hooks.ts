import type { CountersignError } from './errors/index.ts';

/**
 * The parts of a response that hooks see. The URL is omitted because it would show signed values, and the body because
 * the client reads it.
 */
export type ResponseHead = Pick<Response, 'status' | 'ok' | 'headers'>;

/**
 * A body that `fetch` accepts: text, bytes, a file that is read while it is sent, or a stream, which can be sent once.
 */
export type Sendable = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array<ArrayBuffer>>;

/** The state of one call. Each hook of the call receives the same object. */
export type CallState = {
  /** Name of the provider, such as `dicey-fun`. */
  readonly provider: string;
  /** The operationId. */
  readonly operation: string;
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The URL without credentials. They are added after `onRequest`. */
  url: string;
  /** Headers of the request, without credentials. */
  headers: Headers;
  /** Body of the request as it is sent; undefined if there is none. */
  body?: Sendable | undefined;
  /** Number of the attempt, from 1. */
  attempt: number;
  /** Start of the call, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The response of the last attempt. */
  response?: ResponseHead | undefined;
  /** Why the last attempt failed. */
  error?: CountersignError | undefined;
  /** Milliseconds until the next attempt. */
  delay?: number | undefined;
  /** Values that hooks store for each other. */
  readonly meta: Record<string, unknown>;
};

/** A function that runs at one point of each call. The call waits for it. It may change the state that it receives. */
export type Hook = (state: CallState) => void | Promise<void>;

/** The hooks of a client. If a hook throws, the call ends with a ConfigurationError whose `cause` is the exception. */
export type Hooks = {
  /** Called before each attempt. Its changes of URL, headers and body are signed and sent. */
  readonly onRequest?: Hook | undefined;
  /** Called when the headers of a response have arrived. */
  readonly onResponse?: Hook | undefined;
  /** Called when the call has failed and is not retried. */
  readonly onError?: Hook | undefined;
  /** Called before the wait for the next attempt. */
  readonly onRetry?: Hook | undefined;
};

/** Runs the hooks of the provider, then those of the caller. */
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
