import type { Call, Delivery } from '../call.ts';
import type { Refusal } from '../refusal.ts';

/**
 * The identity of a caller according to one scheme. It is wrapped, so that an identity cannot be confused with a
 * rejection.
 */
export type Known = { readonly identity: unknown; readonly delivery?: Delivery };

/** Result of a check: an identity, or a rejection. */
export type Outcome = Known | Refusal | PromiseLike<Known | Refusal>;

/** One security scheme, compiled to a check of calls. */
export type SchemeCheck = (call: Call) => Outcome;
