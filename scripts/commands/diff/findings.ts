import type { Api } from '../../model/types.ts';
import { asCode } from './as-code.ts';
import type { NormalSchema } from './normal-form.ts';
import type { Both } from './types.ts';

/**
 * The effect of a change on the values that a schema accepts. `narrows`: fewer; `widens`: more; `adds`: a new optional
 * property; `removes`: a property that programs may name; `loses`: a value that programs may name; `fills`: a different
 * default; `unclear`: no rule can decide.
 */
export type Effect = 'narrows' | 'widens' | 'adds' | 'removes' | 'loses' | 'fills' | 'unclear' | 'words';

/** Without a text: the same difference was reported at another place. */
export type Finding = { readonly effect: Effect; readonly text: string };

/** `out`: the caller sends the value. `in`: the caller reads it. */
export type Direction = 'out' | 'in';

/**
 * Compares the schemas of a value in two documents. All schemas of a list must accept the value; an empty list accepts
 * any value.
 */
export type Compare = (before: readonly unknown[], after: readonly unknown[], at: string) => readonly Finding[];

/** The context of the comparison of two nodes. */
export type Comparison = {
  readonly apis: Both<Api>;
  readonly goes: Direction;
  /** Nothing is skipped, not even properties of the other direction: the schema is exported as it is. */
  readonly whole: boolean;
  readonly compare: Compare;
  /** Compares without reporting, so that the findings may still be reported later. */
  readonly probe: Compare;
  readonly old: (holding: readonly unknown[]) => NormalSchema;
  readonly now: (holding: readonly unknown[]) => NormalSchema;
};

/** A place within a body, as people write it. */
export const place = (at: string): string => (at === '' ? 'the value' : asCode(at));
/** Whether a direction does not contain a property: requests contain no readOnly ones, responses no writeOnly ones. */
export const isHidden = ({ readOnly, writeOnly }: NormalSchema, { goes, whole }: Comparison): boolean =>
  !whole && (goes === 'out' ? readOnly : writeOnly);

/** The place of a property within a body. */
export const member = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);
