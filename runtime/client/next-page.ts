import type { JsonPointer, PageDescriptor, PageInput, PageSource } from '../contract/index.ts';
import { linkOf } from './link-header.ts';
import type { CallInput } from './types.ts';

// The first page loads this file. Functions of the client are arguments, so that bundlers put this file into its own
// chunk.

/** The functions of the client that pages use. They read values of an input and of a response body. */
export type Tools = {
  readonly read: (input: CallInput, place: PageInput) => unknown;
  readonly write: (input: CallInput, place: PageInput, value: unknown) => CallInput;
  readonly valueAt: (value: unknown, pointer: JsonPointer) => unknown;
};

/** The request for a page: an input, or the URL from the provider's response. */
export type Step = { readonly input: CallInput; readonly url?: string };

/** The information in a response about the next page. */
export type Shown = Tools & {
  readonly body: unknown;
  readonly headers: Pick<Headers, 'get'> | undefined;
  readonly rows: readonly unknown[];
  /** Number of rows in this page and the pages before it. */
  readonly seen: number;
  /** Throws the error of a response that contradicts itself. */
  readonly reject: (pointer: JsonPointer, type: string, message: string) => never;
};

type Of<Kind extends PageDescriptor['kind']> = Extract<PageDescriptor, { kind: Kind }>;
type Last = Pick<Of<'cursor'>, 'more' | 'done' | 'total'>;

const found = ({ body, headers, valueAt }: Shown, source: PageSource): unknown =>
  typeof source === 'string' ? valueAt(body, source) : headers?.get(source.header);

/** The value as a number. A missing value is NaN, which is neither less nor more than any number. */
const numberOf = (value: unknown): number => (value === '' ? Number.NaN : Number(value ?? Number.NaN));

/** Whether a value marks the end of a list: APIs use null, an empty text, false or 0. */
const isNone = (value: unknown): boolean => !value || value === '0' || value === 'false';

const isLast = (page: Last, shown: Shown, seen = shown.seen): boolean =>
  (page.more !== undefined && isNone(found(shown, page.more))) ||
  (page.done !== undefined && !isNone(found(shown, page.done))) ||
  (page.total !== undefined && seen >= numberOf(found(shown, page.total)));

/** Whether the response states that more rows follow. An empty page is then not the end. */
const saysMore = (page: Last, shown: Shown): boolean => {
  const done = page.done === undefined ? undefined : found(shown, page.done);
  return (
    (page.more !== undefined && !isNone(found(shown, page.more))) ||
    (done !== undefined && done !== null && isNone(done))
  );
};

/** Whether a page has fewer rows than requested. It is then the last one, if no other field marks the end. */
const isShort = (input: CallInput, limit: PageInput | undefined, { rows, read }: Shown): boolean =>
  limit !== undefined && rows.length < numberOf(read(input, limit));

function afterCursor(page: Of<'cursor'>, { input }: Step, shown: Shown): CallInput | undefined {
  const { cursor, from, next, limit } = page;
  if (isLast(page, shown)) return undefined;
  if (next !== undefined) {
    const value = found(shown, next);
    return isNone(value) ? undefined : shown.write(input, cursor, value);
  }
  const value = shown.valueAt(shown.rows.at(-1), from ?? '') ?? undefined;
  const isStated = (page.more ?? page.done ?? page.total) !== undefined;
  if (value === undefined && saysMore(page, shown))
    shown.reject(
      `${page.items}/${Math.max(0, shown.rows.length - 1)}${from ?? ''}`,
      'undefined',
      'the response says that more rows follow, but has no cursor for them: expected a row with one',
    );
  if (value === undefined || (!isStated && isShort(input, limit, shown))) return undefined;
  return shown.write(input, cursor, value);
}

function afterNumber(page: Of<'number'>, { input }: Step, shown: Shown): CallInput | undefined {
  const { first = 1, next, pages, limit } = page;
  const { read, write } = shown;
  const number = numberOf(read(input, page.page) ?? first);
  if (next !== undefined) {
    const value = found(shown, next);
    return isNone(value) || isLast(page, shown) ? undefined : write(input, page.page, numberOf(value));
  }
  const size = limit === undefined ? Number.NaN : numberOf(read(input, limit));
  const before = (number - first) * size;
  const seen = Number.isNaN(before) ? shown.seen : before + shown.rows.length;
  if ((shown.rows.length === 0 && !saysMore(page, shown)) || isLast(page, shown, seen)) return undefined;
  if (pages !== undefined && number - first + 1 >= numberOf(found(shown, pages))) return undefined;
  const stated = page.more ?? page.done ?? page.total ?? pages;
  return stated === undefined && isShort(input, limit, shown) ? undefined : write(input, page.page, number + 1);
}

function afterOffset(page: Of<'offset'>, { input }: Step, shown: Shown): CallInput | undefined {
  const { offset, first = 0, limit } = page;
  const { read, write } = shown;
  const next = numberOf(read(input, offset) ?? first) + shown.rows.length;
  if ((shown.rows.length === 0 && !saysMore(page, shown)) || isLast(page, shown, next - first)) return undefined;
  const stated = page.more ?? page.done ?? page.total;
  return stated === undefined && isShort(input, limit, shown) ? undefined : write(input, offset, next);
}

/** Returns the input for a window of positions that begins at `from`. */
function windowFrom(
  { read, write }: Tools,
  { min, max, size }: Of<'window'>,
  start: CallInput,
  from: number,
): CallInput | undefined {
  const last = numberOf(read(start, max) ?? Infinity);
  return from > last ? undefined : write(write(start, min, from), max, Math.min(from + size - 1, last));
}

function afterWindow(page: Of<'window'>, given: CallInput, { input }: Step, shown: Shown): CallInput | undefined {
  const { read, rows } = shown;
  const from = numberOf(read(input, page.max)) + 1;
  return rows.length < from - numberOf(read(input, page.min)) ? undefined : windowFrom(shown, page, given, from);
}

/** The request for the first page. */
export function firstStep(page: PageDescriptor, input: CallInput, tools: Tools): Step | undefined {
  if (page.kind !== 'window') return { input };
  const first = windowFrom(tools, page, input, numberOf(tools.read(input, page.min) ?? 1));
  return first && { input: first };
}

/**
 * The request for the next page; undefined if there is none.
 *
 * @param given the caller's input
 */
export function nextStep(page: PageDescriptor, given: CallInput, step: Step, shown: Shown): Step | undefined {
  switch (page.kind) {
    case 'link': {
      const url = linkOf(shown.headers?.get('link') ?? '', page.rel ?? 'next');
      return url === undefined ? undefined : { input: given, url };
    }
    case 'url': {
      const url = found(shown, page.next);
      return isNone(url) || isLast(page, shown) ? undefined : { input: given, url: String(url) };
    }
    case 'window':
      return inputStep(afterWindow(page, given, step, shown));
    case 'number':
      return inputStep(afterNumber(page, step, shown));
    case 'offset':
      return inputStep(afterOffset(page, step, shown));
    case 'cursor':
      return inputStep(afterCursor(page, step, shown));
  }
}

/**
 * Adds a request to the requests that were made. Requesting the same page again would never end.
 * @throws by `reject`, if the page was requested before
 */
export function remember(requested: Set<string>, page: PageDescriptor, { input, url }: Step, shown?: Shown): void {
  const key = url ?? JSON.stringify(input, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  if (requested.has(key)) {
    const { next } = { next: undefined, ...page };
    const pointer = typeof next === 'string' ? next : next ? `/headers/${next.header}` : placeOf(page);
    shown?.reject(pointer, 'string', 'the response leads to a page that was already requested: expected a new one');
  }
  requested.add(key);
}

const placeOf = ({ kind, items }: PageDescriptor): JsonPointer => (kind === 'link' ? '/headers/link' : items);

const inputStep = (input: CallInput | undefined): Step | undefined => input && { input };
