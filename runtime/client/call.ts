import type { Code, OperationDescriptor, OperationValidators } from '../contract/index.ts';
import type { Covered, Others } from '../contract/statuses.ts';
import type { ApiError, CallFailure, CountersignError, ValidationIssue } from './errors/index.ts';
import type { AnswerHead } from './hooks.ts';
import type { CallOptions } from './options.ts';

/**
 * Represents the codes that an operation does not declare, so that `error.code === 422` narrows to one class. At run
 * time, `code` contains the code that the provider sent.
 */
export type OtherCode = 'any other code';

type ErrorClass = abstract new (...args: never[]) => ApiError;
/** The error class of each named code, by code. */
export type ErrorClasses = { readonly [code: string]: new (init: never) => ApiError };

type ErrorOf<C extends Code, Errors> = C extends Code
  ? `${C}` extends `${infer K extends keyof Errors & (string | number)}`
    ? Errors[K] extends ErrorClass
      ? InstanceType<Errors[K]>
      : ApiError<C>
    : ApiError<C>
  : never;

type Stated<Status, Body> = { readonly status: Status; readonly body: Body };

/** Discriminated by `status`: a body has its declared type, or `unknown` if it is not declared. */
type ByStatus<Bodies> =
  | {
      [S in keyof Bodies]: [Covered<S, keyof Bodies>] extends [never]
        ? never
        : Stated<Covered<S, keyof Bodies>, Bodies[S]>;
    }[keyof Bodies]
  | Stated<Others<Bodies>, Bodies extends { readonly default: infer Body } ? Body : unknown>;

/** With the declared body of the code, if the body contains the code. */
type WithBody<C extends Code, Errors, ByCode> = C extends Code
  ? ErrorOf<C, Errors> & (`${C}` extends keyof ByCode ? { readonly body: ByCode[`${C}`] } : unknown)
  : never;

/**
 * The errors of an operation: those of its codes (by the classes in `Errors`), those of undeclared codes, and failures.
 * `Bodies` are those of the failures that it declares, by HTTP status; `ByCode` those of an envelope, by code.
 */
export type CallError<
  Codes extends Code = never,
  Errors = Record<never, never>,
  Bodies = Record<never, never>,
  ByCode = Record<never, never>,
> =
  | (keyof ByCode extends never ? ErrorOf<Codes, Errors> : WithBody<Codes, Errors, ByCode>)
  | ApiError<OtherCode> extends infer Failed
  ? (keyof Bodies extends never ? Failed : Failed & ByStatus<Bodies>) | CallFailure
  : never;

/**
 * Result of a call: either `data` or `error`, never both.
 *
 * @example
 * ```ts
 * const { data, error } = await client.getPlayerInfo({ body: { username: 'ada' } });
 * if (error) console.error(error.code, error.message);
 * else console.log(data.coin);
 * ```
 */
export type CallResult<D, E> =
  | { readonly data: D; readonly error?: undefined }
  | { readonly data?: undefined; readonly error: E };

/** Details of a call beside its result. */
export type Exchange = {
  /** Of the last attempt. Absent if there was no response. */
  readonly response: AnswerHead | undefined;
  /** HTTP status of the last attempt. Absent if there was no response. */
  readonly status: number | undefined;
  /** The headers that the contract declares for the status, as values by their declared names. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** The provider's id of the request (`x-request-id` or `request-id`); undefined if it sends none. */
  readonly requestId: string | undefined;
  /** Requests that were sent, the first one included. */
  readonly attempts: number;
  /** Milliseconds. */
  readonly elapsed: number;
  /** Where the response violates the contract (`validation.answers: 'warn'`). */
  readonly issues: readonly ValidationIssue[];
};

/**
 * A call under way: await it for its result, or use `orThrow` or `withResponse`.
 *
 * @example
 * ```ts
 * const { coin } = await client.getPlayerInfo({ body: { username: 'ada' } }).orThrow();
 * ```
 */
export type CallPromise<D, E = CountersignError, Answered = unknown> = Promise<CallResult<D, E>> & {
  /** Only the data. Rejects with the error. */
  orThrow(): Promise<D>;
  /** The result with the HTTP response, request id, attempts and time. */
  withResponse(): Promise<CallResult<D, E> & Exchange & Answered>;
};

/** Arguments of a call: its input, which is optional if nothing in it is required, and its options. */
export type CallArguments<I> =
  Record<never, never> extends I
    ? [input?: I | undefined, options?: CallOptions | undefined]
    : [input: I, options?: CallOptions | undefined];

/**
 * An operation as a method. It never rejects: errors are in `error`. An exception in a hook, a credential function, a
 * token store or a logger is the `cause` of a ConfigurationError.
 */
export type Call<I, D, E = CallError, Answered = unknown> = (...args: CallArguments<I>) => CallPromise<D, E, Answered>;

/** An operation whose responses have several media types: `accept` requests one of them and selects the type of the data. */
export type AcceptingCall<I, ByType, E = CallError, Answered = unknown> = <Accept extends keyof ByType = keyof ByType>(
  ...args: CallArguments<I & { readonly accept?: Accept | undefined }>
) => CallPromise<ByType[Accept], E, Answered>;

/** A call of any operation. */
export type AnyCall = (...args: never[]) => CallPromise<unknown, unknown>;

/** One operation as data with its type, for `caller.call(handle, input)`: the others stay out of the bundle. */
export type OperationHandle<C extends AnyCall = AnyCall> = {
  readonly operation: OperationDescriptor;
  /** A function if they are loaded with the first call that needs them. */
  readonly validators?: OperationValidators | (() => Promise<OperationValidators | undefined>) | undefined;
  /** Only a type; never set. */
  readonly call?: C;
};

/**
 * Creates the handle of one operation for `caller.call`. A bundle contains only the operations whose handles it
 * creates.
 */
export const handle = <C extends AnyCall>(
  operation: OperationDescriptor,
  validators?: OperationValidators,
): OperationHandle<C> => ({ operation, validators });
