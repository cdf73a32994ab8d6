import createFetchClient from 'openapi-fetch';
import type { Sendable } from './hooks.ts';

/**
 * What openapi-fetch builds instead of a `Request`, unless a middleware needs one. A `Request` would consume the bytes
 * that are signed, and creating it takes as long as sending it.
 */
export class Draft {
  declare readonly url: string;
  declare readonly headers: Headers;
  declare readonly body: Sendable | undefined;
  /** Other options that a middleware changed. */
  declare readonly init?: object;

  constructor(url: string, { headers, body }: Pick<Draft, 'headers' | 'body'>) {
    this.url = url;
    this.headers = headers;
    this.body = body;
  }
}

/** The options that a call passes to openapi-fetch. Each attempt builds its request from them. */
export type DraftInit = {
  readonly baseUrl: string;
  readonly params: {
    readonly path: object;
    readonly query: object;
    readonly cookie: object | undefined;
    /** The headers as they are sent. */
    readonly header: Readonly<Record<string, string>>;
  };
  readonly pathSerializer: () => string;
  readonly querySerializer: () => string;
  readonly body: Sendable | undefined;
};

/** Sends the request that openapi-fetch has built. */
export type Transport = (draft: Draft) => Promise<Response>;

/** The response that ends every call for openapi-fetch, which knows neither envelopes nor limits. */
export const DELIVERED = /* @__PURE__ */ new Response(null, { status: 204 });

/** Builds the request and passes it to `fetch`. */
export const openapiFetch: (
  method: string,
  path: string,
  init: DraftInit & { readonly fetch: Transport },
) => Promise<unknown> = /* @__PURE__ */ createFetchClient<never>({
  Request: Draft as never,
  bodySerializer: (bytes) => bytes,
}).request as never;
