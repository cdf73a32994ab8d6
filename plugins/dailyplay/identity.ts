import type { HandlerContext } from '@countersign/runtime/server';
import type { ClerkUser } from './clerk.ts';
import type { Services } from './services.ts';
import type { ApiKeyRow } from './store/api-keys.ts';

type Context = Pick<HandlerContext<Services>, 'identity'>;

/** The key that a call came with; only for operations whose security asks for it. */
export const apiKeyOf = ({ identity }: Context): ApiKeyRow => identity.apiKey as ApiKeyRow;

/** The dashboard user; only for operations whose security asks for a Clerk token. */
export const clerkUserOf = ({ identity }: Context): ClerkUser => identity.clerkToken as ClerkUser;
