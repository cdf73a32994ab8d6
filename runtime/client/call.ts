import type { Code, OperationDescriptor, OperationValidators } from '../contract/index.ts';
import type { ApiError, CallFailure, CountersignError, ValidationIssue } from './errors/index.ts';
import type { AnswerHead } from './hooks.ts';
import type { CallOptions } from './options.ts';

/**
 * Stands for the codes that an operation does not declare, so that `error.code === 422` narrows to one class.
 * In truth `code` then holds what the provider sent.
 */
export type OtherCode = 'any other code';

type ErrorClass = abstract new (...args: never[]) => ApiError;
export type ErrorClasses = { readonly [code: string]: new (init: never) => ApiError };

type ErrorOf<C extends Code, Errors> = C extends Code
  ? `${C}` extends `${infer K extends keyof Errors & (string | number)}`
    ? Errors[K] extends ErrorClass
      ? InstanceType<Errors[K]>
      : ApiError<C>
    : ApiError<C>
  : never;

/** The errors of an operation: those of its codes (by the classes in `Errors`), those of undeclared codes, and failures. */
export type CallError<Codes extends Code = never, Errors = Record<never, never>> =
  | ErrorOf<Codes, Errors>
  | ApiError<OtherCode>
  | CallFailure;

export type CallResult<D, E> =
  | { readonly data: D; readonly error?: undefined }
  | { readonly data?: undefined; readonly error: E };

/** What is known of a call beside its result. */
export type Exchange = {
  /** Of the last attempt. Absent where no answer came. */
  readonly response: AnswerHead | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number;
  /** Milliseconds. */
  readonly elapsed: number;
  /** Where the answer breaks the contract (`validation.answers: 'warn'`). */
  readonly issues: readonly ValidationIssue[];
};

export type CallPromise<D, E = CountersignError> = Promise<CallResult<D, E>> & {
  /** The data alone; rejects with the error. */
  orThrow(): Promise<D>;
  /** The result with the HTTP response, request id, attempts and time. */
  withResponse(): Promise<CallResult<D, E> & Exchange>;
};

export type CallArguments<I> =
  Record<never, never> extends I
    ? [input?: I | undefined, options?: CallOptions | undefined]
    : [input: I, options?: CallOptions | undefined];

/**
 * An operation as a method. It never rejects: what goes wrong is in `error`. What a hook, a credential function, a token store
 * or a logger throws is the `cause` of a ConfigurationError.
 */
export type Call<I, D, E = CallError> = (...args: CallArguments<I>) => CallPromise<D, E>;

/** An operation with answers of several media types: `accept` asks for one of them, and says what the data then is. */
export type AcceptingCall<I, ByType, E = CallError> = <Accept extends keyof ByType = keyof ByType>(
  ...args: CallArguments<I & { readonly accept?: Accept | undefined }>
) => CallPromise<ByType[Accept], E>;

export type AnyCall = (...args: never[]) => CallPromise<unknown, unknown>;

/** One operation as data with its type, for `caller.call(handle, input)`: the others stay out of the bundle. */
export type OperationHandle<C extends AnyCall = AnyCall> = {
  readonly operation: OperationDescriptor;
  /** A function where they are loaded with the first call that needs them. */
  readonly validators?: OperationValidators | (() => Promise<OperationValidators | undefined>) | undefined;
  /** Only a type; never set. */
  readonly call?: C;
};

export const handle = <C extends AnyCall>(
  operation: OperationDescriptor,
  validators?: OperationValidators,
): OperationHandle<C> => ({ operation, validators });
