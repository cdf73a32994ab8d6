import type { Code } from '../contract/index.ts';

/** By name in lower case; several Set-Cookie are a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/** A rejection with the provider's codes. It is returned, not thrown, because rejecting must be cheap. */
export class Refusal {
  readonly code: Code;
  readonly message: string;
  readonly headers: AnswerHeaders | undefined;
  /** The credential was not there at all. */
  readonly absent: boolean;

  constructor(code: Code, message: string, headers?: AnswerHeaders, absent = false) {
    this.code = code;
    this.message = message;
    this.headers = headers;
    this.absent = absent;
  }
}
