import type { Code } from '../contract/index.ts';

/** The headers of a response, by name in lower case. Several Set-Cookie headers are a list. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[]>>;

/**
 * The credential that a rejected caller sent: one of the scheme (`own`), another value in its place (`other`: for
 * another scheme, or incomplete), or none (`nothing`).
 */
export type Presented = 'own' | 'other' | 'nothing';

/** A rejection with the provider's codes. It is returned, not thrown, because rejecting must be cheap. */
export class Refusal {
  readonly code: Code;
  readonly message: string;
  readonly headers: ResponseHeaders | undefined;
  readonly presented: Presented;

  constructor(code: Code, message: string, headers?: ResponseHeaders, presented: Presented = 'own') {
    this.code = code;
    this.message = message;
    this.headers = headers;
    this.presented = presented;
  }
}
