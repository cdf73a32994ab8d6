import type { PageDescriptor } from '../contract/index.ts';
import type { Call, CallArguments, CallError, OperationHandle } from './call.ts';
import type { Context } from './context.ts';
import type { Feature } from './features.ts';
import type { CallOptions } from './options.ts';
import { perform } from './perform.ts';
import { valueAt } from './pointer.ts';
import type { CallInput } from './run.ts';

export type Page<D, Row> = { readonly data: D; readonly rows: readonly Row[] };

/** An operation that answers rows page by page. */
export type PagedCall<I, D, E = CallError, Row = unknown> = Call<I, D, E> & {
  /** Every row from the input's position on, asking for further pages as they are needed. Throws the call's error. */
  each(...args: CallArguments<I>): AsyncIterableIterator<Row>;
  /** The same, page by page. */
  pages(...args: CallArguments<I>): AsyncIterableIterator<Page<D, Row>>;
};

type Cursor = Extract<PageDescriptor, { kind: 'cursor' }>;
type Window = Extract<PageDescriptor, { kind: 'window' }>;
type Ask = (query: Readonly<Record<string, unknown>>) => Promise<Page<unknown, unknown>>;

async function* byCursor(ask: Ask, { cursor, from, limit }: Cursor, start: Readonly<Record<string, unknown>>) {
  let query = start;
  for (;;) {
    const page = await ask(query);
    const { rows } = page;
    if (rows.length === 0) return;
    yield page;
    const next = valueAt(rows.at(-1), from);
    // A provider that answers the same cursor again would keep us here for ever. Nothing is less than no limit (NaN).
    if ((next ?? query[cursor]) === query[cursor] || rows.length < Number(query[limit ?? ''])) return;
    query = { ...query, [cursor]: next };
  }
}

async function* byWindow(ask: Ask, { min, max, size }: Window, start: Readonly<Record<string, unknown>>) {
  const last = Number(start[max] ?? Infinity);
  for (let first = Number(start[min] ?? 1); first <= last; first += size) {
    const end = Math.min(first + size - 1, last);
    const page = await ask({ ...start, [min]: first, [max]: end });
    if (page.rows.length > 0) yield page;
    if (page.rows.length < end - first + 1) return;
  }
}

const pagesOf =
  (ctx: Context, handle: OperationHandle, page: PageDescriptor) =>
  (input: CallInput = {}, options: CallOptions = {}): AsyncGenerator<Page<unknown, unknown>> => {
    const ask: Ask = async (query) => {
      const { outcome } = await perform(ctx, handle, { ...input, query }, options);
      if (outcome.error) throw outcome.error;
      const rows = valueAt(outcome.body, page.items);
      return { data: outcome.data, rows: Array.isArray(rows) ? rows : [] };
    };
    const start = input.query ?? {};
    return page.kind === 'cursor' ? byCursor(ask, page, start) : byWindow(ask, page, start);
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
