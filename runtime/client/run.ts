import type { ErrorContext } from './errors/index.ts';
import type { ResponseHead } from './hooks.ts';
import type { Run } from './types.ts';

/** The details of a call that its error contains. */
export const errorContext = ({ ctx, operation, state }: Run): ErrorContext => ({
  provider: ctx.api.provider,
  operation: operation.id,
  attempts: state.attempt,
  elapsed: ctx.clock.now() - state.startedAt,
});

/** The provider's id of the request. Undefined if the provider sends none. */
export const requestIdOf = (response: ResponseHead | undefined): string | undefined =>
  response?.headers.get('x-request-id') ?? response?.headers.get('request-id') ?? undefined;

/** Milliseconds until the deadline of the call. */
export const timeLeft = ({ ctx, state, timeout }: Run): number => state.startedAt + timeout.call - ctx.clock.now();
