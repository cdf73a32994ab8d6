import { asCode } from './as-code.ts';
import type { NormalSchema } from './normal-form.ts';

/**
 * What a change does to the values that a schema accepts. `narrows`: fewer; `widens`: more; `adds`: a member that may be
 * left out; `removes`: a member that programs may name; `loses`: a value that programs may name; `fills`: another value
 * stands for a member that is left out; `unclear`: no rule can decide.
 */
export type Effect = 'narrows' | 'widens' | 'adds' | 'removes' | 'loses' | 'fills' | 'unclear' | 'words';

/** Without a text: the same difference was reported at another place. */
export type Finding = { readonly effect: Effect; readonly text: string };

/** `out`: the caller sends the value; `in`: the caller reads it. */
export type Direction = 'out' | 'in';

/** Compares what holds of a value in two documents: schemas that must all accept it, none for any value. */
export type Compare = (before: readonly unknown[], after: readonly unknown[], at: string) => readonly Finding[];

/** What the comparison of two nodes needs of the comparison as a whole. */
export type Comparison = {
  readonly goes: Direction;
  /** Nothing is left out, whatever travels the other way alone: the schema is exported as it is. */
  readonly whole: boolean;
  readonly compare: Compare;
  /** Compares without reporting: what it finds may be reported again. */
  readonly probe: Compare;
  readonly old: (holding: readonly unknown[]) => NormalSchema;
  readonly now: (holding: readonly unknown[]) => NormalSchema;
};

/** A place within a body, as people write it. */
export const place = (at: string): string => (at === '' ? 'the value' : asCode(at));
/** The place of a member within a body. */
export const member = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);
