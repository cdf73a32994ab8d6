import type { OperationDescriptor, OperationValidators } from '../contract/index.ts';
import type { Context } from './context.ts';
import type { CountersignError, ErrorContext, ValidationIssue } from './errors/index.ts';
import type { AnswerHead, CallState } from './hooks.ts';
import type { CallOptions } from './options.ts';

/** The parts of a request that a caller gives, as they come. */
export type CallInput = {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Of the body, where it is not to be the one that its value asks for. */
  readonly contentType?: string;
};

/** One call on its way. Hooks see its `state` only: the rest holds secrets. */
export type Run = {
  readonly ctx: Context;
  readonly operation: OperationDescriptor;
  /** Once they are loaded. */
  validators: OperationValidators | undefined;
  /** The call's own, over the client's. */
  readonly options: CallOptions;
  input: CallInput;
  readonly state: CallState;
  /** Milliseconds. */
  readonly timeout: { readonly attempt: number; readonly call: number };
  /** Values to mask: credentials, tokens and signatures that this call has sent. */
  readonly secrets: Set<string>;
  /** By session scheme: the token of the last attempt. */
  readonly tokens: Map<string, string>;
  /** By session scheme: the token that the provider called expired. */
  readonly rejected: Map<string, string>;
  /** The clock was corrected once. */
  corrected: boolean;
  /** The one that the last attempt signed with: another call may have corrected the context's since. */
  clockOffset: number;
  /** The session that this call logs in to; it cannot need it. */
  readonly loginOf: string | undefined;
  /** Nothing is sent: a session without a token gets a stand-in. */
  readonly dry: boolean;
};

/** How an attempt, or a call, ended. */
export type Outcome = {
  readonly data?: unknown;
  readonly error?: CountersignError;
  /** What the provider said may go better another time, if the operation may be tried again. */
  readonly transient?: boolean;
  /** The whole decoded body. */
  readonly body?: unknown;
  readonly issues?: readonly ValidationIssue[];
};

export const errorContext = ({ ctx, operation, state }: Run): ErrorContext => ({
  provider: ctx.api.provider,
  operation: operation.id,
  attempts: state.attempt,
  elapsed: ctx.clock.now() - state.startedAt,
});

/** Undefined where the provider gives none. */
export const requestIdOf = (response: AnswerHead | undefined): string | undefined =>
  response?.headers.get('x-request-id') ?? response?.headers.get('request-id') ?? undefined;

/** Milliseconds that the call may still take. */
export const timeLeft = ({ ctx, state, timeout }: Run): number => state.startedAt + timeout.call - ctx.clock.now();
