import type { JsonPointer } from './values.ts';

/** A query parameter's name, or a JSON Pointer into the input such as `/body/start_cursor`. */
export type PageInput = string;

/** The location of a value in a response: a pointer into the body, or a header. */
export type PageSource = JsonPointer | { readonly header: string };

/** The values by which the last page is recognised. */
type Last = {
  /** A boolean in the body that is true if there are more pages. */
  readonly more?: JsonPointer;
  /** A boolean in the body that is true on the last page. */
  readonly done?: JsonPointer;
  /** The total number of rows. */
  readonly total?: PageSource;
};

/** How an operation is paged (`x-cs-page`). `items`: the rows in the response body. */
export type PageDescriptor = { readonly items: JsonPointer } & (
  | ({
      readonly kind: 'cursor';
      /** The input for the cursor. */
      readonly cursor: PageInput;
      /** Pointer to the next cursor in the last row. */
      readonly from?: JsonPointer;
      /** The next cursor in the response. */
      readonly next?: PageSource;
      readonly limit?: PageInput;
    } & Last)
  | ({
      readonly kind: 'number';
      /** The input for the number of the page. */
      readonly page: PageInput;
      /** The number of the first page. Default 1. */
      readonly first?: number;
      /** The number of the next page in the response. */
      readonly next?: PageSource;
      /** The number of pages in the response. */
      readonly pages?: PageSource;
      readonly limit?: PageInput;
    } & Last)
  | ({
      readonly kind: 'offset';
      /** The input for the number of rows to skip. */
      readonly offset: PageInput;
      /** The position of the first row. Default 0. */
      readonly first?: number;
      readonly limit?: PageInput;
    } & Last)
  | {
      readonly kind: 'link';
      /** The relation type of the link in the header `Link` (RFC 8288). Default `next`. */
      readonly rel?: string;
    }
  | ({
      readonly kind: 'url';
      /** The URL of the next page in the response. */
      readonly next: PageSource;
    } & Pick<Last, 'more' | 'done'>)
  | {
      readonly kind: 'window';
      readonly min: string;
      readonly max: string;
      readonly size: number;
    }
);
