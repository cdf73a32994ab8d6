import createFetchClient from 'openapi-fetch';

/** What openapi-fetch has built. A `Request` would read the body's bytes away, and costs as much as sending it does. */
export class Draft {
  declare readonly url: string;
  declare readonly headers: Headers;
  declare readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** What `headers` was made of. openapi-fetch copies this, since a Request has no such member. */
  declare readonly unsigned: Readonly<Record<string, string>>;

  constructor(url: string, { headers, body }: Pick<Draft, 'headers' | 'body'>) {
    this.url = url;
    this.headers = headers;
    this.body = body;
  }
}

export type DraftInit = {
  readonly headers: Draft['unsigned'];
  readonly unsigned: Draft['unsigned'];
  readonly body: Draft['body'];
  readonly bodySerializer: (bytes: unknown) => unknown;
  /** In place of the engine's. */
  readonly fetch: (draft: Draft) => Promise<Response>;
};

/** The outcome goes round openapi-fetch, which knows nothing of envelopes: for it, every call ends here. */
export const DELIVERED = /* @__PURE__ */ new Response(null, { status: 204 });

/** openapi-fetch lays out the request, whose URL is filled already; our transport is its `fetch`. */
export const openapiFetch: (method: string, url: string, init: DraftInit) => Promise<unknown> =
  /* @__PURE__ */ createFetchClient<never>({ Request: Draft as never }).request as never;
