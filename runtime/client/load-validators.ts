import { type OperationDescriptor, type OperationValidators, own } from '../contract/index.ts';
import type { OperationHandle } from './call.ts';
import { misconfigured } from './configuration.ts';
import { within } from './deadline.ts';
import type { Run } from './types.ts';

/** The validators of a contract, by operationId. */
export type AllValidators = { readonly [operationId: string]: OperationValidators };

/** An operation with its validators; where those are loaded first, they take the place of their loader. */
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

/** @throws {ConfigurationError} when they do not load; nothing was sent, and the next call tries again */
export async function loadValidators(run: Run, load: () => Promise<OperationValidators | undefined>): Promise<void> {
  const { input, answers } = run.options.validation ?? {};
  if (input === 'off' && answers === 'off' && !run.ctx.features.some(({ converts }) => converts)) return;
  const loading = () =>
    load().catch((error) => {
      throw misconfigured(run.ctx.api, `missing the validators: ${error}`);
    });
  run.validators = await within(run, Infinity, loading);
}
