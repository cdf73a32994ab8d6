import type { Context, MiddlewareHandler } from 'hono';
import type { Suspension, Suspensions } from './suspensions.ts';

export type RefuseOptions = {
  readonly suspensions: Suspensions;
  /** Who is playing; undefined where nobody is yet, who is let through. */
  readonly playerOf: (context: Context) => number | undefined | Promise<number | undefined>;
  /** Default: 403 with `{ error, until }`; `until` is null where it is for ever. */
  readonly answer?: (context: Context, suspension: Suspension) => Response | Promise<Response>;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
};

function refuse(context: Context, { until }: Suspension): Response {
  return context.json({ error: 'You are suspended', until: until?.toISOString() ?? null }, 403);
}

/**
 * Keeps suspended players out of what comes after it. When the store cannot be asked nobody gets in: the failure goes
 * on to the application's error handler.
 */
export function refuseSuspended({
  suspensions,
  playerOf,
  answer = refuse,
  clock = Date.now,
}: RefuseOptions): MiddlewareHandler {
  return async (context, next) => {
    const player = await playerOf(context);
    const suspension = player === undefined ? undefined : await suspensions.find(player, new Date(clock()));
    if (suspension !== undefined) return answer(context, suspension);
    await next();
    return undefined;
  };
}
