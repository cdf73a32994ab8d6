import type { Keeper } from '@countersign/runtime/store';
import { makeToken } from './secrets.ts';

/** The values of the sandbox's game and its demo device, created on first start and kept. */
export async function keepCredentials(keeper: Keeper) {
  return {
    appKey: await keeper.keep('app-key', () => `demo-${makeToken()}`),
    deviceUuid: await keeper.keep('device-uuid', () => crypto.randomUUID()),
  };
}
