import type { Code, OperationDescriptor, OperationValidators } from '../contract/index.ts';
import type { Covered, Others } from '../contract/statuses.ts';
import type { ApiError, CallFailure, CountersignError, ValidationIssue } from './errors/index.ts';
import type { ResponseHead } from './hooks.ts';
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

/** Discriminates errors by `status`: a body has the type that the contract declares for its status, or else `unknown`. */
type ByStatus<Bodies> =
  | {
      [S in keyof Bodies]: [Covered<S, keyof Bodies>] extends [never]
        ? never
        : Stated<Covered<S, keyof Bodies>, Bodies[S]>;
    }[keyof Bodies]
  // Not `Stated`: TypeScript computes the arguments of an alias at once, and the hundreds of other statuses only if needed.
  | {
      readonly status: Others<keyof Bodies>;
      readonly body: Bodies extends { readonly default: infer Body } ? Body : unknown;
    };

/** An error class with the declared body of its code, if the contract declares one. */
type WithBody<C extends Code, Errors, ByCode> = C extends Code
  ? ErrorOf<C, Errors> & (`${C}` extends keyof ByCode ? { readonly body: ByCode[`${C}`] } : unknown)
  : never;

/**
 * The errors of an operation: one class for each of its codes (from `Errors`), one for undeclared codes, and the
 * failures of any call. `Bodies` contains the bodies of declared failures by HTTP status. `ByCode` contains the bodies
 * of an envelope by code.
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
 * The result of a call: either `data` or `error`, never both.
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

/** The details of a call in addition to its result. */
export type Exchange = {
  /** The response of the last attempt. Undefined if there was no response. */
  readonly response: ResponseHead | undefined;
  /** The HTTP status of the last attempt. Undefined if there was no response. */
  readonly status: number | undefined;
  /** The values of the headers that the contract declares for the status, by their declared names. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** The provider's id of the request (`x-request-id` or `request-id`); undefined if it sends none. */
  readonly requestId: string | undefined;
  /** Number of requests that were sent, including the first. */
  readonly attempts: number;
  /** Duration of the call in milliseconds. */
  readonly elapsed: number;
  /** The violations of the contract in the response, if `validation.responses` is `'warn'`. */
  readonly issues: readonly ValidationIssue[];
};

/**
 * A call in progress. Await it for its result, or use `orThrow` or `withResponse`.
 *
 * @example
 * ```ts
 * const { coin } = await client.getPlayerInfo({ body: { username: 'ada' } }).orThrow();
 * ```
 */
export type CallPromise<D, E = CountersignError, Head = unknown> = Promise<CallResult<D, E>> & {
  /** Returns only the data. Rejects with the error of the call. */
  orThrow(): Promise<D>;
  /** Returns the result with the HTTP response, the request id, the number of attempts and the duration. */
  withResponse(): Promise<CallResult<D, E> & Exchange & Head>;
};

/** The arguments of a call: its input and its options. The input is optional if none of its parts is required. */
export type CallArguments<I> =
  Record<never, never> extends I
    ? [input?: I | undefined, options?: CallOptions | undefined]
    : [input: I, options?: CallOptions | undefined];

/**
 * An operation as a method. It never rejects: errors are in `error`. An exception in a hook, a credential function, a
 * token store or a logger is the `cause` of a ConfigurationError.
 */
export type Call<I, D, E = CallError, Head = unknown> = (...args: CallArguments<I>) => CallPromise<D, E, Head>;

/** An operation whose responses have several media types: `accept` requests one of them and selects the type of the data. */
export type AcceptingCall<I, ByType, E = CallError, Head = unknown> = <Accept extends keyof ByType = keyof ByType>(
  ...args: CallArguments<I & { readonly accept?: Accept | undefined }>
) => CallPromise<ByType[Accept], E, Head>;

/** A call of any operation. */
export type AnyCall = (...args: never[]) => CallPromise<unknown, unknown>;

/** One operation as data, with its type, for `caller.call(handle, input)`. Other operations stay out of the bundle. */
export type OperationHandle<C extends AnyCall = AnyCall> = {
  readonly operation: OperationDescriptor;
  /** The validators of the operation, or a function that loads them with the first call that needs them. */
  readonly validators?: OperationValidators | (() => Promise<OperationValidators | undefined>) | undefined;
  /** Carries the type of the call. It has no value at run time. */
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
