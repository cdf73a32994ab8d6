import type { Claims } from './store/claims.ts';

/** What moonpacket's receiver finds in `context.services`: rules and users of the game, from wherever it keeps them. */
export type Services = { readonly claims: Pick<Claims, 'rules' | 'attributes'> };
