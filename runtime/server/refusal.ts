import type { Code } from '../contract/index.ts';

type Headers = Readonly<Record<string, string>>;

/** An answer that says no, in the provider's codes. Returned and not thrown: refusing must stay cheap. */
export class Refusal {
  readonly code: Code;
  readonly message: string;
  readonly headers: Headers | undefined;

  constructor(code: Code, message: string, headers?: Headers) {
    this.code = code;
    this.message = message;
    this.headers = headers;
  }
}
