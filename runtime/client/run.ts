import type { ErrorContext } from './errors/index.ts';
import type { AnswerHead } from './hooks.ts';
import type { Run } from './types.ts';

/** What an error says of the call in which it came up. */
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
