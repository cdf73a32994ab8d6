import type { JsonObject } from '../../common/document/pointer.ts';

/** Whether a value is valid. `unknown`: a full validator must decide. */
export type Verdict = 'valid' | 'invalid' | 'unknown';

/** A schema, and what its references are relative to. */
export type Placed = { readonly schema: unknown; readonly base: string };

/** How schemas are read. */
export type Reading = {
  /** The target of a reference; undefined if there is none. */
  readonly resolve: (reference: string, base: string) => Placed | undefined;
  /** A property that a schema with `properties` does not name may be an error: the verdict is `unknown`. */
  readonly closed: boolean;
  /** Whether a value matches a format; undefined if formats are not checked. */
  readonly matches?: (format: string, value: unknown) => boolean;
};

/** A value, and the place of its schema. */
export type Spot = {
  readonly value: unknown;
  readonly schema: JsonObject;
  readonly check: (value: unknown, schema: unknown) => Verdict;
  /** Checks the same value against an alternative, which may omit properties that the schema around it names. */
  readonly choose: (alternative: unknown) => Verdict;
  /** Checks the same value against a part of `allOf`, or against the target of one. */
  readonly combine: (part: unknown) => Verdict;
  readonly follow: (reference: string) => Verdict;
  readonly reading: Reading;
  /** `closed` of the reading, if it applies to this schema. */
  readonly closed: boolean;
};

/** The verdict of one keyword; its operand comes from a document and may have any form. */
export type Keyword = (spot: Spot, operand: unknown) => Verdict;

/** Valid if all are. One that is certainly invalid decides. */
export function every<Item>(items: Iterable<Item>, judge: (item: Item) => Verdict): Verdict {
  let verdict: Verdict = 'valid';
  for (const item of items) {
    const one = judge(item);
    if (one === 'invalid') return 'invalid';
    if (one === 'unknown') verdict = 'unknown';
  }
  return verdict;
}
