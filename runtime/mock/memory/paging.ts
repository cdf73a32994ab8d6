import { type PageDescriptor, toPointer, valueAt } from '../../contract/index.ts';
import type { ExampleInput } from '../types.ts';
import type { Item } from './collections.ts';
import { type PagePlaces, type Place, readPlace } from './page-places.ts';

/** The items of a list that are returned, and their position. */
export type Page = {
  readonly items: readonly Item[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  /** Cursor of the next page. Undefined on the last page. */
  readonly next: string | undefined;
  /** Values of the request for the next page, by their locations. Undefined on the last page. */
  readonly following: PageRequest | undefined;
  /** Values of the request for the previous page. Undefined on the first page, and if only a cursor selects pages. */
  readonly before: PageRequest | undefined;
};

/** Values at locations of a request. */
export type PageRequest = readonly (readonly [place: Place, value: string | number])[];

/**
 * Returns the text that identifies the position of an item in a list: its id, or the value that the contract uses as a
 * cursor.
 */
type CursorOf = (item: Item) => string;

/** Returns the page that a request selects. */
export function pageOf(all: readonly Item[], input: ExampleInput, places: PagePlaces, cursorOf: CursorOf): Page {
  const read = (place: Place | undefined): number | undefined => wholeOf(readPlace(input, place));
  const cursor = readPlace(input, places.cursor);
  const { window } = places;
  const from = window ? Math.max(1, read(window.min) ?? 1) : 1;
  const limit = window
    ? Math.max(1, Math.min(window.size, (read(window.max) ?? Number.POSITIVE_INFINITY) - from + 1))
    : (read(places.limit) ?? Math.max(all.length, 1));
  const number = read(places.page);
  const position = read(places.offset);
  const isByCursor = cursor !== undefined && cursor !== null && cursor !== '';
  const offset = window
    ? from - 1
    : isByCursor
      ? all.findIndex((item) => cursorOf(item) === String(cursor)) + 1
      : position !== undefined
        ? Math.max(0, position - places.firstOffset)
        : number === undefined
          ? 0
          : Math.max(0, number - places.firstPage) * limit;
  const items = all.slice(offset, offset + limit);
  const last = items.at(-1);
  const isMore = last !== undefined && offset + items.length < all.length;
  const page = { items, total: all.length, limit, offset, next: isMore ? cursorOf(last) : undefined };
  const isCounted = !isByCursor && (position ?? number) !== undefined;
  return {
    ...page,
    following: isMore ? requestOf(places, page, offset + limit, isCounted) : undefined,
    before: offset > 0 && !isByCursor ? requestOf(places, page, Math.max(0, offset - limit), true) : undefined,
  };
}

/**
 * Creates the request for the page that begins at an offset. It uses the location that this request used, or else a
 * cursor.
 */
function requestOf(
  { cursor, page, offset, window, firstPage, firstOffset }: PagePlaces,
  { limit, next }: Pick<Page, 'limit' | 'next'>,
  start: number,
  isCounted: boolean,
): PageRequest | undefined {
  if (window)
    return [
      [window.min, start + 1],
      [window.max, start + limit],
    ];
  if (cursor && !isCounted && next !== undefined) return [[cursor, next]];
  if (offset) return [[offset, start + firstOffset]];
  return page && [[page, Math.floor(start / limit) + firstPage]];
}

const wholeOf = (value: unknown): number | undefined => {
  const number = value === undefined || value === null || value === '' ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};

/** Returns the cursor of an item. A cursor is the id of the last returned item, or the value that `x-cs-page` names. */
export function cursorOf(ids: readonly string[], descriptor: PageDescriptor | undefined): CursorOf {
  const from = descriptor?.kind === 'cursor' ? descriptor.from : undefined;
  return (item) => (from === undefined ? idOf(item, ids) : String(valueAt(item, from) ?? ''));
}

/** The URL of a request with the values of a different page. Undefined if the URL does not contain them. */
export function pageUrl(url: string, request: PageRequest | undefined): string | undefined {
  if (!request?.every(([{ pointer }]) => pointer.startsWith('/query/'))) return undefined;
  const target = new URL(url);
  for (const [{ pointer }, value] of request) {
    const [name = '', inner] = pointer.split('/').slice(2).map(unescaped);
    target.searchParams.set(inner === undefined ? name : `${name}[${inner}]`, String(value));
  }
  return target.href;
}

const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** The id of an item as a text. */
export function idOf(item: Item, ids: readonly string[]): string {
  const name = ids.find((each) => item[each] !== undefined);
  return name === undefined ? '' : String(item[name]);
}

/** Returns the items with the values that a query contains. */
export function filterBy(
  all: readonly Item[],
  query: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  paging: ReadonlySet<string>,
): readonly Item[] {
  const filters = Object.entries(query).filter(([name]) => known.has(name) && !paging.has(name));
  return all.filter((item) =>
    filters.every(([name, value]) => {
      const wanted = (Array.isArray(value) ? value : [value]).map(String);
      const own = valueAt(item, toPointer([name]));
      return own === undefined || typeof own === 'object' || wanted.includes(String(own));
    }),
  );
}
