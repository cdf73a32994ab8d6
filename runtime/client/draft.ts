import createFetchClient from 'openapi-fetch';

/** What openapi-fetch has built. A `Request` would read the body's bytes away, and costs as much as sending it does. */
export class Draft {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** What `headers` was made of. openapi-fetch copies this and the next, since a Request has no such members. */
  declare readonly unsigned: Readonly<Record<string, string>>;
  declare readonly deliver: (draft: Draft) => Promise<Response>;

  constructor(url: string, { headers, body }: Pick<Draft, 'headers' | 'body'>) {
    this.url = url;
    this.headers = headers;
    this.body = body;
  }
}

export type DraftInit = {
  readonly params: { readonly path: object; readonly query: object };
  readonly headers: Draft['unsigned'];
  readonly unsigned: Draft['unsigned'];
  readonly body: Draft['body'];
  readonly bodySerializer: (bytes: unknown) => unknown;
  readonly pathSerializer: (url: string, values: Readonly<Record<string, unknown>>) => string;
  readonly querySerializer: (values: object) => string;
  readonly deliver: Draft['deliver'];
};

/** The outcome goes round openapi-fetch, which knows nothing of envelopes: for it, every call ends here. */
export const DELIVERED = /* @__PURE__ */ new Response(null, { status: 204 });

/** openapi-fetch lays out URL, headers and body; our transport is its `fetch`. */
export const openapiFetch: (method: string, url: string, init: DraftInit) => Promise<unknown> =
  /* @__PURE__ */ createFetchClient<never>({
    Request: Draft as never,
    fetch: (draft) => (draft as never as Draft).deliver(draft as never),
  }).request as never;
