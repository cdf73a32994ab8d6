import type { Call } from '../call.ts';
import type { Refusal } from '../refusal.ts';

/** Who the caller is by one scheme; boxed, so that no identity can be taken for a refusal. */
export type Known = { readonly identity: unknown };

/** One security scheme, ready to be asked of a call. */
export type SchemeCheck = (call: Call) => Known | Refusal | Promise<Known | Refusal>;

export const ANYONE: Known = { identity: true };
