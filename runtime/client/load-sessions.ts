import { valueAt } from '../contract/index.ts';
import { misconfigured } from './configuration.ts';
import { within } from './deadline.ts';
import { UnexpectedResponseError } from './errors/index.ts';
import { place } from './place.ts';
import { responseContext } from './response-context.ts';
import type { Run, Sessions } from './types.ts';

/**
 * Loads the code of sessions.
 * @throws {ConfigurationError} if it cannot be loaded; the next call tries again
 */
export const loadSessions = (run: Run): Promise<Sessions> =>
  within(run, Infinity, async () => {
    const { ctx } = run;
    try {
      const { createSessions } = await import('./log-in.ts');
      const lent = { UnexpectedResponseError, responseContext, misconfigured, place, valueAt, within };
      const oauth = await ctx.with.oauth?.load(ctx);
      // Concurrent calls arrive here at the same time and share the first load.
      ctx.sessions ??= createSessions(ctx, lent, oauth);
      return ctx.sessions;
    } catch (error) {
      throw misconfigured(ctx.api, `the module for sessions cannot be loaded: ${error}`);
    }
  });
