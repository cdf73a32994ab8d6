import type { Code } from '../../contract/index.ts';

/** What every error says of its call. Nothing here is secret. */
export type ErrorContext = {
  /** Name of the provider, such as `dicey-fun`. */
  readonly provider: string;
  /** operationId; '' where no call was made. */
  readonly operation: string;
  /** Requests that were begun, the last one included. */
  readonly attempts: number;
  /** Milliseconds since the call began. */
  readonly elapsed: number;
};

/** Names the class of an error, in a form that survives serialization. */
export type ErrorKind =
  | 'api'
  | 'timeout'
  | 'abort'
  | 'connection'
  | 'body-too-large'
  | 'validation'
  | 'unexpected-answer'
  | 'oauth'
  | 'configuration';

/** Each published package carries its own copy of these classes: a registered symbol tells them apart from other errors. */
const BRAND: unique symbol = Symbol.for('countersign.error') as never;

/** Base of all errors. Its message and members never hold a secret. */
export abstract class CountersignError<C extends Code | undefined = Code | undefined>
  extends Error
  implements ErrorContext
{
  abstract override readonly name: string;
  /** Names the class; unlike `instanceof` it also holds for errors of another package. */
  abstract readonly kind: ErrorKind;
  /** The code of the envelope; only an ApiError has one. */
  declare readonly code?: C;
  /** Name of the provider, such as `dicey-fun`. */
  declare readonly provider: string;
  /** operationId; '' where no call was made. */
  declare readonly operation: string;
  /** Requests that were begun, the last one included. */
  declare readonly attempts: number;
  /** Milliseconds since the call began. */
  declare readonly elapsed: number;
  /**
   * What the provider says of a call that may have arrived, where its contract says how to ask (`confirm` of `x-cs-retry`).
   * `not-applied`: it had no effect. `unknown`: the provider could not tell, or the failure lacks the signature that its
   * responses have. Find out before you send it again.
   */
  declare readonly outcome?: 'not-applied' | 'unknown';

  /** @param members what a class below this one has besides */
  constructor(message: string, context: ErrorContext, members?: object) {
    // Names of a contract and codes of a provider are anybody's, and messages end in terminals.
    super([context.provider, context.operation, message].filter(Boolean).join(': ').replace(/\p{C}/gu, '\ufffd'));
    Object.assign(this, context, members);
  }

  get [BRAND](): boolean {
    return true;
  }

  /** What may be logged: all but the stack, the cause and what could be secret. */
  toJSON(): Record<string, unknown> {
    return { ...(this as ErrorContext), message: this.message };
  }
}

/**
 * Whether a value is an error of a client, of any class and from any package.
 *
 * @example
 * ```ts
 * try {
 *   await client.getPlayerInfo({ body: { username: 'ada' } }).orThrow();
 * } catch (error) {
 *   if (!isCountersignError(error)) throw error;
 *   console.error(error.operation, error.kind, error.attempts);
 * }
 * ```
 */
export const isCountersignError = (error: unknown): error is CountersignError =>
  error instanceof Error && (error as { [BRAND]?: boolean })[BRAND] === true;

/** For the guards of each class. */
export const isKind = (error: unknown, kind: ErrorKind): boolean => isCountersignError(error) && error.kind === kind;
