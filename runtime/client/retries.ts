import { backOff, retryLimits } from './back-off.ts';
import type { ApiError } from './errors/index.ts';
import type { Context, Outcome, Retries, Run } from './types.ts';

// The first failed attempt loads this file. It imports no code of the client, so that bundlers put it into its own
// chunk.

/**
 * The retry quota of the AWS SDKs since November 2026: each client has a bucket of tokens. A retry takes tokens, and a
 * success returns some. If too few are left, the error is returned at once. First attempts need no tokens.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const QUOTA = { capacity: 500, transient: 14, throttled: 5, success: 1 } as const;

/** Whether the provider throttles, according to the status or a code of the envelope. */
const isThrottled = ({ error }: Outcome): boolean =>
  (error as { status?: number } | undefined)?.status === 429 || `${error?.code}` === '429';

/** The smallest clock skew in milliseconds that is corrected. The `Date` header is precise to one second. */
const SKEW = 2_000;
/**
 * The clock skew in milliseconds from which the clock is treated as the cause if nothing else identifies the cause: 4
 * minutes, as in the AWS SDKs.
 */
const FAR = 240_000;
/** Maximum plausible clock skew in milliseconds: 70 years. A `Date` in the year 9999 is not a real clock. */
const NONSENSE = 2 ** 41;

/** Corrects a rejected token or timestamp. The call had no effect, so one corrected attempt is safe for any operation. */
function correct(run: Run, { error }: Outcome): boolean {
  const { ctx, state } = run;
  if (error && ctx.sessions?.rejected(run, error)) return true;
  if (error?.kind !== 'api') return false;
  const { code, providerMessage = '' } = error as ApiError;
  const text = ctx.api.envelope.errors[`${code}`]?.clockSkew;
  const offset = Date.parse(state.response?.headers.get('date') ?? '') - ctx.clock.now();
  const change = Math.abs(offset - run.clockOffset);
  // A response to HEAD has no body.
  const blamed =
    state.method === 'HEAD' ? change >= FAR : providerMessage.toLowerCase().includes(`${text}`.toLowerCase());
  if (run.corrected || !text || !blamed || !(change > SKEW && change < NONSENSE)) return false;
  ctx.clockOffset = offset;
  run.corrected = true;
  return true;
}

/**
 * The quota and the slow start of one client. After throttling, one attempt may be in flight. This limit grows with
 * each success, like the window of TCP after a loss (RFC 5681, section 3.1). Otherwise all throttled calls would be
 * retried at the same time.
 */
export function createRetries(ctx: Context): Retries {
  const capacity = (ctx.options.retry || undefined)?.quota ?? QUOTA.capacity;
  let tokens = capacity;
  /** Number of tokens that the last retry of a call took. */
  const taken = new WeakMap<Run, number>();

  /** Maximum number of attempts in flight. */
  let allowed = Infinity;
  /** Below this number, each success allows one more attempt. Above it, a full round of successes does. */
  let threshold = Infinity;
  /** The slow start ends at this limit. */
  let enough = 2;
  /** Number of attempts that had started when the window was last reduced. Their results are already counted. */
  let cutAt = 0;
  const waiting: (() => void)[] = [];
  const underWay = () => ctx.begun - ctx.ended;

  const admit = () => {
    const free = allowed === Infinity ? waiting.length : Math.floor(allowed) - underWay();
    for (const begin of waiting.splice(0, Math.max(0, free))) begin();
  };

  const cut = () => {
    cutAt = ctx.begun;
    enough = Math.max(enough, underWay() + 1);
    threshold = Math.max(1, (underWay() + 1) / 2);
    allowed = 1;
  };

  const widen = () => {
    allowed += allowed < threshold ? 1 : 1 / allowed;
    if (allowed < Math.max(enough, underWay() + waiting.length)) return;
    allowed = Infinity;
    enough = 2;
  };

  return {
    delay(run, outcome, left) {
      if (correct(run, outcome)) return 0;
      const { operation, options, state } = run;
      const limits = retryLimits(options);
      const { error, transient } = outcome;
      const unsent = error?.kind === 'connection' && !(error as { sent?: boolean }).sent;
      const again = unsent || (transient && operation.retry !== 'never');
      if (options.retry === false || !again || state.attempt >= limits.attempts) return undefined;
      const { retryAfter } = error as { retryAfter?: number };
      const wait = retryAfter ?? backOff(limits, state.attempt, ctx.clock.random());
      if (wait > Math.min(left, retryAfter === undefined ? Infinity : limits.longestRetryAfter)) return undefined;
      const cost = isThrottled(outcome) ? QUOTA.throttled : QUOTA.transient;
      if (cost > tokens) {
        if (ctx.debug) ctx.logger.debug?.('countersign.quota', { provider: ctx.api.provider, tokens, cost });
        return undefined;
      }
      tokens -= cost;
      taken.set(run, cost);
      return wait;
    },

    enter: (signal) =>
      new Promise((resolve) => {
        const begin = () => resolve();
        waiting.push(begin);
        signal.addEventListener('abort', () => {
          const at = waiting.indexOf(begin);
          if (at >= 0) waiting.splice(at, 1);
          // If this attempt already had its turn, the next waiting call gets it.
          admit();
        });
        admit();
      }),

    leave(run, turn, outcome) {
      if (outcome && isThrottled(outcome)) {
        if (turn > cutAt) cut();
      } else if (outcome && !outcome.error) {
        tokens = Math.min(capacity, tokens + (taken.get(run) ?? QUOTA.success));
        if (allowed !== Infinity) widen();
      }
      admit();
    },
  };
}
