import { type PageDescriptor, valueAt } from '../contract/index.ts';
import type { Call, CallArguments, CallError, OperationHandle } from './call.ts';
import type { CallOptions } from './options.ts';
import { perform } from './perform.ts';
import type { CallInput, Context, Feature } from './types.ts';

/** One page: the whole data of its response, and its rows. */
export type Page<D, Row> = { readonly data: D; readonly rows: readonly Row[] };

/** An operation that answers rows page by page. */
export type PagedCall<I, D, E = CallError, Row = unknown> = Call<I, D, E> & {
  /** Every row from the input's position on, asking for further pages as they are needed. Throws the call's error. */
  each(...args: CallArguments<I>): AsyncIterableIterator<Row>;
  /** The same, page by page. */
  pages(...args: CallArguments<I>): AsyncIterableIterator<Page<D, Row>>;
};

type Query = Readonly<Record<string, unknown>>;

/** The query of the page after `rows`, or of the first one; undefined where there is none. */
function nextQuery(
  page: PageDescriptor,
  start: Query,
  query?: Query,
  rows: readonly unknown[] = [],
): Query | undefined {
  if (page.kind === 'cursor') {
    const { cursor, from, limit = '' } = page;
    if (!query) return start;
    const next = valueAt(rows.at(-1), from);
    // A provider that answers the same cursor again would keep us here for ever. Nothing is less than no limit (NaN).
    const done = (next ?? query[cursor]) === query[cursor] || rows.length < Number(query[limit]);
    return done ? undefined : { ...query, [cursor]: next };
  }
  const { min, max, size } = page;
  const first = query ? Number(query[max]) + 1 : Number(start[min] ?? 1);
  const last = Number(start[max] ?? Infinity);
  if (first > last || (query && rows.length < first - Number(query[min]))) return undefined;
  return { ...start, [min]: first, [max]: Math.min(first + size - 1, last) };
}

const pagesOf = (ctx: Context, handle: OperationHandle, page: PageDescriptor) =>
  async function* (input: CallInput = {}, options: CallOptions = {}): AsyncGenerator<Page<unknown, unknown>> {
    const start = input.query ?? {};
    for (let query = nextQuery(page, start), rows: unknown[]; query; query = nextQuery(page, start, query, rows)) {
      const { outcome } = await perform(ctx, handle, { ...input, query }, options);
      if (outcome.error) throw outcome.error;
      const found = valueAt(outcome.body, page.items);
      rows = Array.isArray(found) ? found : [];
      if (rows.length === 0) return;
      yield { data: outcome.data, rows };
    }
  };

/** `each` and `pages` on operations with `x-cs-page`. */
export const paging: Feature = {
  extend(ctx, handle) {
    const { page } = handle.operation;
    if (!page) return {};
    const pages = pagesOf(ctx, handle, page);
    const each = async function* (...args: Parameters<typeof pages>) {
      for await (const { rows } of pages(...args)) yield* rows;
    };
    return { each, pages };
  },
};
