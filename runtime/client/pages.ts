import { type PageInput, toPointer, valueAt, withValueAt } from '../contract/index.ts';
import type { Call, CallArguments, CallError, OperationHandle } from './call.ts';
import { perform } from './engine.ts';
import { ValidationError } from './errors/index.ts';
import type { Shown, Tools } from './next-page.ts';
import type { CallOptions } from './options.ts';
import { errorContext } from './run.ts';
import type { CallInput, Context, Feature, Run } from './types.ts';

/** One page: the whole data of its response, and its rows. A page may have no rows. */
export type Page<D, Row> = { readonly data: D; readonly rows: readonly Row[] };

/** Options of the whole iteration. They apply to each request for a page. */
export type PageOptions = CallOptions & {
  /** Maximum number of pages to request. Default: all. */
  readonly maxPages?: number | undefined;
};

type PageArguments<I> =
  CallArguments<I> extends [input?: infer Input, options?: unknown]
    ? Record<never, never> extends I
      ? [input?: Input, options?: PageOptions | undefined]
      : [input: I, options?: PageOptions | undefined]
    : [input: I, options?: PageOptions | undefined];

/**
 * An operation that returns rows in pages (`x-cs-page`). A page is requested when its first row is needed. A failed
 * request is retried like any call of the operation, and its error is thrown. A response that leads to a page that was
 * already requested is a `ValidationError`.
 *
 * @example
 * ```ts
 * import { createPlattrClient } from '@countersign/plattr';
 *
 * const client = createPlattrClient();
 * for await (const mail of client.listMails.rows({ query: { limit: 50 } }, { maxPages: 10 })) console.log(mail.id);
 * ```
 */
export type PagedCall<I, D, E = CallError, Row = unknown> = Call<I, D, E> & {
  /**
   * Iterates over all rows from the position of the input. Requests further pages as needed. Throws the error of the
   * call.
   */
  rows(...args: PageArguments<I>): AsyncIterableIterator<Row>;
  /** An alias of `rows`. */
  each(...args: PageArguments<I>): AsyncIterableIterator<Row>;
  /** Iterates over pages: one for each response, including responses without rows. */
  pages(...args: PageArguments<I>): AsyncIterableIterator<Page<D, Row>>;
};

function rejectResponse(run: Run, ...[pointer, type, message]: Parameters<Shown['reject']>): never {
  throw new ValidationError('response', [{ pointer, type, message }], errorContext(run));
}

/**
 * Returns the URL of the next page. It must have the same host, because the request contains the caller's credentials.
 */
function targetOf(run: Run, url: string): string {
  const next = URL.parse(url, run.state.url);
  if (next?.origin === new URL(run.state.url).origin && !next.username && !next.password) {
    next.hash = '';
    return next.href;
  }
  const message = `the URL of the next page has the origin ${next ? next.origin : '(no URL)'}, expected ${new URL(run.state.url).origin}`;
  return rejectResponse(run, '/next', 'string', message);
}

const pointerOf = (place: PageInput): string => (place.startsWith('/') ? place : toPointer(['query', place]));

const tools: Tools = {
  read: (input, place) => valueAt(input, pointerOf(place)),
  write: (input, place, value) => withValueAt(input, pointerOf(place), value) as CallInput,
  valueAt,
};

/** A link is always requested by GET, regardless of the method of the first page (RFC 8288, section 1). */
function following(handle: OperationHandle): OperationHandle {
  const { body: _, ...operation } = handle.operation;
  return operation.method === 'GET' ? handle : { ...handle, operation: { ...operation, method: 'GET', retry: 'safe' } };
}

const pagesOf = (ctx: Context, handle: OperationHandle) =>
  async function* (
    input: CallInput = {},
    { maxPages = Infinity, ...options }: PageOptions = {},
  ): AsyncGenerator<Page<unknown, unknown>> {
    const { page } = handle.operation;
    if (!page) return;
    // The first page loads this code, so a browser client without pages does not load it.
    const { firstStep, nextStep, remember } = await import('./next-page.ts');
    const requested = new Set<string>();
    let seen = 0;
    let shown: Shown | undefined;
    for (let step = firstStep(page, input, tools), count = 0; step && count < maxPages; count += 1) {
      remember(requested, page, step, shown);
      const { url: target } = step;
      const { run, outcome } =
        target === undefined
          ? await perform(ctx, handle, step.input, options)
          : await perform(ctx, following(handle), { ...step.input, body: undefined }, options, { target });
      if (outcome.error) throw outcome.error;
      if (run.operation.method === 'GET') requested.add(run.state.url);
      const found = valueAt(outcome.body, page.items);
      const rows: readonly unknown[] = Array.isArray(found) ? found : [];
      seen += rows.length;
      yield { data: outcome.data, rows };
      const { response } = run.state;
      const reject = (...issue: Parameters<Shown['reject']>) => rejectResponse(run, ...issue);
      shown = { ...tools, body: outcome.body, headers: response?.headers, rows, seen, reject };
      const next = nextStep(page, input, step, shown);
      step = next?.url === undefined ? next : { ...next, url: targetOf(run, next.url) };
    }
  };

/** `rows`, `each` and `pages` on operations with `x-cs-page`. */
export const paging: Feature = {
  extend(ctx, handle) {
    if (!handle.operation.page) return {};
    const pages = pagesOf(ctx, handle);
    const rows = async function* (...args: Parameters<typeof pages>) {
      for await (const page of pages(...args)) yield* page.rows;
    };
    return { rows, each: rows, pages };
  },
};
