import type { PageDescriptor } from '../../contract/index.ts';
import type { Item } from './collections.ts';

/** Which items of a list are returned, and their position. */
export type Page = {
  readonly items: readonly Item[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
};

type Query = Readonly<Record<string, unknown>>;

const LIMIT = /^(limit|per_?page|page_?(size|limit)|size|count|take|max_?results|first|top)$/i;
const OFFSET = /^(offset|skip|start|from)$/i;
const PAGE = /^(page|page_?(number|no|index))$/i;
const CURSOR = /^((next_?)?cursor|after|starting_?after|(next_?)?page_?token|continuation_?token|marker)$/i;

/** Names of parameters that select a page of a list. */
const isPaging = (name: string): boolean => [LIMIT, OFFSET, PAGE, CURSOR].some((test) => test.test(name));

/** The page that a query selects. @param firstPage 0 if pages are counted from 0 */
export function pageOf(
  all: readonly Item[],
  query: Query,
  {
    descriptor,
    ids,
    firstPage,
  }: { readonly descriptor: PageDescriptor | undefined; readonly ids: readonly string[]; readonly firstPage: number },
): Page {
  const named = (test: RegExp): unknown => Object.entries(query).find(([name]) => test.test(name))?.[1];
  const cursor = descriptor?.kind === 'cursor' ? query[descriptor.cursor] : named(CURSOR);
  const asked = descriptor?.kind === 'cursor' && descriptor.limit ? query[descriptor.limit] : named(LIMIT);
  const limit = wholeOf(asked) ?? Math.max(all.length, 1);
  const page = wholeOf(named(PAGE));
  const offset =
    cursor !== undefined
      ? afterCursor(all, String(cursor), ids)
      : (wholeOf(named(OFFSET)) ?? (page === undefined ? 0 : Math.max(0, page - firstPage) * limit));
  const items = all.slice(offset, offset + limit);
  const last = items.at(-1);
  const isMore = offset + items.length < all.length;
  return { items, total: all.length, limit, offset, next: isMore && last ? idOf(last, ids) : undefined };
}

const wholeOf = (value: unknown): number | undefined => {
  const number = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};

/** A cursor is the id of the last item that was returned. */
function afterCursor(all: readonly Item[], cursor: string, ids: readonly string[]): number {
  return all.findIndex((item) => idOf(item, ids) === cursor) + 1;
}

/** An item's id as a text. */
export function idOf(item: Item, ids: readonly string[]): string {
  const name = ids.find((each) => item[each] !== undefined);
  return name === undefined ? '' : String(item[name]);
}

/** Items with the same values in the properties that a query names. */
export function filterBy(all: readonly Item[], query: Query, known: ReadonlySet<string>): readonly Item[] {
  const filters = Object.entries(query).filter(([name]) => known.has(name) && !isPaging(name));
  return all.filter((item) =>
    filters.every(([name, value]) => {
      const wanted = (Array.isArray(value) ? value : [value]).map(String);
      return item[name] === undefined || typeof item[name] === 'object' || wanted.includes(String(item[name]));
    }),
  );
}

/** Whether an object of this name beside a list describes the page of the list. */
export const isPageObject = (name: string): boolean =>
  /^(meta|metadata|responsemetadata|page|pageinfo|paging|pagination|cursors?)$/.test(
    name.replace(/[^A-Za-z]/g, '').toLowerCase(),
  );

/** Properties of a body that describe its page, by name. */
export function pageMembers(names: Iterable<string>, { items, total, limit, offset, next }: Page, firstPage: number) {
  const found: Record<string, unknown> = {};
  for (const name of names) {
    const plain = name.replace(/[^A-Za-z]/g, '').toLowerCase();
    if (/^(total|totalcount|totalitems|totalresults|totalelements|totalrows)$/.test(plain)) found[name] = total;
    else if (/^(count|resultcount|numberofelements)$/.test(plain)) found[name] = items.length;
    else if (/^(limit|perpage|pagesize|size)$/.test(plain)) found[name] = limit;
    else if (/^(offset|skip)$/.test(plain)) found[name] = offset;
    else if (/^(page|pagenumber|currentpage)$/.test(plain)) found[name] = Math.floor(offset / limit) + firstPage;
    else if (/^(pages|totalpages|pagecount|lastpage)$/.test(plain)) found[name] = Math.ceil(total / limit);
    else if (/^(hasmore|hasnext|hasnextpage|more)$/.test(plain)) found[name] = next !== undefined;
    else if (/^(next|nextcursor|cursor|nextpagetoken|nexttoken|endcursor)$/.test(plain)) found[name] = next ?? null;
  }
  return found;
}
