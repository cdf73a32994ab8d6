import type { ConfirmDescriptor, JsonPointer } from '../contract/index.ts';
import type { Context, Outcome, Run, Watch } from './types.ts';

// The first call that may need confirmation loads this file. Functions of the client are arguments, so that bundlers
// put this file into its own chunk.

/** The functions of the client that a lookup uses. */
export type Tools = {
  readonly valueAt: (value: unknown, pointer: JsonPointer) => unknown;
  readonly within: <T>(run: Run, limit: number, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  readonly timeLeft: (run: Run) => number;
};

/** One call of this client. Calls that the provider cannot distinguish have the same key. */
type Like = {
  /** Equal for calls that create equal rows. */
  readonly key: string;
  /** Start of the call, in milliseconds by the local clock. */
  readonly startedAt: number;
  sentAt: number;
  ended: boolean;
  /** The row that the call created; undefined if unknown. */
  row: unknown;
  /** Whether the call may have created a row that is not identified. */
  open: boolean;
};

/** What one lookup of the provider's rows shows about a call. */
type Found =
  | { readonly kind: 'row'; readonly row: unknown }
  | { readonly kind: 'none' }
  /** `again`: a later lookup may give a certain result. */
  | { readonly kind: 'unclear'; readonly why: string; readonly again?: true };

/**
 * Maximum difference between the clocks of a provider's machines, in milliseconds. A `Date` header is precise to one
 * second.
 */
const SLACK = 2_000;
/** Initial time between two lookups, in milliseconds. */
const PAUSE = 1_000;
const LONGEST_PAUSE = 8_000;

const calls = new WeakMap<Context, Like[]>();

/** Failures after which the provider may have applied the call. */
function mayHaveArrived({ error, transient }: Outcome): boolean {
  switch (error?.kind) {
    case 'timeout':
    case 'unexpected-answer':
    case 'body-too-large':
      return true;
    case 'connection':
      return (error as { sent?: boolean }).sent === true;
    case 'api':
      return transient === true;
    default:
      return false;
  }
}

/** Follows one call from before its first attempt to its end. */
export function watch(run: Run, confirm: ConfirmDescriptor, { valueAt, within, timeLeft }: Tools): Watch {
  const { ctx, operation, input, options } = run;
  const { clock } = ctx;
  const unit = confirm.unit === 'ms' ? 1 : 1_000;
  const inputAt = (pointer: JsonPointer) => valueAt(input, pointer);
  const matched = Object.entries(confirm.match).map(([at, from]) => [at, `${inputAt(from)}`] as const);
  const asked = Object.entries(confirm.input).map(([to, from]) => [to, inputAt(from)] as const);

  const now = clock.now();
  const key = JSON.stringify([operation.id, matched, asked]);
  const self: Like = { key, startedAt: now, sentAt: now, ended: false, row: undefined, open: false };
  const known = calls.get(ctx) ?? [];
  const oldest = Math.min(now, ...known.flatMap(({ ended, startedAt }) => (ended ? [] : [startedAt])));
  const log = known.filter(({ ended, sentAt }) => !ended || sentAt + confirm.within + 2 * SLACK >= oldest);
  calls.set(ctx, [...log, self]);
  const others = () => (calls.get(ctx) ?? []).filter((like) => like !== self && like.key === key);

  /**
   * Milliseconds that the provider's clock is ahead of the local clock; undefined if a browser hides the `Date` header.
   */
  let ahead: number | undefined = ctx.clockOffset;

  async function look(isSecond = false): Promise<Found> {
    const handle = Object.values(ctx.handles).find((one) => one.operation.id === confirm.operation);
    if (!handle) return { kind: 'unclear', why: `the client does not have the operation ${confirm.operation}` };
    const from = ahead === undefined ? undefined : Math.floor((self.startedAt + ahead - SLACK) / unit);
    const query: Record<string, unknown> = {};
    for (const [to, value] of asked) put(query, to, value);
    for (const [to, value] of Object.entries(confirm.fixed ?? {})) put(query, to, value);
    if (confirm.since && from !== undefined) put(query, confirm.since, from);
    const { run: asking, outcome } = await run.perform(ctx, handle, query, {
      signal: options.signal,
      timeout: { call: timeLeft(run) },
    });
    const { response } = asking.state;
    const date = Date.parse(response?.headers.get('date') ?? '');
    const before = ahead;
    if (response) ahead = date ? date - clock.now() : undefined;
    // The lookup used the wrong clock, so that it may have omitted the row.
    if (!isSecond && before !== undefined && !(Math.abs(before - (ahead ?? Infinity)) <= SLACK)) return look(true);
    if (outcome.error)
      return { kind: 'unclear', why: `${confirm.operation} failed: ${outcome.error.message}`, again: true };
    const rows = valueAt(outcome.body, confirm.rows);
    if (!Array.isArray(rows))
      return { kind: 'unclear', why: `${confirm.operation} returned no list at ${confirm.rows}` };
    return judge(rows, from);
  }

  function judge(rows: readonly unknown[], from: number | undefined): Found {
    const taken = new Set(others().flatMap(({ row }) => (row === undefined ? [] : [`${valueAt(row, confirm.id)}`])));
    const like = rows.filter(
      (row) =>
        matched.every(([at, value]) => `${valueAt(row, at)}` === value) &&
        !Object.entries(confirm.except ?? {}).some(([at, value]) => valueAt(row, at) === value) &&
        !(from !== undefined && Number(valueAt(row, confirm.time)) < from) &&
        !taken.has(`${valueAt(row, confirm.id)}`),
    );
    if (like.length === 0 && confirm.max !== undefined && rows.length >= confirm.max)
      return { kind: 'unclear', why: `${confirm.operation} returned ${rows.length} rows, and there may be more` };
    if (like.length === 0) return { kind: 'none' };
    const alike = others().filter(({ open }) => open).length;
    const [row] = like;
    if (like.length === 1 && alike === 0 && from !== undefined) return { kind: 'row', row };
    const why =
      from === undefined
        ? "the provider's clock is unknown"
        : `${like.length} rows of ${confirm.operation} match ${alike + 1} identical calls`;
    return { kind: 'unclear', why };
  }

  /** Looks up rows until the result is certain, and at least until the call can no longer take effect. */
  async function settle(): Promise<Found> {
    for (let pause = PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const found = await look();
      const left = self.sentAt + confirm.within - clock.now();
      const again = found.kind === 'unclear' && found.again;
      if (found.kind === 'row' || (left <= 0 && !again)) return found;
      const wait = left > 0 ? Math.min(pause, left) : pause;
      if (timeLeft(run) <= Math.max(left, wait))
        return found.kind === 'unclear'
          ? found
          : { kind: 'unclear', why: 'the call ended while it could still take effect' };
      await within(run, Infinity, (signal) => clock.sleep(wait, signal));
    }
  }

  const say = (outcome: Outcome, word: 'unknown' | 'not-applied', why: string): Outcome => {
    const { error } = outcome;
    if (error) Object.assign(error, { outcome: word, message: `${error.message}; ${why}` });
    return outcome;
  };

  return {
    begin() {
      self.sentAt = clock.now();
      self.open = true;
    },

    async failed(outcome) {
      if (!mayHaveArrived(outcome)) {
        self.open = false;
        return undefined;
      }
      if (options.retry === false) return outcome;
      let found: Found;
      try {
        found = timeLeft(run) > 0 ? await settle() : { kind: 'unclear', why: 'no time is left to confirm' };
      } catch (error) {
        found = { kind: 'unclear', why: `confirmation failed: ${(error as Error).message}` };
      }
      if (ctx.debug) ctx.logger.debug?.('countersign.confirm', { operation: operation.id, found: found.kind });
      if (found.kind === 'unclear')
        return say(outcome, 'unknown', `the outcome is unknown, and the call was not retried: ${found.why}`);
      self.open = false;
      if (found.kind === 'none') {
        say(outcome, 'not-applied', 'the provider did not apply the call');
        return undefined;
      }
      self.row = found.row;
      return { data: found.row };
    },

    end(outcome) {
      self.ended = true;
      if (!outcome || outcome.error || self.row !== undefined) return;
      self.row = outcome.data;
      // Without an id, the row is not distinguishable from others.
      self.open = valueAt(outcome.data, confirm.id) === undefined;
    },
  };
}

/** Sets a value at a JSON Pointer, in place. */
function put(target: Record<string, unknown>, pointer: JsonPointer, value: unknown): void {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  let at = target;
  for (const key of keys) {
    if (!Object.hasOwn(at, key))
      Object.defineProperty(at, key, { value: {}, enumerable: true, writable: true, configurable: true });
    at = at[key] as Record<string, unknown>;
  }
  Object.defineProperty(at, last, { value, enumerable: true, writable: true, configurable: true });
}
