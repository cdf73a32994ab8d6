/** The arguments of a middleware, as openapi-fetch passes them. */
type MiddlewareCall = {
  /** The current request, without credentials and signature. */
  request: Request;
  /** The path in the contract, with its braces. */
  readonly schemaPath: string;
  readonly params: {
    query?: Record<string, unknown>;
    header?: Record<string, unknown>;
    path?: Record<string, unknown>;
    cookie?: Record<string, unknown>;
  };
  /** An id that all callbacks of one request receive. */
  readonly id: string;
  readonly options: {
    baseUrl: string;
    parseAs: 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream';
    querySerializer: (query: Record<string, unknown>) => string;
    // biome-ignore lint/suspicious/noExplicitAny: openapi-fetch declares the same, and its middleware must fit.
    bodySerializer: (body: any) => any;
    pathSerializer: (pathname: string, pathParams: Record<string, unknown>) => string;
    fetch: typeof globalThis.fetch;
  };
};

type OnRequest = (
  call: MiddlewareCall,
  // biome-ignore lint/suspicious/noConfusingVoidType: openapi-fetch declares the same: a callback may return nothing.
) => void | Request | Response | undefined | Promise<Request | Response | undefined | void>;
type OnResponse = (
  call: MiddlewareCall & { response: Response },
  // biome-ignore lint/suspicious/noConfusingVoidType: as above.
) => void | Response | undefined | Promise<Response | undefined | void>;
type OnError = (
  call: MiddlewareCall & { error: unknown },
  // biome-ignore lint/suspicious/noConfusingVoidType: as above.
) => void | Response | Error | Promise<void | Response | Error>;

/**
 * Middleware for openapi-fetch: an object with `onRequest`, `onResponse`, `onError` or several of them. The type is
 * declared here so that a package's types do not need openapi-fetch. Both types are compatible.
 */
export type Middleware =
  | { onRequest: OnRequest; onResponse?: OnResponse; onError?: OnError }
  | { onRequest?: OnRequest; onResponse: OnResponse; onError?: OnError }
  | { onRequest?: OnRequest; onResponse?: OnResponse; onError: OnError };
