import type { Code } from '../../contract/index.ts';

/** The details of a call that every error contains, without secrets. */
export type ErrorContext = {
  /** Name of the provider, such as `dicey-fun`. */
  readonly provider: string;
  /** The operationId. Empty if no call was made. */
  readonly operation: string;
  /** Number of requests that were started, including the last. */
  readonly attempts: number;
  /** Milliseconds since the call began. */
  readonly elapsed: number;
};

/** The class of an error, in a form that survives serialization. */
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

/** Each published package contains its own copy of these classes. A registered symbol identifies them. */
const BRAND: unique symbol = Symbol.for('countersign.error') as never;

/** The base class of all errors. Its message and properties never contain a secret. */
export abstract class CountersignError<C extends Code | undefined = Code | undefined>
  extends Error
  implements ErrorContext
{
  abstract override readonly name: string;
  /** The class of the error. Unlike `instanceof`, this property also works for errors of another package. */
  abstract readonly kind: ErrorKind;
  /** The code of the envelope. Only an ApiError has one. */
  declare readonly code?: C;
  /** Name of the provider, such as `dicey-fun`. */
  declare readonly provider: string;
  /** The operationId. Empty if no call was made. */
  declare readonly operation: string;
  /** Number of requests that were started, including the last. */
  declare readonly attempts: number;
  /** Milliseconds since the call began. */
  declare readonly elapsed: number;
  /**
   * The state of a call that may have reached the provider, if its contract has a lookup (`confirm` of `x-cs-retry`).
   * `not-applied`: the call had no effect. `unknown`: the lookup gave no result, or the failure lacks the signature
   * that the provider's responses have. Check the state before you send the call again.
   */
  declare readonly outcome?: 'not-applied' | 'unknown';

  /** @param members additional properties of a subclass */
  constructor(message: string, context: ErrorContext, members?: object) {
    // Names of a contract and codes of a provider are untrusted, and messages are printed to terminals.
    super([context.provider, context.operation, message].filter(Boolean).join(': ').replace(/\p{C}/gu, '\ufffd'));
    Object.assign(this, context, members);
  }

  get [BRAND](): boolean {
    return true;
  }

  /** The properties that may be logged: everything except the stack, the cause, and values that may be secret. */
  toJSON(): Record<string, unknown> {
    return { ...(this as ErrorContext), message: this.message };
  }
}

/**
 * Whether a value is an error of a client, of any class and any package.
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

/** Whether a value is an error of one class. The type guard of each class uses it. */
export const isKind = (error: unknown, kind: ErrorKind): boolean => isCountersignError(error) && error.kind === kind;
