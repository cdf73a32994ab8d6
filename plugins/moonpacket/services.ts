import type { Claims } from './store/claims.ts';

/** The services of moonpacket's receiver in `context.services`: rules and users of the game, from any source. */
export type Services = { readonly claims: Pick<Claims, 'rules' | 'attributes'> };
