import type { Code } from '../../contract/index.ts';

/** What every error says of its call. Nothing here is secret. */
export type ErrorContext = {
  readonly provider: string;
  /** operationId; '' where no call was made. */
  readonly operation: string;
  /** Requests that were begun, the last one included. */
  readonly attempts: number;
  /** Milliseconds since the call began. */
  readonly elapsed: number;
};

export type ErrorKind =
  | 'api'
  | 'timeout'
  | 'abort'
  | 'connection'
  | 'body-too-large'
  | 'validation'
  | 'unexpected-answer'
  | 'configuration';

/** Each published package carries its own copy of these classes: a registered symbol tells them apart from other errors. */
const BRAND: unique symbol = Symbol.for('countersign.error') as never;

/** Base of all errors. Its message and members never hold a secret. */
export abstract class CountersignError<C extends Code | undefined = Code | undefined>
  extends Error
  implements ErrorContext
{
  abstract override readonly name: string;
  abstract readonly kind: ErrorKind;
  /** The code of the envelope; only an ApiError has one. */
  declare readonly code?: C;
  declare readonly provider: string;
  declare readonly operation: string;
  declare readonly attempts: number;
  declare readonly elapsed: number;

  /** @param members what a class below this one has besides */
  constructor(message: string, context: ErrorContext, members?: object) {
    // Names of a contract and codes of a provider are anybody's, and messages end in terminals.
    super([context.provider, context.operation, message].filter(Boolean).join(': ').replace(/\p{C}/gu, '\ufffd'));
    Object.assign(this, context, members);
  }

  get [BRAND](): boolean {
    return true;
  }

  toJSON(): Record<string, unknown> {
    return { ...(this as ErrorContext), message: this.message };
  }
}

export const isCountersignError = (error: unknown): error is CountersignError =>
  error instanceof Error && (error as { [BRAND]?: boolean })[BRAND] === true;

/** For the guards of each class. */
export const isKind = (error: unknown, kind: ErrorKind): boolean => isCountersignError(error) && error.kind === kind;
