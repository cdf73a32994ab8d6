import type { Context, MiddlewareHandler } from 'hono';
import type { Suspension, Suspensions } from './suspensions.ts';

export type RefuseOptions = {
  readonly suspensions: Suspensions;
  /** The current player; undefined if no player is logged in. Such a request is accepted. */
  readonly playerOf: (context: Context) => number | undefined | Promise<number | undefined>;
  /** Default: 403 with `{ error, until }`. `until` is null for a permanent suspension. */
  readonly answer?: (context: Context, suspension: Suspension) => Response | Promise<Response>;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
};

function refuse(context: Context, { until }: Suspension): Response {
  return context.json({ error: 'You are suspended', until: until?.toISOString() ?? null }, 403);
}

/**
 * Rejects suspended players before later handlers run. If the store fails, every request is rejected, and the
 * application's error handler receives the failure.
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
