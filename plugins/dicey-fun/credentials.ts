import type { Keeper } from '@countersign/runtime/store';

const hex = (bytes: number): string => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');

/** The values of the sandbox's merchant, created on first start and kept. */
export async function keepCredentials(keeper: Keeper) {
  return {
    agentId: await keeper.keep('agent-id', () => hex(16)),
    secret: await keeper.keep('secret', () => hex(16)),
    apiKey: await keeper.keep('api-key', () => `demo-${hex(16)}`),
  };
}

/** Signs auth-tokens. */
export async function keepTokenSecret(keeper: Keeper): Promise<Uint8Array> {
  return Buffer.from(await keeper.keep('token-secret', () => hex(32)), 'hex');
}
