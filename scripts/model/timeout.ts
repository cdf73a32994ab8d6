import type { TimeoutDescriptor } from '@countersign/runtime/contract';
import { withoutSource } from './envelope.ts';
import { asNode } from './reader.ts';

/** `x-cs-timeout` without `connect`, which is only for readers: fetch has no such limit. */
export function buildTimeout(value: unknown): { readonly timeout?: TimeoutDescriptor } {
  // `answer` is the earlier name of `response`. Released contracts contain it.
  const { connect: _, answer, ...given } = withoutSource(asNode(value));
  const limits = answer === undefined ? given : { response: answer, ...given };
  return Object.keys(limits).length > 0 ? { timeout: limits } : {};
}
