import { type OperationDescriptor, type OperationValidators, own } from '../contract/index.ts';
import type { OperationHandle } from './call.ts';

/** The validators of a contract, by operationId. */
export type AllValidators = { readonly [operationId: string]: OperationValidators };

/** The handle of an operation with its validators. Loaded validators replace their loader. */
export function handleOf(
  operation: OperationDescriptor,
  all: AllValidators | (() => Promise<AllValidators>) | undefined,
): OperationHandle {
  if (typeof all !== 'function') return { operation, validators: own(all, operation.id) };
  const handle: { operation: OperationDescriptor; validators: OperationHandle['validators'] } = {
    operation,
    async validators() {
      const found = own(await all(), operation.id);
      handle.validators = found;
      return found;
    },
  };
  return handle;
}
