import type { Code } from '../contract/index.ts';
import { describeFlaws, type Flaw } from './validate.ts';

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
  /** What is wrong with an invalid request, one entry for each location. */
  readonly flaws: readonly Flaw[];

  constructor(
    code: Code,
    message: string,
    headers?: ResponseHeaders,
    presented: Presented = 'own',
    flaws: readonly Flaw[] = [],
  ) {
    this.code = code;
    this.message = message;
    this.headers = headers;
    this.presented = presented;
    this.flaws = flaws;
  }
}

/** The rejection of a request that violates the contract. */
export const invalidRequest = (code: Code, flaws: readonly Flaw[]): Refusal =>
  new Refusal(code, describeFlaws(flaws), undefined, 'own', flaws);
