import { valueAt } from '../contract/index.ts';
import { answerContext } from './answer-context.ts';
import { misconfigured } from './configuration.ts';
import { within } from './deadline.ts';
import { UnexpectedAnswerError } from './errors/index.ts';
import type { Run, Sessions } from './types.ts';

/** @throws {ConfigurationError} when the code for them does not load; the next call tries again */
export const loadSessions = (run: Run): Promise<Sessions> =>
  within(run, Infinity, async () => {
    const { ctx } = run;
    try {
      const { createSessions } = await import('./log-in.ts');
      ctx.sessions ??= createSessions(ctx, { UnexpectedAnswerError, answerContext, misconfigured, valueAt, within });
      return ctx.sessions;
    } catch (error) {
      throw misconfigured(ctx.api, `missing the code for sessions: ${error}`);
    }
  });
