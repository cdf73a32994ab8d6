import type { Call, Delivery } from '../call.ts';
import type { Refusal } from '../refusal.ts';

/** Who the caller is by one scheme; boxed, so that no identity can be taken for a refusal. */
export type Known = { readonly identity: unknown; readonly delivery?: Delivery };

/** Result of a check: who calls, or a refusal. */
export type Outcome = Known | Refusal | PromiseLike<Known | Refusal>;

/** One security scheme, ready to be asked of a call. */
export type SchemeCheck = (call: Call) => Outcome;
