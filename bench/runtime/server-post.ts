import { api, getGameList, operations } from '../../generated/dicey-fun/src/operations.ts';
import type { DiceyFunHandlers } from '../../generated/dicey-fun/src/server.ts';
import { byOperation as validators } from '../../generated/dicey-fun/src/validators.ts';
import { createServer, type Server } from '../../runtime/server/index.ts';
import { hmac, recipe, scheme } from './hmac-scheme.ts';
import { credentials, games } from './server-data.ts';

/** Dicey Fun's `getGameList` with an HMAC over body, timestamp and nonce, by a signer or by a recipe. */
export function createPost(by: 'signer' | 'recipe'): Server {
  const described = { ...api, securitySchemes: { hmac: by === 'recipe' ? { ...scheme, recipe } : scheme } };
  const signed = { ...operations, getGameList: { ...getGameList, security: [['hmac']] } };
  return createServer<Partial<DiceyFunHandlers>, unknown, typeof described>(
    { api: described, operations: signed, validators, signers: { hmac } },
    { security: { hmac: credentials }, handlers: { getGameList: () => ({ data: { game_list: games } }) } },
  );
}
