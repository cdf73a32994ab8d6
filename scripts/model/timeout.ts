import type { TimeoutDescriptor } from '@countersign/runtime/contract';
import { withoutSource } from './envelope.ts';
import { asNode } from './reader.ts';

/** `x-cs-timeout` without `connect`, which is only for readers: fetch has no such limit. */
export function buildTimeout(value: unknown): { readonly timeout?: TimeoutDescriptor } {
  const { connect: _, ...limits } = withoutSource(asNode(value));
  return Object.keys(limits).length > 0 ? { timeout: limits } : {};
}
