import type { Keeper } from '@countersign/runtime/store';
import { makeToken } from './secrets.ts';

/** What the sandbox's game and its demo device carry: made on first start, kept. */
export async function keepCredentials(keeper: Keeper) {
  return {
    appKey: await keeper.keep('app-key', () => `demo-${makeToken()}`),
    deviceUuid: await keeper.keep('device-uuid', () => crypto.randomUUID()),
  };
}
