import type { JsonPointer } from './values.ts';

/** A query parameter's name, or a JSON Pointer into the input such as `/body/start_cursor`. */
export type PageInput = string;

/** A member of the response body, or a header of the response. */
export type PageSource = JsonPointer | { readonly header: string };

/** What says that a page is the last one. */
type Last = {
  /** A boolean of the body that is true while there are more pages. */
  readonly more?: JsonPointer;
  /** A boolean of the body that is true on the last page. */
  readonly done?: JsonPointer;
  /** How many rows there are in all. */
  readonly total?: PageSource;
};

/** How an operation is paged (`x-cs-page`). `items`: where the rows are in the response body. */
export type PageDescriptor = { readonly items: JsonPointer } & (
  | ({
      readonly kind: 'cursor';
      /** What takes the cursor. */
      readonly cursor: PageInput;
      /** Where the last row holds the next cursor. */
      readonly from?: JsonPointer;
      /** Where the response holds the next cursor. */
      readonly next?: PageSource;
      readonly limit?: PageInput;
    } & Last)
  | ({
      readonly kind: 'number';
      /** What takes the number of the page. */
      readonly page: PageInput;
      /** The number of the first page. Default 1. */
      readonly first?: number;
      /** Where the response holds the number of the next page. */
      readonly next?: PageSource;
      /** Where the response holds the number of pages. */
      readonly pages?: PageSource;
      readonly limit?: PageInput;
    } & Last)
  | ({
      readonly kind: 'offset';
      /** What takes the number of rows to leave out. */
      readonly offset: PageInput;
      /** The position of the first row. Default 0. */
      readonly first?: number;
      readonly limit?: PageInput;
    } & Last)
  | {
      readonly kind: 'link';
      /** Of the link in the header `Link` (RFC 8288). Default `next`. */
      readonly rel?: string;
    }
  | ({
      readonly kind: 'url';
      /** Where the response holds the URL of the next page. */
      readonly next: PageSource;
    } & Pick<Last, 'more' | 'done'>)
  | {
      readonly kind: 'window';
      readonly min: string;
      readonly max: string;
      readonly size: number;
    }
);
