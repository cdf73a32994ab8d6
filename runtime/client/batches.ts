import { withValueAt } from '../contract/index.ts';
import type { Call, CallError, OperationHandle } from './call.ts';
import { perform } from './engine.ts';
import type { CallOptions } from './options.ts';
import type { CallInput, Context, Feature } from './types.ts';

/** The result of one batch: `data` if it succeeded, `error` if it failed. */
export type BatchReport<D, E> = {
  /** Index of the batch, from 0. */
  readonly index: number;
  /** Position of its first row among all rows, from 0. */
  readonly first: number;
  /** Number of rows in the batch. */
  readonly rows: number;
  /** Number of requests sent for the batch, including the first. */
  readonly attempts: number;
  /** Milliseconds from the start to the end of the call. */
  readonly elapsed: number;
  readonly data?: D;
  readonly error?: E;
};

/** The result of one call to `batches`. */
export type BatchesReport<D, E> = {
  /** One result per batch, in order. */
  readonly batches: readonly BatchReport<D, E>[];
  /** Number of rows in batches that succeeded. */
  readonly sent: number;
  /** Number of rows in batches that failed. */
  readonly failed: number;
};

/** What `batches` sends, and how many batches it sends at a time. */
export type BatchesRequest<I, D, E, Row> = {
  /** Any number of rows. They are read only as fast as they are sent. */
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** The rest of the input. The rows are added to a copy of its body. */
  readonly input?: { readonly [Part in keyof I]?: Partial<I[Part]> };
  /** Maximum number of batches in flight. Default 4. */
  readonly concurrency?: number;
  /** Options of each call, such as `signal` or `timeout`. */
  readonly options?: CallOptions;
  /** Called when a batch ends. */
  readonly onBatch?: (report: BatchReport<D, E>) => void;
};

/** An operation that limits the number of rows per call. */
export type BatchedCall<I, D, E = CallError, Row = unknown> = Call<I, D, E> & {
  /**
   * Sends all rows, in calls of at most the size that the contract allows. A failed batch is reported and does not stop
   * the others.
   * @throws {BatchesStoppedError} if the source of rows or `onBatch` throws
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

/**
 * The source of rows or `onBatch` threw (`cause`). No further batch was started, and the batches in flight have ended.
 */
export class BatchesStoppedError<D = unknown, E = unknown> extends Error {
  override readonly name = 'BatchesStoppedError';
  /** The result of the batches that ended. */
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
      // An async generator queues calls of `next`, so that each free worker gets the next group in order.
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
      // The source of rows may have resources to close.
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
