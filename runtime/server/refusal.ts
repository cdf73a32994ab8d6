import type { Code } from '../contract/index.ts';

/** By name in lower case; several Set-Cookie are a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/**
 * What a rejected caller presented: a credential of the scheme, something else in its place (`other`: another scheme, or
 * a part of a credential), or nothing.
 */
export type Presented = 'own' | 'other' | 'nothing';

/** A rejection with the provider's codes. It is returned, not thrown, because rejecting must be cheap. */
export class Refusal {
  readonly code: Code;
  readonly message: string;
  readonly headers: AnswerHeaders | undefined;
  readonly presented: Presented;

  constructor(code: Code, message: string, headers?: AnswerHeaders, presented: Presented = 'own') {
    this.code = code;
    this.message = message;
    this.headers = headers;
    this.presented = presented;
  }
}
