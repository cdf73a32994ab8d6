import type { ErrorContext, ResponseContext } from './errors/index.ts';
import type { ResponseHead } from './hooks.ts';
import { readRetryAfter } from './retry.ts';
import { errorContext, requestIdOf } from './run.ts';
import type { Run } from './types.ts';

/** What an error contains about its call and the response. */
export const responseContext = (run: Run, answer: ResponseHead): ErrorContext & ResponseContext => ({
  ...errorContext(run),
  status: answer.status,
  requestId: requestIdOf(answer),
  retryAfter: readRetryAfter(answer.headers, run.ctx.clock.now()),
});
