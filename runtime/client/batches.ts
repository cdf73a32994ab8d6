import { withValueAt } from '../contract/index.ts';
import type { Call, CallError, OperationHandle } from './call.ts';
import type { CallOptions } from './options.ts';
import { perform } from './perform.ts';
import type { CallInput, Context, Feature } from './types.ts';

/** How one batch ended: with `data` when it succeeded, with `error` when it failed. */
export type BatchReport<D, E> = {
  /** From 0, in the order of the rows. */
  readonly index: number;
  /** Position of its first row among all rows, from 0. */
  readonly first: number;
  /** Number of rows in the batch. */
  readonly rows: number;
  /** Requests that were sent for it, the first one included. */
  readonly attempts: number;
  /** Milliseconds from the start of the call to its end. */
  readonly elapsed: number;
  readonly data?: D;
  readonly error?: E;
};

/** How all batches of one call to `batches` ended. */
export type BatchesReport<D, E> = {
  /** One per batch, in order. */
  readonly batches: readonly BatchReport<D, E>[];
  /** Rows in batches that succeeded. */
  readonly sent: number;
  /** Rows in batches that failed. */
  readonly failed: number;
};

/** What `batches` sends, and how many batches at a time. */
export type BatchesRequest<I, D, E, Row> = {
  /** Any number; read no further ahead than is being sent. */
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** The rest of the input; the rows are put into a copy of its body. */
  readonly input?: { readonly [Part in keyof I]?: Partial<I[Part]> };
  /** Batches on their way at a time. Default 4. */
  readonly concurrency?: number;
  /** Options of each call, such as `signal` or `timeout`. */
  readonly options?: CallOptions;
  /** As each batch ends. */
  readonly onBatch?: (report: BatchReport<D, E>) => void;
};

/** An operation that takes at most so many rows a call. */
export type BatchedCall<I, D, E = CallError, Row = unknown> = Call<I, D, E> & {
  /**
   * Sends all rows in calls of as many as the contract allows. A failed batch is reported and does not stop the others.
   * @throws {BatchesStoppedError} when the rows or `onBatch` throw
   */
  batches(request: BatchesRequest<I, D, E, Row>): Promise<BatchesReport<D, E>>;
};

async function* inGroups(rows: Iterable<unknown> | AsyncIterable<unknown>, size: number): AsyncGenerator<unknown[]> {
  let group: unknown[] = [];
  for await (const row of rows) {
    if (group.push(row) < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

type Untyped = BatchesRequest<CallInput, unknown, unknown, unknown>;

/** The rows or `onBatch` threw (`cause`): no further batch was begun, and those under way have ended. */
export class BatchesStoppedError<D = unknown, E = unknown> extends Error {
  override readonly name = 'BatchesStoppedError';
  /** Of the batches that ended. */
  readonly report: BatchesReport<D, E>;

  constructor(report: BatchesReport<D, E>, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.report = report;
  }
}

function reportOf(ended: readonly BatchReport<unknown, unknown>[]): BatchesReport<unknown, unknown> {
  const batches = ended.flat();
  const count = (failed: boolean) => batches.reduce((sum, b) => sum + ('error' in b === failed ? b.rows : 0), 0);
  return { batches, sent: count(false), failed: count(true) };
}

const batchesOf =
  (ctx: Context, handle: OperationHandle, items: string, max: number) =>
  async ({
    rows,
    input,
    concurrency = 4,
    options = {},
    onBatch,
  }: Untyped): Promise<BatchesReport<unknown, unknown>> => {
    const groups = inGroups(rows, max);
    const given = (input ?? {}) as CallInput;
    const batches: BatchReport<unknown, unknown>[] = [];
    let next = 0;
    let failure: { readonly cause: unknown } | undefined;
    const work = async () => {
      // An async generator queues what is asked of it, so that the groups come in order to whoever is free.
      while (!failure) {
        const { done, value: group } = await groups.next();
        if (done || failure) return;
        const index = next++;
        const body = withValueAt(given.body ?? {}, items, group);
        const { run, outcome } = await perform(ctx, handle, { ...given, body }, options);
        const { error, data } = outcome;
        batches[index] = {
          index,
          first: index * max,
          rows: group.length,
          attempts: run.state.attempt,
          elapsed: ctx.clock.now() - run.state.startedAt,
          ...(error ? { error } : { data }),
        };
        onBatch?.(batches[index]);
      }
    };
    const stop = async (cause: unknown) => {
      failure ??= { cause };
      // What the rows come from may have something to close.
      await groups.return(undefined).catch(() => {});
    };
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, () => work().catch(stop)));
    if (failure) throw new BatchesStoppedError(reportOf(batches), (failure as { readonly cause: unknown }).cause);
    return reportOf(batches);
  };

/** `batches` on operations with `x-cs-batch`. */
export const batching: Feature = {
  extend: (ctx, handle) => {
    const { batch } = handle.operation;
    return batch ? { batches: batchesOf(ctx, handle, batch.items, batch.max) } : {};
  },
};
