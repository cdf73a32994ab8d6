import type { ErrorContext, ResponseContext } from './errors/index.ts';
import type { ResponseHead } from './hooks.ts';
import { readRetryAfter } from './retry.ts';
import { errorContext, requestIdOf } from './run.ts';
import type { Run } from './types.ts';

/** What an error contains about its call and the response. */
export const responseContext = (run: Run, response: ResponseHead): ErrorContext & ResponseContext => ({
  ...errorContext(run),
  status: response.status,
  requestId: requestIdOf(response),
  retryAfter: readRetryAfter(response.headers, run.ctx.clock.now()),
});
