import type { HandlerContext } from '@countersign/runtime/server';
import type { ClerkUser } from './clerk.ts';
import type { Services } from './services.ts';
import type { ApiKeyRow } from './store/api-keys.ts';

type Context = Pick<HandlerContext<Services>, 'identity'>;

/** The API key of a call. Only for operations whose security requires it. */
export const apiKeyOf = ({ identity }: Context): ApiKeyRow => identity['apiKey'] as ApiKeyRow;

/** The dashboard user. Only for operations whose security requires a Clerk token. */
export const clerkUserOf = ({ identity }: Context): ClerkUser => identity['clerkToken'] as ClerkUser;
