import type { Faults } from '../contract/index.ts';
import type { Call } from './call.ts';
import { Refusal } from './refusal.ts';
import type { OpenBody } from './types.ts';

/** Replaces a body by the result of `open`. The signed bytes stay as received. */
export async function openBody(open: OpenBody<never>, call: Call, faults: Faults): Promise<Refusal | undefined> {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(call.content));
  } catch {
    // A body that is not JSON is left to the contract's validation.
    return undefined;
  }
  try {
    const opened = await open(body, call as never);
    call.content = new TextEncoder().encode(JSON.stringify(opened));
    return undefined;
  } catch (error) {
    // The caller controls the encrypted data. Only the log states why decryption failed.
    call.logger.warn?.({ error }, 'the body could not be opened');
    return new Refusal(faults.invalid, 'body could not be decrypted');
  }
}
