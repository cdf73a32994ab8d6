import type { Feature } from '../client/index.ts';
import { hasOAuth } from './settings.ts';

/** Gets tokens of OAuth 2 (RFC 6749). Its code is loaded with the first call that needs a token. */
export const oauth: Feature = {
  oauth: {
    has: hasOAuth,
    load: async (ctx) => (await import('./token-source.ts')).createTokenSource(ctx),
  },
};
